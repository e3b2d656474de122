package link_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// Two new links of one run with one value of a unique argument are a warning, or an error where the vendor refuses the second one; a
// replacement is one link, and another run another matter.
func TestTwoNewLinksWithOneUniqueValue(t *testing.T) {
	t.Parallel()
	for name, refused := range map[string]int{"warned of": 0, "refused": 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, func(o *memdriver.Options) {
				o.Info.Unique = []string{"title"}
				if refused > 0 {
					o.Info.Lookup = &driver.Lookup{Attribute: "title", Narrow: driver.Filter{Name: "titles", Single: true}, Argument: "titled"}
				}
			})
			config := fullConfig()
			state := f.mustCreate(config)
			f.requireEmptyPlan(f.Plan(resourceType, state, config))
			replaced := f.PlanBeside(resourceType, state, fullConfig(Object{"express": false}))
			requireCounts(t, replaced.Diagnostics, 0, 1)
			requireText(t, replaced.Diagnostics, "can still be paid")
			for range 2 { // one more each time
				second := f.PlanBeside(resourceType, protocoltest.State{}, config)
				requireCounts(t, second.Diagnostics, refused, 1-refused)
				requireText(t, second.ForAttribute("title"), "Two new Memory payment links", "Order 42")
			}
			requireCounts(t, f.PlanBeside(resourceType, protocoltest.State{}, fullConfig(Object{"title": "Another order"})).Diagnostics, 0, 0)
			requireCounts(t, f.Plan(resourceType, protocoltest.State{}, config).Diagnostics, 0, 0)
		})
	}
}
