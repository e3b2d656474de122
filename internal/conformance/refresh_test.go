package conformance_test

import (
	"bytes"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// newRefresher is a new provider with this `refresh`.
func (f *fixture) newRefresher(mode string) *protocoltest.Server {
	f.Helper()
	return f.NewProviderWith(object{f.d.Name: f.Settings(), "refresh": mode})
}

// importAll imports links, each by its own request.
func (f *fixture) importAll(ids []string) []protocoltest.State {
	f.Helper()
	s := f.newRefresher("get")
	out := make([]protocoltest.State, len(ids))
	f.forEachAtOnce(len(ids), func(i int) protocoltest.Diagnostics {
		state, diags := s.Import(f.d.ResourceType(), ids[i])
		out[i] = state
		return diags
	})
	f.ResetCalls()
	return out
}

// refreshAll refreshes all, ten at a time as Terraform does, without a word.
func (f *fixture) refreshAll(s *protocoltest.Server, states []protocoltest.State) []protocoltest.State {
	f.Helper()
	out := make([]protocoltest.State, len(states))
	f.forEachAtOnce(len(states), func(i int) protocoltest.Diagnostics {
		state, diags := s.Refresh(states[i])
		out[i] = state
		return diags
	})
	return out
}

// forEachAtOnce does something n times, ten at a time, in no order of the list's.
func (f *fixture) forEachAtOnce(n int, do func(i int) protocoltest.Diagnostics) {
	f.Helper()
	queue := make(chan int)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			for i := range queue {
				if diags := do(i); len(diags) > 0 {
					f.Errorf("%d: %s", i, diags)
				}
			}
		})
	}
	for i := range n {
		queue <- i * 7919 % n
	}
	close(queue)
	wg.Wait()
}

// reads counts list calls and single reads since the last time.
func (f *fixture) reads() (list, get int) {
	list, get = f.CallCount(f.d.Operations.List), f.CallCount(f.d.Operations.Get)
	f.ResetCalls()
	return list, get
}

func (f *fixture) requireReads(what string, list, get int) {
	f.Helper()
	if gotList, gotGet := f.reads(); gotList != list || gotGet != get {
		f.Errorf("%s: list=%d get=%d, want list=%d get=%d", what, gotList, gotGet, list, get)
	}
}

// requireEqual expects the same states byte for byte, private state included.
func (f *fixture) requireEqual(what string, got, want []protocoltest.State) {
	f.Helper()
	for i := range want {
		if !got[i].Raw.Equal(want[i].Raw) || !bytes.Equal(got[i].Private, want[i].Private) {
			f.Errorf("%s: got %v %s, want %v %s", what, got[i].Raw, got[i].Private, want[i].Raw, want[i].Private)
			return
		}
	}
}

// A large state costs its pages, in whatever order its links are read, and comes out as if every link had been read singly. However
// many links are gone then, the list is read once to believe it.
func TestRefreshOfALargeState(t *testing.T) {
	forEachList(t, func(f *fixture) {
		const n = 307
		pages, ids := pages(f.d, n), f.seed(n)
		states := f.importAll(ids)
		want := f.refreshAll(f.newRefresher("get"), states)
		f.requireReads("get", 0, n)
		f.requireEqual("list", f.refreshAll(f.newRefresher("list"), states), want)
		f.requireReads("list", pages, 0)
		f.requireEqual("auto", f.refreshAll(f.newRefresher("auto"), states), want)
		if list, get := f.reads(); list > 2*pages || list+get > 2*pages+10 || get < 10 {
			f.Errorf("auto: list=%d get=%d of %d pages", list, get, pages)
		}
		f.requireOneListForAllThatAreGone(ids, states)
	})
}

// requireOneListForAllThatAreGone: pages that were read already are not read again.
func (f *fixture) requireOneListForAllThatAreGone(ids []string, states []protocoltest.State) {
	f.Helper()
	const gone = 10
	n, pages := len(ids), pages(f.d, len(ids)-gone)
	for i := range gone {
		f.Sandbox.Simulate(ids[i*n/gone], "delete")
	}
	f.Clock.Advance(newLinkGrace)
	for mode, want := range map[string]struct{ list, get int }{
		"get": {pages, n}, "list": {pages, gone}, "auto": {2 * pages, 2*pages + gone + 10},
	} {
		s := f.newRefresher(mode)
		var missing atomic.Int32
		f.forEachAtOnce(n, func(i int) protocoltest.Diagnostics {
			state, diags := s.Refresh(states[i])
			if !state.Exists() || state.Text("state") == "revoked" {
				missing.Add(1)
			}
			return diags.Errors()
		})
		if f.d.Batch != nil { // what the pages do not show is asked for in batches first, a list call each
			want.list += gone
		}
		list, get := f.reads()
		if missing.Load() != gone || list > want.list || get > want.get || list < pages {
			f.Errorf("%s: %d gone, list=%d get=%d, want at most %d and %d", mode, missing.Load(), list, get, want.list, want.get)
		}
	}
}

func TestRefreshOfASmallStateInALargeAccount(t *testing.T) {
	forEachList(t, func(f *fixture) {
		states := f.importAll(f.seed(120)[60:70])
		f.refreshAll(f.newRefresher("auto"), states)
		f.requireReads("auto", 0, 10)
	})
}

