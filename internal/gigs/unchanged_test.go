package gigs_test

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestRewritten: another way to write the same link is no change, whatever the state holds.
func TestRewritten(t *testing.T) {
	t.Parallel()
	const home = "https://example.com"
	rewrites := [][2]object{
		{stored(), stored(object{"type": "ebanx"})},
		{stored(), stored(object{"project": "gigs"})},
		{stored(object{"project": "gigs", "type": "ebanx"}), stored(object{"project": nil, "type": nil})},
		{minimal(), minimal(object{"ebanx.redirect_url": nil})},
		{stored(object{"ebanx.redirect_url": home}), stored(object{"ebanx.redirect_url": home + "/"})},
		{stored(object{"ebanx.redirect_url": home + "/"}), stored(object{"ebanx.redirect_url": home})},
		{stored(object{"ebanx.redirect_url": home + "/a?B=c"}), stored(object{"ebanx.redirect_url": "HTTPS://Example.COM:443/a?B=c"})},
		{writeOnly(), writeOnly(object{"ebanx.user_wo.tax_number": "29006307203"})},
	}
	for i, pair := range rewrites {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(pair[0])
			state = b.RequireNoDrift(state, pair[1])
			state = b.RequireNoDrift(state, pair[0])
			imported, diags := b.ImportByID(state.Text("id"))
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			without := object{"ebanx.user": nil, "ebanx.user_wo": nil, "ebanx.user_wo_version": nil}
			b.RequireNoDrift(imported, tfconfig.Changed(pair[1], without))
			if n := b.CallCount("create") + b.CallCount("list"); n != 1 {
				t.Errorf("%d creates and lists", n)
			}
		})
	}
}

// TestPolicies change in place, without a request.
func TestPolicies(t *testing.T) {
	t.Parallel()
	policies := map[string]any{
		"replace_when": list{"revoked", "paid"}, "on_destroy": "fail", "timeouts": object{"create": "1m", "read": "1m", "delete": "1m"},
	}
	for _, name := range slices.Sorted(maps.Keys(policies)) {
		for _, shape := range shapes {
			b := newBench(t)
			state := b.Create(shape())
			b.ResetCalls()
			config := shape(object{name: policies[name]})
			plan := b.Plan(state, config)
			if plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 {
				t.Fatalf("%s: %s because of %v %s", name, plan.Action, plan.Because, plan.Diagnostics)
			}
			state, diags := b.Apply(plan)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			b.RequireCalls()
			b.RequireNoDrift(state, config)
		}
	}
}

// TestProviderProjectChanges: a link that did not name its project stays in the one it was made in.
func TestProviderProjectChanges(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(stored())
	b.Server = b.NewProvider(object{"project": "elsewhere"})
	b.RequireNoDrift(state, stored())
	if diags := b.Record(b.NewProvider(object{"project": nil}).ConfigureDiagnostics); len(diags) > 0 {
		t.Error(diags)
	}
}

// TestOwnProject: a link names a project that the provider does not.
func TestOwnProject(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	key := gigssandbox.From(b.Sandbox).AddProject("acme-live")
	b.AddSecrets(key)
	for _, project := range []any{"gigs", nil} {
		b.Server = b.NewProvider(object{"api_key": key, "project": project})
		config := stored(object{"project": "acme-live"})
		state := b.RequireNoDrift(b.Create(config), config)
		if state.Text("project") != "acme-live" {
			t.Errorf("project %q", state.Text("project"))
		}
		imported, diags := b.ImportByID("acme-live/" + state.Text("id"))
		if len(diags) > 0 || imported.Text("project") != "acme-live" {
			t.Errorf("%q %s", imported.Text("project"), diags)
		}
	}
}
