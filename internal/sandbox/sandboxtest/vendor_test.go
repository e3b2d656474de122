package sandboxtest_test

import (
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

// TestSmallestVendor: what Acme has is enough for the suite.
func TestSmallestVendor(t *testing.T) { sandboxtest.Acme.Test(t) }

func TestSwitches(t *testing.T) {
	t.Parallel()
	title := func(c *sandboxtest.Client) string { return c.Read(c.Next().ID).At("title") }
	sandboxtest.Acme.TestSwitches(t, []sandboxtest.SwitchCase{
		{Switches: `"case":"lower"`, Probe: title, Off: "Tea 1", On: "tea 1"},
		{Switches: `"case":"upper"`, Probe: title, Off: "Tea 1", On: "TEA 1"},
		{Switches: `"create_ok":true`, Probe: func(c *sandboxtest.Client) string { return http.StatusText(c.Post(`{"title":"x"}`).Status) }, Off: "Created", On: "OK"},
	})
}
