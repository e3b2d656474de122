package link_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func TestVendorNotConfigured(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.mustCreate(fullConfig())
	none := f.serve(Object{})
	if len(none.ConfigureDiagnostics) > 0 {
		t.Fatalf("nothing of the vendor is used yet: %s", none.ConfigureDiagnostics)
	}
	_, imported := none.Import(resourceType, "pl-1")
	after, refreshed := none.Refresh(state)
	for name, diags := range map[string]protocoltest.Diagnostics{
		"create": none.Plan(resourceType, protocoltest.State{}, fullConfig()).Diagnostics, "change": none.Plan(resourceType, state, fullConfig()).Diagnostics,
		"destroy": none.Plan(resourceType, state, nil).Diagnostics, "import": imported, "refresh": refreshed,
	} {
		t.Run(name, func(t *testing.T) {
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "Memory is not configured", "Add `memory = {}` to the provider block")
		})
	}
	requireUnchanged(t, state, after)
	f.requireCalls("")
}

func TestProviderConfigurationErrors(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		config Object
		at     string
	}{
		"unknown object":           {Object{"memory": unknown}, "memory"},
		"unknown setting":          {Object{"memory": Object{"project": unknown}}, "memory.project"},
		"unknown account":          {Object{"memory": Object{"account": unknown}}, "memory.account"},
		"unknown time-out":         {Object{"request_timeout": unknown, "memory": Object{}}, "request_timeout"},
		"unknown budget":           {Object{"retry_budget": unknown, "memory": Object{}}, "retry_budget"},
		"unknown journal":          {Object{"journal": unknown, "memory": Object{}}, "journal"},
		"unknown look":             {Object{"look_before_create": unknown, "memory": Object{}}, "look_before_create"},
		"time-out is no duration":  {Object{"request_timeout": "soon", "memory": Object{}}, "request_timeout"},
		"budget is not above zero": {Object{"retry_budget": "-1s", "memory": Object{}}, "retry_budget"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newFixture(t).serve(tc.config)
			if requireCounts(t, server.ConfigureDiagnostics, 1, 0); len(server.ConfigureDiagnostics.ForAttribute(tc.at)) != 1 {
				t.Errorf("not at %s: %s", tc.at, server.ConfigureDiagnostics)
			}
		})
	}
}

// Credentials of another account never revoke a link.
func TestDestroyChecksTheAccountFirst(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable).withConfig(Object{"account": "shop"})
	state := createOld(f, fullConfig())
	other := f.withConfig(Object{"account": "bank"})
	after, diags := other.destroy(state)
	requireUnchanged(t, state, after)
	requireCounts(t, diags, 1, 0)
	requireText(t, diags, `"shop"`, `"bank"`, "pl-1", "No request was sent")
	f.requireCalls("")
	if f.store.Payable() != 1 {
		t.Error("revoked under another account")
	}
	f.clock.Advance(time.Hour)
	after, diags = f.destroy(state)
	if requireCounts(t, diags, 0, 0); after.Exists() {
		t.Error("still in state")
	}
}

// Under the credentials of another account no replacement is planned: the new link would be made, and the old one not be ended.
func TestReplacementUnderAnotherAccountIsRefused(t *testing.T) {
	t.Parallel()
	change := Object{"title": "New"}
	for name, tc := range map[string]struct {
		config  Object
		status  string
		refused bool
	}{
		"open":      {config: fullConfig(), status: "ATTEMPT", refused: true},
		"expired":   {config: fullConfig(), status: "EXPIRED", refused: true},
		"revoked":   {config: fullConfig(Object{"replace_when": List{}}), status: "CANCELED"},
		"abandoned": {config: fullConfig(Object{"on_destroy": "abandon"}), status: "ATTEMPT"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable).withConfig(Object{"account": "shop"})
			state := createOld(f, tc.config)
			f.store.SetStatus("pl-1", tc.status)
			state, _ = f.Refresh(state)
			plan := f.withConfig(Object{"account": "bank"}).Plan(resourceType, state, withOverrides(tc.config, change))
			if plan.HasError() != tc.refused {
				t.Errorf("%s: %s", plan.Action, plan.Diagnostics)
			}
			if tc.refused {
				requireText(t, plan.Diagnostics, "Cannot replace Memory payment link", `"shop"`, `"bank"`, "pl-1")
			}
			if plan := f.Plan(resourceType, state, withOverrides(tc.config, change)); plan.HasError() {
				t.Errorf("under its own account: %s", plan.Diagnostics)
			}
		})
	}
}
