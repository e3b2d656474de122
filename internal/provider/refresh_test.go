package provider_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// refreshing is a sandbox whose links are refreshed by providers of all kinds.
type refreshing struct {
	*acctest.VendorSandbox
	t     *testing.T
	c     listCase
	clock *clock.Fake
}

func eachRefreshing(t *testing.T, test func(*testing.T, *refreshing)) {
	eachList(t, func(t *testing.T, c listCase) {
		test(t, newRefreshing(t, c))
	})
}

func newRefreshing(t *testing.T, c listCase) *refreshing {
	return &refreshing{acctest.NewSandbox(t, c.vendor), t, c, clock.NewFake(clock.System{}.Now())}
}

// by is a new provider with this `refresh`.
func (r *refreshing) by(how string) *protocoltest.Server {
	r.t.Helper()
	s := acctest.NewServer(r.t, r.clock, object{r.c.vendor: r.Settings(), "refresh": how})
	if len(s.ConfigureDiagnostics) > 0 {
		r.t.Fatal(s.ConfigureDiagnostics)
	}
	return s
}

// imported are states of these links.
func (r *refreshing) imported(ids []string) []protocoltest.State {
	r.t.Helper()
	s := r.by("get")
	out := make([]protocoltest.State, len(ids))
	r.together(len(ids), func(i int) protocoltest.Diagnostics {
		state, diags := s.Import(r.c.name(), ids[i])
		out[i] = state
		return diags
	})
	return out
}

// refreshed refreshes all, ten at a time as Terraform does, without a word.
func (r *refreshing) refreshed(s *protocoltest.Server, states []protocoltest.State) []protocoltest.State {
	r.t.Helper()
	out := make([]protocoltest.State, len(states))
	r.together(len(states), func(i int) protocoltest.Diagnostics {
		state, diags := s.Refresh(states[i])
		out[i] = state
		return diags
	})
	return out
}

func (r *refreshing) together(n int, do func(i int) protocoltest.Diagnostics) {
	r.t.Helper()
	queue := make(chan int)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			for i := range queue {
				if diags := do(i); len(diags) > 0 {
					r.t.Errorf("%d: %s", i, diags)
				}
			}
		})
	}
	for i := range n {
		queue <- i * 7919 % n // not in the list's order
	}
	close(queue)
	wg.Wait()
}

// asked are the requests since the last time, "list=1 get=2".
func (r *refreshing) asked() (list, get int) {
	list, get = r.CallCount(r.c.vendor, "list"), r.CallCount(r.c.vendor, "get")
	r.ResetRequests()
	return list, get
}

// equal: byte for byte, what is remembered too.
func (r *refreshing) equal(what string, got, want []protocoltest.State) {
	r.t.Helper()
	for i := range want {
		if !got[i].Raw.Equal(want[i].Raw) || !bytes.Equal(got[i].Private, want[i].Private) {
			r.t.Errorf("%s: got %v %s, want %v %s", what, got[i].Raw, got[i].Private, want[i].Raw, want[i].Private)
			return
		}
	}
}

// A large state costs its pages, in whatever order its links are read, and comes out as if every link had been read singly.
func TestRefreshOfALargeState(t *testing.T) {
	eachRefreshing(t, func(t *testing.T, r *refreshing) {
		n := 307
		if r.c.vendor == "qonto" {
			n = 1000
		}
		pages := 1
		if r.c.page > 0 {
			pages = (n + r.c.page - 1) / r.c.page
		}
		states := r.imported(r.c.stock(t, r.VendorSandbox, n))
		r.ResetRequests()
		want := r.refreshed(r.by("get"), states)
		if list, get := r.asked(); list != 0 || get != n {
			t.Errorf("get: list=%d get=%d", list, get)
		}
		r.equal("list", r.refreshed(r.by("list"), states), want)
		if list, get := r.asked(); list != pages || get != 0 {
			t.Errorf("list: list=%d get=%d, want %d pages", list, get, pages)
		}
		r.equal("auto", r.refreshed(r.by("auto"), states), want)
		if list, get := r.asked(); list > 2*pages || list+get > 2*pages+10 || get < 10 {
			t.Errorf("auto: list=%d get=%d of %d pages", list, get, pages)
		}
	})
}

