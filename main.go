// terraform-provider-paymentlinks declares payment links as code, for Terraform and OpenTofu.
package main

import (
	"flag"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
)

// version is set by the build.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "wait for a debugger, and print how to attach Terraform")
	flag.Parse()

	if err := beFrugal(os.Getenv, os.Setenv); err != nil {
		log.Fatal(err)
	}
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	err := tf6server.Serve("registry.terraform.io/paymentlinks/paymentlinks", provider.Server(provider.New(version)()), options...)
	if err != nil {
		log.Fatal(err)
	}
}
