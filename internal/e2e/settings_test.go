package e2e_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestAccRequestsPerMinute: a number, as users write it; anything else is told at its place.
func TestAccRequestsPerMinute(t *testing.T) {
	t.Parallel()
	d := descriptor.All()[0]
	box := acctest.NewSandbox(t, d.Name)
	config := func(limit string) string {
		return box.ProviderBlock(object{"requests_per_minute": limit}) + fmt.Sprintf("\nresource %q \"this\" {\n%s}\n", d.ResourceType(), tfconfig.HCL(d.Config))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: config("0"), ExpectError: regexp.MustCompile(`(?s)` + d.Name + `\.requests_per_minute.*got\s+0`)},
			{Config: config("1.5"), ExpectError: regexp.MustCompile(`(?s)got\s+1\.5`)},
			{Config: config("600")},
			{Config: config("600"), PlanOnly: true},
		},
	})
}