// A few links in a large account are read singly.
func TestRefreshOfASmallState(t *testing.T) {
	eachRefreshing(t, func(t *testing.T, r *refreshing) {
		ids := r.c.stock(t, r.VendorSandbox, 120)
		states := r.imported(ids[60:70])
		r.ResetRequests()
		r.refreshed(r.by("auto"), states)
		if list, get := r.asked(); list != 0 || get != 10 {
			t.Errorf("list=%d get=%d", list, get)
		}
	})
}

// However a vendor shows its links, a page makes the same state of one as a single read does.
func TestRefreshByPageAndSingly(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		for _, switches := range c.switches {
			t.Run(switches, func(t *testing.T) {
				t.Parallel()
				r := newRefreshing(t, c)
				c.turn(t, r.VendorSandbox, switches)
				maker := r.by("get")
				var states []protocoltest.State
				for _, shape := range c.shapes {
					state, _ := up(t, maker, protocoltest.State{}, c.vendorCase, shape)
					states = append(states, state)
				}
				want := r.refreshed(r.by("get"), states)
				r.ResetRequests()
				r.equal("list", r.refreshed(r.by("list"), states), want)
				if list, get := r.asked(); list != 1 || get != 0 {
					t.Errorf("list=%d get=%d", list, get)
				}
			})
		}
	})
}

// Absence from the list proves nothing: a link that it does not show is read singly, and only then believed to be gone.
func TestRefreshOfUnlistedLinks(t *testing.T) {
	t.Parallel()
	r := newRefreshing(t, listCases()[1])
	ids := r.c.stock(t, r.VendorSandbox, 30)
	states := r.imported(ids)
	for _, id := range ids[:5] {
		r.Simulate(id, "cancel")
	}
	r.clock.Advance(time.Minute) // the sandbox's clock goes on by itself
	r.Powens.Set(func(s *sandbox.PowensSwitches) { s.HideRevoked = true })
	want := r.refreshed(r.by("get"), states)
	r.ResetRequests()
	got := r.refreshed(r.by("list"), states)
	r.equal("list", got, want)
	if list, get := r.asked(); list != 1 || get != 5 || got[0].Text("state") != "revoked" {
		t.Errorf("list=%d get=%d, the first is %s", list, get, got[0].Text("state"))
	}
}

// A page that fails is no failure of a read, and no drift.
func TestRefreshWithoutAList(t *testing.T) {
	eachRefreshing(t, func(t *testing.T, r *refreshing) {
		states := r.imported(r.c.stock(t, r.VendorSandbox, 30))
		want := r.refreshed(r.by("get"), states)
		for name, fault := range map[string]sandbox.Fault{
			"refused": {Kind: sandbox.Answer, Status: 403, Body: "{}"}, "broken": {Kind: sandbox.HTML}, "malformed": {Kind: sandbox.Malformed},
			"truncated": {Kind: sandbox.Truncate}, "too large": {Kind: sandbox.Oversize}, "dropped": {Kind: sandbox.Drop},
		} {
			fault.Vendor, fault.Op = r.c.vendor, "list"
			remove := r.Inject(fault)
			for _, how := range []string{"auto", "list"} {
				r.ResetRequests()
				r.equal(name, r.refreshed(r.by(how), states), want)
				if list, get := r.asked(); list == 0 || get != 30 {
					t.Errorf("%s, %s: list=%d get=%d", name, how, list, get)
				}
			}
			remove()
		}
	})
}

