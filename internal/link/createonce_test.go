package link_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// Creates of equal content could not be told apart, so they wait for each other; others do not wait.
func TestEqualCreatesRunOneAtATime(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		config func(i int) Object
		most   int
	}{
		"equal": {func(int) Object { return answeredConfig() }, 1},
		"different policies": {func(i int) Object {
			return withOverrides(answeredConfig(), Object{"on_destroy": []string{"abandon", "fail"}[i%2]})
		}, 1},
		"another hidden text": {func(i int) Object { return withOverrides(answeredConfig(), Object{"pin": fmt.Sprint(i)}) }, 1},
		"left to the vendor": {func(i int) Object {
			return withOverrides(answeredConfig(), Object{"grade": []any{"standard", nil}[i%2]})
		}, 1},
		"different":       {func(i int) Object { return withOverrides(answeredConfig(), Object{"title": fmt.Sprint(i)}) }, 5},
		"another project": {func(i int) Object { return withOverrides(answeredConfig(), Object{"project": fmt.Sprint(i)}) }, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.store.CreationTimes = true
			gate := newGate(tc.most)
			f.store.BeforeCreate = gate.enter
			for range 2 { // two of five answers are lost
				f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["connection lost"], After: true})
			}
			ids := make([]string, 5)
			var group sync.WaitGroup
			for i := range ids {
				group.Go(func() {
					state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, tc.config(i))
					if diags.HasError() {
						t.Error(diags)
						return
					}
					ids[i] = state.Text("id")
				})
			}
			group.Wait()
			distinct := map[string]bool{}
			for _, id := range ids {
				distinct[id] = true
			}
			if len(distinct) != 5 || f.store.Payable() != 5 {
				t.Errorf("ids %q, %d live links", ids, f.store.Payable())
			}
			if got := gate.maxSeen(); got != tc.most {
				t.Errorf("%d creates at once, want %d", got, tc.most)
			}
		})
	}
}

// createGate delays each create until as many as may run at once have begun, or a moment has passed, and counts them.
type createGate struct {
	mu                     sync.Mutex
	want, current, maximum int
	full                   chan struct{}
}

func newGate(want int) *createGate { return &createGate{want: want, full: make(chan struct{})} }

func (g *createGate) enter(ctx context.Context) {
	g.mu.Lock()
	g.current++
	g.maximum = max(g.maximum, g.current)
	if g.current == g.want && g.want > 1 {
		close(g.full)
	}
	g.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	if g.want > 1 {
		cancel()
		ctx, cancel = context.WithTimeout(context.Background(), 10*time.Second)
	}
	defer cancel()
	select {
	case <-g.full:
	case <-ctx.Done():
	}
	g.mu.Lock()
	g.current--
	g.mu.Unlock()
}

func (g *createGate) maxSeen() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.maximum
}

// What may be confused takes turns across runs, and across aliases of one account, each of which is a process of its own.
func TestEqualCreatesOfTwoRunsTakeTurns(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.store.CreationTimes = true
	gate := newGate(1)
	f.store.BeforeCreate = gate.enter
	for range 2 { // two of four answers are lost
		f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["connection lost"], After: true})
	}
	journal := filepath.Join(t.TempDir(), "journal")
	ids := make([]string, 4)
	var group sync.WaitGroup
	for alias := range 2 {
		server, _ := f.serveRun(Object{"memory": Object{"account": fmt.Sprint("alias ", alias)}, "journal": journal})
		defer runtime.KeepAlive(server) // collected, it would end the lock of its run, as a killed process does
		for i := range 2 {
			group.Go(func() {
				state, _, diags := server.ApplyConfig(protocoltest.State{}, resourceType, withOverrides(answeredConfig(), Object{"pin": fmt.Sprint(i)}))
				if diags.HasError() {
					t.Error(diags)
					return
				}
				ids[2*alias+i] = state.Text("id")
			})
		}
	}
	group.Wait()
	slices.Sort(ids)
	if len(slices.Compact(ids)) != 4 || f.store.Payable() != 4 || gate.maxSeen() != 1 {
		t.Errorf("ids %q, %d live links, %d creates at once", ids, f.store.Payable(), gate.maxSeen())
	}
}

// beginRun configures the provider for a run with a journal; kill releases what the system releases when a process is killed.
func (f *fixture) beginRun(journal string) (kill func()) {
	f.t.Helper()
	f.Server, _ = f.serveRun(Object{"memory": Object{}, "journal": journal})
	return func() {
		runs, err := filepath.Glob(journal + ".*.run")
		for _, run := range runs {
			err = os.Remove(run)
		}
		if err != nil || len(runs) == 0 {
			f.t.Fatalf("no run to kill: %v", err)
		}
	}
}

