package link_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// configured is a provider with this configuration, good or bad.
func (w *world) configured(config Object) *protocoltest.Server {
	w.t.Helper()
	return protocoltest.Start(w.t, protoserver.New(provider.New("test", w.clock, w.entry())), config)
}

func TestVendorNotConfigured(t *testing.T) {
	t.Parallel()
	w := start(t)
	state := w.create(full())
	none := w.configured(Object{})
	if len(none.ConfigureDiagnostics) > 0 {
		t.Fatalf("nothing of the vendor is used yet: %s", none.ConfigureDiagnostics)
	}
	_, imported := none.Import(kind, "pl-1")
	after, refreshed := none.Refresh(state)
	for name, diags := range map[string]protocoltest.Diagnostics{
		"create": none.Plan(kind, protocoltest.State{}, full()).Diagnostics, "change": none.Plan(kind, state, full()).Diagnostics,
		"destroy": none.Plan(kind, state, nil).Diagnostics, "import": imported, "refresh": refreshed,
	} {
		t.Run(name, func(t *testing.T) {
			count(t, diags, 1, 0)
			says(t, diags, "Memory is not configured", "Add `memory = {}` to the provider block")
		})
	}
	unchanged(t, state, after)
	w.calls("")
}

func TestProviderValues(t *testing.T) {
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
		"time-out is no duration":  {Object{"request_timeout": "soon", "memory": Object{}}, "request_timeout"},
		"budget is not above zero": {Object{"retry_budget": "-1s", "memory": Object{}}, "retry_budget"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := start(t).configured(tc.config)
			if count(t, server.ConfigureDiagnostics, 1, 0); len(server.ConfigureDiagnostics.ForAttribute(tc.at)) != 1 {
				t.Errorf("not at %s: %s", tc.at, server.ConfigureDiagnostics)
			}
		})
	}
}

// Another account's credentials never end a link, and never read it as gone; the same link under its own is fine.
func TestAccountIsCheckedBeforeADestroy(t *testing.T) {
	t.Parallel()
	w := start(t, revocable).as(Object{"account": "shop"})
	state := aged(w, full())
	other := w.as(Object{"account": "bank"})
	after, diags := other.destroyed(state)
	unchanged(t, state, after)
	count(t, diags, 1, 0)
	says(t, diags, `"shop"`, `"bank"`, "pl-1", "No request was sent")
	w.calls("")
	if w.bank.live() != 1 {
		t.Error("revoked under another account")
	}
	w.clock.Advance(time.Hour)
	after, diags = w.destroyed(state)
	if count(t, diags, 0, 0); after.Exists() {
		t.Error("still in state")
	}
}
