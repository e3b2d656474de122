package link_test

import (
	"path/filepath"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A plan with creates looks once at the newest links, and names an open one of the same content that no state has shown. It never fails,
// and takes nothing over.
func TestLookBeforeCreate(t *testing.T) {
	t.Parallel()
	config := answeredConfig()
	for name, tc := range map[string]struct {
		prepare func(f *fixture)
		off     bool
		warned  bool
		calls   string
	}{
		"nothing there":     {prepare: func(*fixture) {}, calls: "list=1"},
		"a twin":            {prepare: externalTwin(config), warned: true, calls: "list=1"},
		"another link":      {prepare: externalTwin(withOverrides(config, Object{"title": "Order 43"})), calls: "list=1"},
		"an ended twin":     {prepare: func(f *fixture) { createExternal(f, config); f.store.SetStatus("pl-1", "CANCELED") }, calls: "list=1"},
		"one in this state": {prepare: managedTwin(config)},
		"a list that fails": {prepare: func(f *fixture) { f.store.FailAlways(memdriver.CallList, failures()["503"]) }, calls: "list=1"},
		"switched off":      {prepare: externalTwin(config), off: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, func(o *memdriver.Options) { o.EditPage = unedited })
			f.Server = f.serve(Object{"memory": Object{}, "look_before_create": !tc.off})
			tc.prepare(f)
			f.store.TakeCalls()
			for range 2 {
				plan := f.Plan(resourceType, protocoltest.State{}, config)
				if !tc.warned {
					requireCounts(t, plan.Diagnostics, 0, 0)
					continue
				}
				requireCounts(t, plan.Diagnostics, 0, 1)
				requireText(t, plan.Diagnostics, "pl-1", "import {", `id = "proj/pl-1"`)
			}
			f.requireCalls(tc.calls)
		})
	}
}

// A look and a refresh of one plan share a page, whichever of them comes first.
func TestLookSharesThePageOfARefresh(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string][2]string{"list": {"list=1", "list=1"}, "auto": {"get=1 list=1", "list=1"}, "get": {"get=1 list=1", "get=1 list=1"}} {
		for i, first := range []string{"refresh", "look"} {
			t.Run(mode+", "+first+" first", func(t *testing.T) {
				t.Parallel()
				f := newFixture(t, func(o *memdriver.Options) { o.EditPage = unedited })
				state := createOld(f, answeredConfig())
				twin := withOverrides(answeredConfig(), Object{"title": "Order 43"})
				createExternal(f, twin)
				f.Server = f.serve(Object{"memory": Object{}, "look_before_create": true, "refresh": mode})
				f.store.TakeCalls()
				if first == "refresh" {
					f.mustRefresh(state)
				}
				for range 3 {
					plan := f.Plan(resourceType, protocoltest.State{}, twin)
					requireCounts(t, plan.Diagnostics, 0, 1)
					requireText(t, plan.Diagnostics, "pl-2")
				}
				if first == "look" {
					f.mustRefresh(state)
				}
				f.requireCalls(want[i])
			})
		}
	}
}

// The journal tells whether a link was seen in a state, by any run. What a run that ended in order made, and no plan has shown since, is
// named: the engine may have been killed before it wrote its state.
func TestLookNamesWhatAnOrderlyRunLost(t *testing.T) {
	t.Parallel()
	journal := filepath.Join(t.TempDir(), "journal")
	f := newFixture(t, func(o *memdriver.Options) { o.EditPage = unedited })
	begin := func() (end func()) {
		server, stop := f.serveRun(Object{"memory": Object{}, "look_before_create": true, "journal": journal})
		f.Server = server
		return stop
	}
	end := begin()
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
	requireCounts(t, diags, 0, 0)
	end()
	for _, want := range []int{1, 0} {
		end := begin()
		plan := f.Plan(resourceType, protocoltest.State{}, answeredConfig())
		requireCounts(t, plan.Diagnostics, 0, want)
		end()
		begin() // another run, which sees the link in its state
		if _, diags := f.Refresh(state); len(diags) > 0 {
			t.Fatal(diags)
		}
	}
}