// A link that a killed run made is the one of its create, whatever the vendor made of it: the next create takes it over, and what it asks
// for is checked as ever.
func TestLinkOfAKilledRunThatAsksForOtherMoney(t *testing.T) {
	t.Parallel()
	journal := filepath.Join(t.TempDir(), "journal")
	f, config := newFixture(t, revocable), fullConfig(Object{"total": "109.90"})
	kill := f.beginRun(journal)
	f.store.Surcharge = 1
	f.store.FailAlways(memdriver.CallRevoke, failures()["503"]) // the run is killed before it ends the link
	f.ApplyConfig(protocoltest.State{}, resourceType, config)
	kill()
	f.store.FailAlways(memdriver.CallRevoke, nil)
	f.store.TakeCalls()

	f.beginRun(journal)
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, config)
	if f.store.Payable() != 0 || state.Exists() {
		t.Errorf("%d payable links, in state %q", f.store.Payable(), state.Text("id"))
	}
	requireText(t, diags, "Adopted", "pl-1", "The link was revoked")
	f.requireCalls("get=1 revoke=1")
}

// A link that was there before a killed run's create is not what that made: without the vendor's time it is named, with it it is passed over.
func TestOlderTwinIsNotWhatAKilledRunMade(t *testing.T) {
	t.Parallel()
	for _, noDate := range []bool{true, false} {
		t.Run(fmt.Sprint("no date: ", noDate), func(t *testing.T) {
			t.Parallel()
			journal := filepath.Join(t.TempDir(), "journal")
			f := newFixture(t)
			f.store.CreationTimes, f.store.NoDate = true, noDate
			age := map[bool]time.Duration{true: 30 * time.Second, false: time.Second}[noDate]
			agedTwin(answeredConfig(), age)(f)
			kill := f.beginRun(journal)
			f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["connection lost"]})
			f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
			kill()
			f.beginRun(journal)
			state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
			if noDate {
				requireText(t, diags, "killed run created", "proj/pl-1")
			}
			if want := map[bool]string{false: "pl-2"}[noDate]; state.Exists() == noDate || state.Exists() && state.Text("id") != want {
				t.Errorf("in state: %t, %s", state.Exists(), diags)
			}
		})
	}
}

// A vendor that tells no creation time lists what exists before the first create. Where that list failed, a link of equal content is named
// after a kill, and not adopted: it may be older.
func TestKilledRunThatCouldNotListWhatExists(t *testing.T) {
	t.Parallel()
	journal := filepath.Join(t.TempDir(), "journal")
	f := newFixture(t, withoutCreationTime)
	createExternal(f, answeredConfig())
	kill := f.beginRun(journal)
	f.store.FailAlways(memdriver.CallList, failures()["503"])
	f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["connection lost"]})
	f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
	kill()
	f.store.FailAlways(memdriver.CallList, nil)
	f.beginRun(journal)
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
	requireText(t, diags.Errors(), "killed run created", "proj/pl-1")
	if state.Exists() || f.store.Payable() != 1 {
		t.Errorf("in state: %t, %d payable links", state.Exists(), f.store.Payable())
	}
}

// Settling what a killed run left takes seconds. A link of somebody else that appears meanwhile is not what the create after it made.
func TestLinkThatAppearsWhileAKilledRunIsSettled(t *testing.T) {
	t.Parallel()
	journal := filepath.Join(t.TempDir(), "journal")
	f := newFixture(t)
	f.store.CreationTimes = true
	lost := memdriver.Fault{Err: failures()["connection lost"]}
	kill := f.beginRun(journal)
	f.store.FailNext(memdriver.CallCreate, lost)
	f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
	kill()
	f.clock.Advance(time.Hour)
	f.beginRun(journal)
	f.clock.Advance(time.Minute)
	createExternal(f, answeredConfig())
	f.store.Unlisted["pl-1"] = true // until the create is sent
	f.store.BeforeCreate = func(context.Context) { delete(f.store.Unlisted, "pl-1") }
	f.store.FailNext(memdriver.CallCreate, lost)
	f.store.TakeCalls()
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, answeredConfig())
	if state.Exists() || !diags.HasError() {
		t.Errorf("in state: %t, %s", state.Exists(), diags)
	}
	f.requireCalls("create=1 list=8")
}

// A journal that cannot be kept is told by the first create of a run, and only by that, whatever becomes of the create.
func TestJournalThatCannotBeKeptIsToldOnce(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	folder := t.TempDir()
	f.beginRun(folder) // a folder is no file
	f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["429"]})
	for i, want := range []int{1, 0} {
		_, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig())
		if said := strings.Count(diags.String(), "The journal of creates is incomplete"); said != want {
			t.Errorf("create %d: told %d times: %s", i, said, diags)
		}
	}
}

// The plan that finds a damaged journal begins a new one, and says so: the process that applies it finds nothing wrong.
func TestDamagedJournalIsToldByThePlan(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(o *memdriver.Options) { o.EditPage = unedited })
	file := filepath.Join(t.TempDir(), "journal")
	f.beginRun(file)
	f.mustCreate(fullConfig())
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data[0] ^= 0x55
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	f.Server, _ = f.serveRun(Object{"memory": Object{}, "journal": file, "look_before_create": true})
	if plan := f.Plan(resourceType, protocoltest.State{}, fullConfig()); strings.Count(plan.String(), "The journal of creates was damaged") != 1 {
		t.Errorf("not told: %s", plan.Diagnostics)
	}
	f.beginRun(file)
	if _, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig()); strings.Contains(diags.String(), "journal") {
		t.Errorf("told again: %s", diags)
	}
}

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
