package link_test

import (
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// expiring makes a link that lives for a day, and returns it when it has lived for so long.
func (f *fixture) expiring(config Object, age time.Duration) protocoltest.State {
	f.t.Helper()
	f.store.Life = 24 * time.Hour
	state := f.create(config)
	f.clock.Advance(age)
	return state
}

// From `expires_at` minus `renew_before` on, with a refresh before the plan and without, an open link is replaced, once.
func TestOpenLinkIsRenewed(t *testing.T) {
	t.Parallel()
	for _, refreshed := range []bool{true, false} {
		for age, renewed := range map[time.Duration]bool{0: false, 21*time.Hour - time.Second: false, 21 * time.Hour: true, 23 * time.Hour: true, 25 * time.Hour: true} {
			f := newFixture(t, revocable)
			config := fullConfig(Object{"renew_before": "3h"})
			state := f.expiring(config, age)
			if refreshed {
				state = f.mustRefresh(state)
			}
			f.store.TakeCalls()
			plan := f.Plan(resourceType, state, config)
			if !renewed {
				f.requireEmptyPlan(plan)
				continue
			}
			requireCounts(t, plan.Diagnostics, 0, 1)
			requireText(t, plan.Diagnostics, "will be renewed: pl-1", "https://pay.example/pl-1", "expires at 2026-03-02T12:00:00Z", "3h", "stops working")
			if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"expires_at"}) {
				t.Fatalf("at %s: %s because of %v", age, plan.Action, plan.Because)
			}
			next, diags := f.Apply(plan)
			if requireCounts(t, diags, 0, 0); next.Text("id") != "pl-2" || f.store.Payable() != 1 {
				t.Errorf("%s, and %d can be paid", next.Text("id"), f.store.Payable())
			}
			f.requireCalls("create=1 revoke=1")
			f.requireNoDrift(next, config)
		}
	}
}

// Only an open link is renewed, whatever `replace_when` says.
func TestOnlyAnOpenLinkIsRenewed(t *testing.T) {
	t.Parallel()
	inEveryState(t, func(t *testing.T, f *fixture, state protocoltest.State, config Object, now driver.State, replaced bool) {
		config = withValue(config, "return_url", "https://shop.example/done/") // as an import reads it
		want := f.Plan(resourceType, state, config)
		config = withOverrides(config, Object{"renew_before": "3h"})
		f.store.Change("pl-1", func(l *memdriver.Link) { l.Life, l.Expires = 24*time.Hour, f.clock.Now().Add(time.Hour) })
		state = f.mustRefresh(state)
		plan := f.Plan(resourceType, state, config)
		if renews := now == driver.Open && !replaced; renews != (slices.Equal(plan.Because, []string{"expires_at"})) {
			t.Errorf("%s because of %v", plan.Action, plan.Because)
		} else if !renews && (len(plan.Diagnostics) != len(want.Diagnostics) || !slices.Equal(plan.Because, want.Because)) {
			t.Errorf("%s because of %v %s, without renew_before %s", plan.Action, plan.Because, plan.Diagnostics, want.Diagnostics)
		}
	})
}

// What else replaces a link is why it is replaced; what becomes of the old link is said as it will be.
func TestRenewalBesideOtherChanges(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change  Object
		because string
		text    string
	}{
		"nothing else":                  {Object{}, "expires_at", "The old one is revoked"},
		"an argument":                   {Object{"title": "Another"}, "title", "stops working"},
		"unknown: as in the state":      {Object{"renew_before": tfconfig.Unknown}, "expires_at", "3h"},
		"an argument that is not known": {Object{"title": tfconfig.Unknown}, "expires_at", "not known yet"},
	} {
		f := newFixture(t, revocable)
		config := fullConfig(Object{"renew_before": "3h"})
		plan := f.Plan(resourceType, f.expiring(config, 22*time.Hour), withOverrides(config, tc.change))
		if plan.HasError() || plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{tc.because}) {
			t.Errorf("%s: %s because of %v: %s", name, plan.Action, plan.Because, plan.Diagnostics)
		}
		requireText(t, plan.Diagnostics, "pl-1", tc.text)
	}
	for name, changes := range map[string][]func(*memdriver.Options){"abandoned": {revocable}, "no call": nil} {
		f := newFixture(t, changes...)
		config := fullConfig(Object{"renew_before": "3h", "on_destroy": "abandon"})
		plan := f.Plan(resourceType, f.expiring(config, 22*time.Hour), config)
		requireCounts(t, plan.Diagnostics, 0, 1)
		requireText(t, plan.Diagnostics, "pl-1", "can still be paid until it expires")
		if plan.Action != protocoltest.Replace {
			t.Errorf("%s: %s", name, plan.Action)
		}
	}
}

func TestRenewBeforeThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "0s", "-1h", "3 days", "72"} {
		if diags := newFixture(t).Validate(resourceType, fullConfig(Object{"renew_before": text})); len(diags.ForAttribute("renew_before").Errors()) != 1 {
			t.Errorf("%q: %s", text, diags)
		}
	}
	for text, refused := range map[string]bool{"23h59m": false, "24h": true, "720h": true} {
		f := newFixture(t, revocable)
		state := f.expiring(fullConfig(), 0)
		config := fullConfig(Object{"renew_before": text})
		plan := f.Plan(resourceType, state, config)
		if got := plan.Errors().ForAttribute("renew_before"); (len(got) == 1) != refused || !refused && (plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0) {
			t.Errorf("%s: %s %s", text, plan.Action, plan.Diagnostics)
		}
		if plan := f.Plan(resourceType, state, nil); len(plan.Diagnostics) > 0 {
			t.Errorf("a destroy: %s", plan.Diagnostics)
		}
	}
}

// A vendor that does not say when a link expires renews nothing, and the plan says so.
func TestLinkWithoutAnEndIsNotRenewed(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable)
	config := fullConfig(Object{"renew_before": "3h"})
	plan := f.Plan(resourceType, f.mustCreate(config), config)
	requireCounts(t, plan.Diagnostics, 0, 1)
	requireText(t, plan.Diagnostics, "is not renewed: pl-1", "does not say when")
	if plan.Action != protocoltest.Nothing {
		t.Errorf("%s", plan.Action)
	}
}