// A page is a minute's truth, and no truth about a link that this process writes to.
func TestRefreshOfWhatHasChanged(t *testing.T) {
	eachRefreshing(t, func(t *testing.T, r *refreshing) {
		ids := r.c.stock(t, r.VendorSandbox, 4)
		states := r.imported(ids)
		s := r.by("list")
		r.refreshed(s, states[:1])
		if r.c.vendor == "qonto" { // its links here can be paid more than once
			r.Simulate(ids[1], "expire")
		} else {
			r.Simulate(ids[1], "pay")
		}
		r.clock.Advance(61 * time.Second)
		if state := r.refreshed(s, states[1:2])[0]; state.Text("state") == "open" {
			t.Error("a page is believed that is older than a minute")
		}
		if r.c.revoke == "" {
			return
		}
		_, refused := s.Apply(s.Plan(r.c.name(), states[2], nil)) // Conomy does, while the link is ACTIVE
		r.ResetRequests()
		after, diags := s.Refresh(states[2])
		if _, get := r.asked(); get == 0 || !refused.HasError() && after.Exists() && after.Text("state") != "revoked" || diags.HasError() {
			t.Errorf("revoked after the page was read: %s %s", after.Text("state"), diags)
		}
	})
}

// A walk belongs to one configuration of the provider.
func TestRefreshOfSeveralConfigurations(t *testing.T) {
	eachRefreshing(t, func(t *testing.T, r *refreshing) {
		states := r.imported(r.c.stock(t, r.VendorSandbox, 20))
		r.ResetRequests()
		for range 2 {
			r.refreshed(r.by("list"), states)
		}
		if list, get := r.asked(); list != 2 || get != 0 {
			t.Errorf("list=%d get=%d", list, get)
		}
	})
}

// The walk waits for its turn as everything does, and a state of a hundred links takes seconds: 30 a minute by single reads were three minutes.
func TestRefreshUnderALimit(t *testing.T) {
	t.Parallel()
	r := newRefreshing(t, listCases()[1])
	states := r.imported(r.c.stock(t, r.VendorSandbox, 100))
	s := acctest.NewServer(t, r.clock, object{"powens": r.Settings(object{"requests_per_minute": 30})})
	r.ResetRequests()
	began := r.clock.Now()
	r.refreshed(s, states)
	took := r.clock.Now().Sub(began)
	if n := len(r.Requests()); n > 13 || took < 2*time.Second || took > 10*time.Second {
		t.Errorf("%d requests in %s", n, took)
	}
}

func TestRefreshSetting(t *testing.T) {
	c := listCases()[1]
	r := newRefreshing(t, c)
	states := r.imported(c.stock(t, r.VendorSandbox, 12))
	asks := func(top object) string {
		t.Helper()
		config := object{c.vendor: r.Settings()}
		for name, value := range top {
			config[name] = value
		}
		s := acctest.NewServer(t, r.clock, config)
		if len(s.ConfigureDiagnostics) > 0 {
			t.Fatal(s.ConfigureDiagnostics)
		}
		r.ResetRequests()
		r.refreshed(s, states)
		list, get := r.asked()
		return fmt.Sprintf("list=%d get=%d", list, get)
	}
	for value, want := range map[string]string{"": "list=1 get=10", "auto": "list=1 get=10", "list": "list=1 get=0", "get": "list=0 get=12"} {
		t.Setenv("PAYMENTLINKS_REFRESH", value)
		if got := asks(nil); got != want {
			t.Errorf("PAYMENTLINKS_REFRESH=%q: %s, want %s", value, got, want)
		}
	}
	if got := asks(object{"refresh": "list"}); got != "list=1 get=0" {
		t.Errorf("the configuration does not win: %s", got)
	}
	for _, value := range []any{"sometimes", "", tfconfig.Unknown} {
		s := acctest.NewServer(t, nil, object{"refresh": value})
		if len(s.ConfigureDiagnostics.Errors()) != 1 || len(s.ConfigureDiagnostics.ForAttribute("refresh").Errors()) != 1 {
			t.Errorf("%v: %s", value, s.ConfigureDiagnostics)
		}
	}
	t.Setenv("PAYMENTLINKS_REFRESH", "sometimes")
	s := acctest.NewServer(t, nil, object{})
	if len(s.ConfigureDiagnostics.Errors()) != 1 || !strings.Contains(s.ConfigureDiagnostics.String(), "PAYMENTLINKS_REFRESH") || !strings.Contains(s.ConfigureDiagnostics.String(), "auto, list, get") {
		t.Errorf("the variable: %s", s.ConfigureDiagnostics)
	}
}