// However a vendor shows its links, a page makes the same state of one as a single read does.
func TestRefreshByPageAndSinglyAreTheSame(t *testing.T) {
	forEachList(t, func(f *fixture) {
		f.forEachAnswer(func(f *fixture) {
			var states []protocoltest.State
			for _, state := range f.createShapes() {
				states = append(states, state)
			}
			want := f.refreshAll(f.newRefresher("get"), states)
			f.ResetCalls()
			f.requireEqual("list", f.refreshAll(f.newRefresher("list"), states), want)
			f.requireReads("list", 1, 0)
		})
	})
}

// Absence from the list proves nothing: a link that it does not show is read singly, and only then believed to have ended.
func TestRefreshOfLinksThatAreNotListed(t *testing.T) {
	hides := func(d descriptor.Descriptor) bool { return d.List != nil && d.List.HideRevoked != "" }
	forVendors(t, hides, func(f *fixture) {
		ids := f.seed(30)
		states := f.importAll(ids)
		revoked, _ := situation(f.d, lifecycle.Revoked)
		for _, id := range ids[:5] {
			f.bring(id, revoked)
		}
		f.setSwitches(f.d.List.HideRevoked)
		want := f.refreshAll(f.newRefresher("get"), states)
		f.ResetCalls()
		got := f.refreshAll(f.newRefresher("list"), states)
		f.requireEqual("list", got, want)
		f.requireReads("list", 1, 5)
		if state := got[0].Text("state"); state != "revoked" {
			f.Errorf("the first is %s", state)
		}
	})
}

// A page that fails is no failure of a read, and no drift. A list without pages is used as far as it came.
func TestRefreshWhenTheListFails(t *testing.T) {
	forEachList(t, func(f *fixture) {
		states := f.importAll(f.seed(30))
		want := f.refreshAll(f.newRefresher("get"), states)
		for name, injected := range map[string]fault.Fault{
			"refused": {Kind: fault.Answer, Status: http.StatusForbidden, Body: "{}"}, "broken": {Kind: fault.HTML}, "malformed": {Kind: fault.Malformed},
			"truncated": {Kind: fault.Truncate}, "too large": {Kind: fault.Oversize}, "dropped": {Kind: fault.Drop},
		} {
			injected.Vendor, injected.Op = f.d.Name, f.d.Operations.List
			remove := f.Sandbox.Inject(injected)
			for _, mode := range []string{"auto", "list"} {
				f.ResetCalls()
				f.requireEqual(name, f.refreshAll(f.newRefresher(mode), states), want)
				if list, get := f.reads(); list == 0 || get > 30 || get < 30 && f.d.List.PageSize > 0 {
					f.Errorf("%s, %s: list=%d get=%d", name, mode, list, get)
				}
			}
			remove()
		}
	})
}

// A page is believed for a minute, and never about a link that this process writes to.
func TestRefreshOfWhatHasChangedSinceThePage(t *testing.T) {
	forEachList(t, func(f *fixture) {
		ids := f.seed(4)
		states := f.importAll(ids)
		f.Server = f.newRefresher("list")
		f.refreshAll(f.Server, states[:1])
		paid, has := situation(f.d, lifecycle.Paid)
		if !has {
			f.Skip("the vendor has no paid links")
		}
		f.bring(ids[1], paid)
		f.Clock.Advance(61 * time.Second)
		if state := f.refreshAll(f.Server, states[1:2])[0]; state.Text("state") == "open" {
			f.Error("a page is believed that is older than a minute")
		}
		if f.d.Operations.Revoke == "" {
			return
		}
		_, refused := f.Apply(f.Plan(states[2], nil)) // which a vendor may do while a link can be paid
		f.ResetCalls()
		after, diags := f.Refresh(states[2])
		if _, get := f.reads(); get == 0 || !refused.HasError() && after.Exists() && after.Text("state") != "revoked" || diags.HasError() {
			f.Errorf("revoked after the page was read: %s %s", after.Text("state"), diags)
		}
	})
}

// Pages belong to one configuration of the provider.
func TestRefreshOfSeveralConfigurations(t *testing.T) {
	forEachList(t, func(f *fixture) {
		states := f.importAll(f.seed(20))
		for range 2 {
			f.refreshAll(f.newRefresher("list"), states)
		}
		f.requireReads("list", 2, 0)
	})
}

// The pages wait for their turn as everything does, and a state of a hundred links takes seconds: single reads would take
// minutes under such a limit.
func TestRefreshUnderALimit(t *testing.T) {
	limited := func(d descriptor.Descriptor) bool { return d.RateLimit != nil && d.List != nil && d.List.PageSize == 0 }
	forVendors(t, limited, func(f *fixture) {
		states := f.importAll(f.seed(100))
		s := f.NewProvider(object{"requests_per_minute": f.d.RateLimit.PerMinute})
		began := f.Clock.Now()
		f.refreshAll(s, states)
		took := f.Clock.Now().Sub(began)
		if n := len(f.Sandbox.Requests()); n > 13 || took < 2*time.Second || took > 10*time.Second {
			f.Errorf("%d requests in %s", n, took)
		}
	})
}
