// terraform-provider-paymentlinks declares payment links as code, for Terraform and OpenTofu.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"runtime"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider/registrations"
	built "github.com/paymentlinks/terraform-provider-paymentlinks/internal/version"
)

// version is set by the build.
var version = built.Unstamped

func main() {
	debug := flag.Bool("debug", false, "wait for a debugger, and print how to attach Terraform")
	show := flag.Bool("version", false, "print the version, and end")
	flag.Parse()

	number := built.Of(version)
	if *show {
		fmt.Printf("terraform-provider-paymentlinks %s %s/%s %s\n", number, runtime.GOOS, runtime.GOARCH, runtime.Version())
		return
	}
	if err := beFrugal(os.Getenv, os.Setenv); err != nil {
		log.Fatal(err)
	}
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	err := tf6server.Serve("registry.terraform.io/paymentlinks/paymentlinks", provider.Server(provider.New(number, registrations.All())()), options...)
	if err != nil {
		log.Fatal(err)
	}
}
