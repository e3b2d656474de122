package link_test

import (
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// For a vendor without a list call, nothing that lists is registered.
func TestVendorWithoutListOffersNoLists(t *testing.T) {
	t.Parallel()
	for name, changes := range map[string][]func(*memdriver.Options){"no revoke call": {withoutList}, "revocable": {withoutList, revocable}} {
		schema := newFixture(t, changes...).Schema()
		if schema.DataSourceSchemas[resourceType] == nil || schema.ResourceSchemas[resourceType] == nil {
			t.Errorf("%s: no resource or no single data source", name)
		}
		for _, plural := range []string{"paymentlinks_memory_links", "paymentlinks_links"} {
			if schema.DataSourceSchemas[plural] != nil {
				t.Errorf("%s: there is a data source %s", name, plural)
			}
		}
		if len(schema.ListResourceSchemas) > 0 {
			t.Errorf("%s: there are list resources", name)
		}
	}
}

// The links of a vendor without a list have the same lifecycle, and every read of one is a get.
func TestLinkOfAVendorWithoutList(t *testing.T) {
	t.Parallel()
	for name, changes := range map[string][]func(*memdriver.Options){"no revoke call": {withoutList}, "revocable": {withoutList, revocable}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, changes...)
			f.store.ShowHidden = true
			state := f.mustCreate(answeredConfig())
			f.requireNoDrift(state, answeredConfig())
			f.requireNoDrift(mustImport(t, f, "proj/pl-1"), answeredConfig())
			read, diags := f.ReadDataSource(resourceType, Object{"id": "pl-1"})
			requireCounts(t, diags, 0, 0)
			if f.requireCalls("get=1"); read.Text("url") != "https://pay.example/pl-1" || read.Text("labels.shop") != "Turin" {
				t.Errorf("the data source reads %v", read.Attributes())
			}
			state, plan, diags := f.ApplyConfig(state, resourceType, answeredConfig(Object{"labels": Object{"shop": "Milan"}}))
			if diags.HasError() || plan.Action != protocoltest.Replace || state.Text("id") != "pl-2" {
				t.Errorf("%s, %s: %s", plan.Action, state.Text("id"), diags)
			}
		})
	}
}

// Without a list a 404 is judged by the account alone.
func TestNotFoundWithoutList(t *testing.T) {
	t.Parallel()
	f := newFixture(t, withoutList, revocable)
	state := createOld(f, fullConfig())
	f.store.Forget("pl-1")
	after, diags := f.withConfig(Object{"endpoint": "https://other.example"}).Refresh(state)
	requireUnchanged(t, state, after)
	requireCounts(t, diags, 1, 0)
	requireText(t, diags, "Cannot find Memory payment link", "https://other.example")
	f.requireCalls("get=1")

	after, diags = f.Refresh(state)
	requireCounts(t, diags, 0, 1)
	requireText(t, diags, "Memory payment link was deleted outside Terraform", "pl-1")
	if f.requireCalls("get=1"); after.Exists() {
		t.Error("still in state")
	}
	after, diags = f.destroy(state)
	requireCounts(t, diags, 0, 0)
	if f.requireCalls("get=1 revoke=1"); after.Exists() {
		t.Error("still in state")
	}
}

// An unknown outcome stays unknown: nothing can be searched for, and even under an idempotency key nothing is sent again after a
// 5xx, for which the key may have been forgotten.
func TestUnknownCreateWithoutList(t *testing.T) {
	t.Parallel()
	for _, keys := range []bool{false, true} {
		for _, failure := range []string{"connection lost", "500"} {
			f := newFixture(t, withoutList)
			f.store.IdempotencyKeys = keys
			f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()[failure], After: true})
			state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig())
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "Unknown whether the Memory payment link was created", "Memory has no call that lists links", `id = "ID"`)
			if strings.Contains(diags.String(), "shows none") || state.Exists() || len(f.clock.Sleeps()) > 0 {
				t.Errorf("in state: %v, slept %v: %s", state.Exists(), f.clock.Sleeps(), diags)
			}
			f.requireCalls("create=1")
		}
	}
}

// A vendor that differs in everything at once: no list, no revoke call, one-part ids, idempotency keys, and amounts in units that
// are not the currency's own.
func TestVendorWithMinorUnitsAndKeys(t *testing.T) {
	t.Parallel()
	f := newFixture(t, withoutList, onePartIdentity, func(o *memdriver.Options) { o.MinorUnitDigits = 3 })
	f.store.IdempotencyKeys, f.store.ShowHidden = true, true
	config := answeredConfig(Object{"project": nil, "total": "109.9"})
	state := f.mustCreate(config)
	f.store.Change("pl-1", func(l *memdriver.Link) {
		if l.Lines[0].Value != "10000" || l.Total != "109900" {
			t.Errorf("the vendor got %q and made it %q", l.Lines[0].Value, l.Total)
		}
	})
	if keys := f.store.Keys(); len(keys) != 1 || keys[0] == "" {
		t.Errorf("keys %q", keys)
	}
	f.requireNoDrift(state, config)
	f.clock.Advance(time.Hour)
	f.store.Change("pl-1", func(l *memdriver.Link) { l.Lines[0].Value = "10001" })
	if plan := f.Plan(resourceType, f.mustRefresh(state), config); plan.Action != protocoltest.Replace {
		t.Errorf("a thousandth more is %s", plan.Action)
	}
}
