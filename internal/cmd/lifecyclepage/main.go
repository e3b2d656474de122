// Command lifecyclepage writes the page of the documentation that says what happens to a link in every status of every vendor.
// The table that it prints is the one that the provider's tests run.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
)

func main() {
	out := flag.String("out", "", "the file to write (default: standard output)")
	flag.Parse()
	if err := write(*out); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "lifecyclepage:", err)
		os.Exit(1)
	}
}

func write(out string) error {
	if out == "" {
		_, err := fmt.Print(lifecycle.Page(descriptor.Lifecycles()))
		return err
	}
	return os.WriteFile(out, []byte(lifecycle.Page(descriptor.Lifecycles())), 0o644)
}
