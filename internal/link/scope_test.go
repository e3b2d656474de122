package link_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A new link needs the first part of its identity: its own, or the provider's. One that exists has it.
func TestScopeIsDemanded(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.mustCreate(fullConfig())
	none := f.withConfig(Object{"project": "none"})
	plan := none.Plan(resourceType, protocoltest.State{}, fullConfig())
	requireCounts(t, plan.Diagnostics, 1, 0)
	requireText(t, plan.ForAttribute("project"), "Missing project", "`project`", "`memory`")
	for _, project := range []any{"proj", unknown} {
		requireCounts(t, none.Plan(resourceType, protocoltest.State{}, fullConfig(Object{"project": project})).Diagnostics, 0, 0)
	}
	none.requireEmptyPlan(none.Plan(resourceType, state, fullConfig()))
	f.requireCalls("")
}
