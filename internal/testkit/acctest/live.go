package acctest

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
)

const (
	// liveVariable names the vendor whose real API is meant; without it the same steps are rehearsed on a sandbox here.
	liveVariable = "PAYMENTLINKS_LIVE"
	// productionVariable and againVariable must both name the vendor before real money is touched.
	productionVariable = "PAYMENTLINKS_LIVE_PRODUCTION"
	againVariable      = "PAYMENTLINKS_LIVE_PRODUCTION_AGAIN"
)

// LiveLink is one small link whose life Live goes through.
type LiveLink struct {
	Vendor string
	Config string // the resource, named "live"
	// IsSandbox tells whether the environment means the vendor's own sandbox.
	IsSandbox     func(getenv func(string) string) bool
	ImportIgnores []string // attributes that an import cannot read
	// NotRevocable: the vendor has no call that ends a link, so that this one stays.
	NotRevocable bool
}

// Live takes a link through its life with nothing but the environment as configuration: created, planned empty,
// imported, destroyed. `make testacc-live VENDOR=...` runs it against the vendor; every other run rehearses it.
func Live(t *testing.T, l LiveLink) {
	t.Helper()
	vendor := l.Vendor
	left := func(*terraform.State) error { return nil } // a destroy that fails fails the test
	if os.Getenv(liveVariable) == vendor {
		if why := refusal(vendor, os.Environ(), l.IsSandbox(os.Getenv)); why != "" {
			t.Fatal(why)
		}
	} else {
		e := NewSandbox(t, vendor)
		for name, value := range e.Env() {
			t.Setenv(name, value)
		}
		left = func(*terraform.State) error {
			want := 0
			if l.NotRevocable {
				want = 1
			}
			if n := e.PayableCount(); n != want {
				return fmt.Errorf("%d payable links are left, want %d", n, want)
			}
			return nil
		}
	}
	address := "paymentlinks_" + vendor + "_link.live"
	config := "provider \"paymentlinks\" {\n  " + vendor + " = {}\n}\n" + l.Config
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: ProviderFactories(),
		CheckDestroy:             left,
		Steps: []resource.TestStep{
			{Config: config},
			{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: l.ImportIgnores},
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
