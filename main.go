// terraform-provider-paymentlinks declares payment links as code, for Terraform and OpenTofu.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"runtime"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"

	buildversion "github.com/paymentlinks/terraform-provider-paymentlinks/internal/version"
)

// version is set by the build (-ldflags "-X main.version=...").
var version = buildversion.Unstamped

func main() {
	debug := flag.Bool("debug", false, "wait for a debugger, and print how to attach Terraform")
	show := flag.Bool("version", false, "print the version, and end")
	flag.Parse()

	versionText := buildversion.Of(version)
	if *show {
		fmt.Printf("terraform-provider-paymentlinks %s %s/%s %s\n", versionText, runtime.GOOS, runtime.GOARCH, runtime.Version())
		return
	}
	if err := tuneRuntime(os.Getenv, os.Setenv); err != nil {
		log.Fatal(err)
	}
	server := protoserver.New(vendors.Provider(versionText))
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	} else {
		liveAndDieWithEngine(server)
	}
	err := tf6server.Serve("registry.terraform.io/paymentlinks/paymentlinks", func() tfprotov6.ProviderServer { return server }, options...)
	if err != nil {
		log.Fatal(err)
	}
	protoserver.EndRun(context.Background(), server) // Serve returns when the engine says so, and for nothing else
}
