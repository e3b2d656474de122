package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
)

// The file is the page, whatever was in it before.
func TestWrite(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(out, []byte(lifecycle.Page(descriptor.Lifecycles())+"\nsomebody's own words\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(out); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(out); err != nil || string(got) != lifecycle.Page(descriptor.Lifecycles()) {
		t.Errorf("%v: %s", err, got)
	}
	if err := write(filepath.Join(out, "below a file")); err == nil {
		t.Error("a file that cannot be written is no error")
	}
}
