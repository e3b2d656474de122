package link_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A new link needs the first part of its identity: its own, or the provider's. One that exists has it.
func TestScopeIsDemanded(t *testing.T) {
	t.Parallel()
	w := start(t)
	state := w.create(full())
	none := w.as(Object{"project": "none"})
	plan := none.Plan(kind, protocoltest.State{}, full())
	count(t, plan.Diagnostics, 1, 0)
	says(t, plan.ForAttribute("project"), "Missing project", "`project`", "`memory`")
	for _, project := range []any{"proj", unknown} {
		count(t, none.Plan(kind, protocoltest.State{}, full(Object{"project": project})).Diagnostics, 0, 0)
	}
	none.quiet(none.Plan(kind, state, full()))
	w.calls("")
}
