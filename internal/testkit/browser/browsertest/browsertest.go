// Package browsertest opens a browser for a test.
package browsertest

import (
	"errors"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/browser"
)

// Open opens a browser for a test, which is skipped on a machine without one.
func Open(t testing.TB) *browser.Tab {
	t.Helper()
	path, err := browser.Find()
	if errors.Is(err, browser.ErrNone) {
		t.Skipf("browser test: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	tab, end, err := browser.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return tab
}
