package link_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// withPages returns the same vendor and store with a list that a refresh reads page by page, under `refresh = "list"`. edit changes
// each link that a page shows.
func (f *fixture) withPages(edit func(*memdriver.Link)) *fixture {
	f.t.Helper()
	out := *f
	out.options.EditPage = edit
	out.Server = out.serve(Object{"memory": Object{}, "refresh": "list"})
	if out.ConfigureDiagnostics.HasError() {
		f.t.Fatal(out.ConfigureDiagnostics)
	}
	return &out
}

func unedited(*memdriver.Link) {}

// What a page leaves out proves nothing. What it shows differently from the state is read singly before it is believed.
func TestPageNeverChangesALink(t *testing.T) {
	for name, c := range map[string]struct {
		show func(*memdriver.Link)
		want string
	}{
		"all":               {unedited, "list=1"},
		"hidden":            {func(l *memdriver.Link) { l.Pin, l.Contact.Email = "", "" }, "list=1"},
		"no title":          {func(l *memdriver.Link) { l.Title = "" }, "list=1"},
		"no limit":          {func(l *memdriver.Link) { l.Limit = 0 }, "list=1"},
		"no contact":        {func(l *memdriver.Link) { l.Contact = nil }, "list=1"},
		"no methods":        {func(l *memdriver.Link) { l.Methods = nil }, "list=1"},
		"no lines":          {func(l *memdriver.Link) { l.Lines = nil }, "list=1"},
		"a line says less":  {func(l *memdriver.Link) { l.Lines[1].Weight = "" }, "list=1"},
		"another grade":     {func(l *memdriver.Link) { l.Grade = "economy" }, "get=1 list=1"},
		"another title":     {func(l *memdriver.Link) { l.Title = "another" }, "get=1 list=1"},
		"ended":             {func(l *memdriver.Link) { l.Status = "CANCELED" }, "get=1 list=1"},
		"one method less":   {func(l *memdriver.Link) { l.Methods = l.Methods[:1] }, "get=1 list=1"},
		"one line less":     {func(l *memdriver.Link) { l.Lines = l.Lines[1:] }, "get=1 list=1"},
		"no status":         {func(l *memdriver.Link) { l.Status = "" }, "get=1 list=1"},
		"what does not fit": {func(l *memdriver.Link) { l.Grade = memdriver.InvalidGrade }, "get=1 list=1"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, revocable)
			state := f.mustRefresh(f.mustCreate(fullConfig()))
			f.requireCalls("get=1")
			byList := f.withPages(c.show).mustRefresh(state)
			f.requireCalls(c.want)
			if !byList.Raw.Equal(state.Raw) {
				t.Errorf("got %s, want %s", byList.Raw, state.Raw)
			}
		})
	}
}

// A page without what tells the link's state does not hide that it was paid.
func TestPageWithoutAStatusHidesNothing(t *testing.T) {
	f := newFixture(t, revocable)
	state := f.mustRefresh(f.mustCreate(fullConfig()))
	f.store.SetStatus("pl-1", "FINISHED")
	if got := f.withPages(func(l *memdriver.Link) { l.Status = "" }).mustRefresh(state).Text("state"); got != "paid" {
		t.Errorf("state %s", got)
	}
}

// The first read of an import is a single read.
func TestImportIsReadSingly(t *testing.T) {
	f := newFixture(t, revocable)
	states := []protocoltest.State{f.mustCreate(fullConfig()), f.mustCreate(fullConfig())}
	s := f.withPages(unedited)
	s.mustRefresh(states[0])
	f.requireCalls("list=1")
	if _, diags := s.Import(resourceType, "proj/"+states[1].Text("id")); len(diags) > 0 {
		t.Fatal(diags)
	}
	f.requireCalls("get=1")
}

// No page is used for a link that this process has created, activated or revoked.
func TestWrittenLinkIsReadSingly(t *testing.T) {
	f := newFixture(t, revocable)
	first, second, third, fourth := f.mustCreate(minimalConfig()), f.mustCreate(minimalConfig()), f.mustCreate(minimalConfig()), f.mustCreate(minimalConfig())
	s := f.withPages(unedited)
	created := s.mustCreate(minimalConfig())
	s.mustRefresh(created)
	f.requireCalls("get=1")
	s.mustRefresh(first)
	f.requireCalls("list=1")

	active, diags := s.Apply(s.Plan(resourceType, second, minimalConfig(Object{"activate": true})))
	if diags.HasError() {
		t.Fatal(diags)
	}
	f.requireCalls("activate=1")
	if got := s.mustRefresh(active); got.Text("status") != "ACTIVE" {
		t.Errorf("status: %s", got.Text("status"))
	}
	f.requireCalls("get=1")

	if _, diags := s.Apply(s.Plan(resourceType, third, nil)); diags.HasError() {
		t.Fatal(diags)
	}
	f.requireCalls("revoke=1")
	if got, diags := s.Refresh(third); got.Exists() && got.Text("state") != "revoked" || diags.HasError() {
		t.Errorf("state: %s %s", got.Text("state"), diags)
	}
	f.requireCalls("get=1")
	s.mustRefresh(fourth)
	f.requireCalls("")
}

// A list of more links than a data source holds is an error, and a filter helps.
func TestDataSourceIsBounded(t *testing.T) {
	t.Parallel()
	const most = 10_000
	f := newFixture(t)
	f.mustCreate(fullConfig())
	model := f.store.Links()[0]
	links := make([]memdriver.Link, most+2)
	for i := range links {
		links[i] = model
		links[i].ID = fmt.Sprintf("pl-%d", i)
	}
	links[0].Status = "CANCELED"
	f.store = memdriver.NewStore(f.clock)
	f.store.Restore(links)
	f = f.withConfig(Object{})
	for _, name := range []string{"paymentlinks_memory_links", "paymentlinks_links"} {
		_, diags := f.ReadDataSource(name, nil)
		requireCounts(t, diags, 1, 0)
		requireText(t, diags, "Cannot list Memory payment links", "More than 10000 links", "Narrow")
	}
	state, diags := f.ReadDataSource("paymentlinks_memory_links", Object{"states": List{"revoked"}})
	requireCounts(t, diags, 0, 0)
	if n := len(state.List("links")); n != 1 {
		t.Errorf("%d links, want the one that is revoked", n)
	}
}

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
