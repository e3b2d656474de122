// Command schemajson writes the provider's schemas as the JSON of "terraform providers schema -json". The documentation is generated from
// it, and a change of what users can type shows as a change of the file.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

func main() {
	out := flag.String("out", "", "the file to write (default: standard output)")
	flag.Parse()
	if err := run(context.Background(), *out); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "schemajson:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out string) error {
	described, err := describe(ctx, providerserver.NewProtocol6(vendors.Provider("dev"))())
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(described, "", "  ")
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if out == "" {
		_, err = os.Stdout.Write(text)
		return err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	return os.WriteFile(out, text, 0o644)
}
