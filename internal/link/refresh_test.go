package link_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// pager is a client whose list is one page, which may show links in another way than they are.
type pager struct {
	revoker
	show func(*wire)
}

func (p pager) PageAt(ctx context.Context, scope, _ string) (page paging.Page[wire, string], err error) {
	for l, err := range p.List(ctx, driver.Query{Scope: scope}) {
		if err != nil {
			return page, err
		}
		if p.show != nil {
			p.show(&l)
		}
		page.Links = append(page.Links, l)
	}
	return page, nil
}

// walking is the same vendor and store with a list that a refresh can walk, under `refresh = "list"`.
func (w *world) walking(show func(*wire)) *world {
	w.t.Helper()
	entry := w.entry()
	connect := entry.NewClient
	entry.NewClient = func(ctx context.Context, v settings.Values, config rest.Config) (any, diag.Diagnostics) {
		made, diags := connect(ctx, v, config)
		c, ok := made.(revoker)
		if !ok {
			w.t.Fatalf("a %T revokes nothing", made)
		}
		return pager{c, show}, diags
	}
	out := *w
	out.Server = protocoltest.Start(w.t, protoserver.New(provider.New("test", w.clock, entry)), Object{"memory": Object{}, "refresh": "list"})
	if out.ConfigureDiagnostics.HasError() {
		w.t.Fatal(out.ConfigureDiagnostics)
	}
	return &out
}

// What a page leaves out of a link is asked of the link; what answers may hide anyway is not.
func TestRefreshByAPageThatSaysLess(t *testing.T) {
	for name, c := range map[string]struct {
		show func(*wire)
		want string
	}{
		"all":               {nil, "list=1"},
		"hidden":            {func(l *wire) { l.Pin, l.Contact.Email = "", "" }, "list=1"},
		"something else":    {func(l *wire) { l.Grade = "economy" }, "list=1"},
		"no title":          {func(l *wire) { l.Title = "" }, "get=1 list=1"},
		"no limit":          {func(l *wire) { l.Limit = 0 }, "get=1 list=1"},
		"no contact":        {func(l *wire) { l.Contact = nil }, "get=1 list=1"},
		"no methods":        {func(l *wire) { l.Methods = nil }, "get=1 list=1"},
		"one method less":   {func(l *wire) { l.Methods = l.Methods[:1] }, "get=1 list=1"},
		"no lines":          {func(l *wire) { l.Lines = nil }, "get=1 list=1"},
		"one line less":     {func(l *wire) { l.Lines = l.Lines[1:] }, "get=1 list=1"},
		"a line says less":  {func(l *wire) { l.Lines[1].Weight = "" }, "get=1 list=1"},
		"what does not fit": {func(l *wire) { l.Grade = oddGrade }, "get=1 list=1"},
	} {
		t.Run(name, func(t *testing.T) {
			w := start(t, revocable)
			state := w.create(full())
			byGet := w.refresh(state)
			w.calls("get=1")
			byList := w.walking(c.show).refresh(state)
			w.calls(c.want)
			if name != "something else" && !byList.Raw.Equal(byGet.Raw) {
				t.Errorf("got %s, want %s", byList.Raw, byGet.Raw)
			}
		})
	}
}

// One link that says more than its page is enough to read the others singly.
func TestRefreshByAListThatSaysLess(t *testing.T) {
	w := start(t, revocable)
	var states []protocoltest.State
	for range 3 {
		states = append(states, w.create(full()))
	}
	s := w.walking(func(l *wire) { l.Title = "" })
	for _, state := range states {
		s.refresh(state)
	}
	w.calls("get=3 list=1")
}

// A value that is gone is gone: the page and the link agree.
func TestRefreshOfALostValue(t *testing.T) {
	w := start(t, revocable)
	state, other := w.create(full()), w.create(full())
	w.bank.put(state.Text("id"), func(l *wire) { l.Limit = 0 })
	w.bank.shows = true
	s := w.walking(func(l *wire) { l.Pin, l.Contact.Email = "", "" }) // which is no reason to distrust the list
	if got := s.refresh(state); got.Get("limit") != nil {
		t.Errorf("limit: %v", got.Get("limit"))
	}
	w.calls("get=1 list=1")
	s.refresh(other)
	w.calls("")
}

// The first read of an import is the link's own.
func TestRefreshOfAnImport(t *testing.T) {
	w := start(t, revocable)
	states := []protocoltest.State{w.create(full()), w.create(full())}
	s := w.walking(nil)
	s.refresh(states[0])
	w.calls("list=1")
	if _, diags := s.Import(kind, "proj/"+states[1].Text("id")); len(diags) > 0 {
		t.Fatal(diags)
	}
	w.calls("get=1")
}

// No page is believed about a link that this process has created, activated or revoked.
func TestRefreshOfWhatWasWritten(t *testing.T) {
	w := start(t, revocable)
	first, second, third, fourth := w.create(small()), w.create(small()), w.create(small()), w.create(small())
	s := w.walking(nil)
	created := s.create(small())
	s.refresh(created)
	w.calls("get=1")
	s.refresh(first)
	w.calls("list=1")

	active, diags := s.Apply(s.Plan(kind, second, small(Object{"activate": true})))
	if diags.HasError() {
		t.Fatal(diags)
	}
	w.calls("activate=1")
	if got := s.refresh(active); got.Text("status") != "ACTIVE" {
		t.Errorf("status: %s", got.Text("status"))
	}
	w.calls("get=1")

	if _, diags := s.Apply(s.Plan(kind, third, nil)); diags.HasError() {
		t.Fatal(diags)
	}
	w.calls("revoke=1")
	if got, diags := s.Refresh(third); got.Exists() && got.Text("state") != "revoked" || diags.HasError() {
		t.Errorf("state: %s %s", got.Text("state"), diags)
	}
	w.calls("get=1")
	s.refresh(fourth)
	w.calls("")
}
