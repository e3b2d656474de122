package link_test

import (
	"testing"

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

// What a page leaves out proves nothing. What it says otherwise than the state is read singly before it is believed.
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
