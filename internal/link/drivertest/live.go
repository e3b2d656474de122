package drivertest

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const (
	// liveVariable names the vendor whose real API is meant; without it the same steps are rehearsed on a sandbox here.
	liveVariable = "PAYMENTLINKS_LIVE"
	// productionVariable and againVariable must both name the vendor before real money is touched.
	productionVariable = "PAYMENTLINKS_LIVE_PRODUCTION"
	againVariable      = "PAYMENTLINKS_LIVE_PRODUCTION_AGAIN"
)

// Live is one small link whose life RunLive goes through.
type Live struct {
	// Config returns the link.
	Config func(getenv func(string) string) Object
	// IsSandbox tells whether the environment means the vendor's own sandbox.
	IsSandbox func(getenv func(string) string) bool
}

// RunLive takes a link through its life with nothing but the environment as configuration: created, planned empty, imported,
// destroyed. `make testacc-live VENDOR=...` runs it against the vendor; every other run rehearses it.
func RunLive(t *testing.T, h Harness) {
	t.Helper()
	vendor, left := h.Descriptor.Name, func(*terraform.State) error { return nil } // a destroy that fails fails the test
	if os.Getenv(liveVariable) == vendor {
		if why := refusal(vendor, os.Environ(), h.Live.IsSandbox(os.Getenv)); why != "" {
			t.Fatal(why)
		}
	} else {
		f := h.open(t, nil)
		for name, value := range f.Sandbox.Env() {
			t.Setenv(name, value)
		}
		left = func(*terraform.State) error {
			want := 0
			if h.Descriptor.Operations.Revoke == "" {
				want = 1
			}
			if n := f.Sandbox.PayableCount(); n != want {
				return fmt.Errorf("%d payable links are left, want %d", n, want)
			}
			return nil
		}
	}
	address := h.Type() + ".live"
	config := "provider \"paymentlinks\" {\n  " + vendor + " = {}\n}\nresource \"" + h.Type() + "\" \"live\" {\n" + tfconfig.HCL(h.Live.Config(os.Getenv)) + "}\n"
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: h.provider().Factories(nil),
		CheckDestroy:             left,
		Steps: []resource.TestStep{
			{Config: config},
			{Config: config, ConfigPlanChecks: EmptyPlan()},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: h.Descriptor.NeverReturned},
		},
	})
}

// refusal says why a live run must not start; empty when it may.
func refusal(vendor string, environ []string, harmless bool) string {
	prefix := strings.ToUpper(vendor) + "_"
	told := map[string]bool{}
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if value != "" && (name == prefix+"ENDPOINT" || name == prefix+"TOKEN_ENDPOINT") {
			return name + " is set: a live run goes to the vendor's own address"
		}
		if (name == productionVariable || name == againVariable) && value == vendor {
			told[name] = true
		}
	}
	if !harmless && len(told) < 2 {
		return fmt.Sprintf("this is not %s's sandbox as far as the environment tells, and a link is money. If you mean it, set %s=%s and %s=%s",
			vendor, productionVariable, vendor, againVariable, vendor)
	}
	return ""
}
