package conformance_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// pages is how few list calls read n links.
func pages(d descriptor.Descriptor, n int) int {
	if d.List.PageSize == 0 {
		return 1
	}
	return max(1, (n+d.List.PageSize-1)/d.List.PageSize)
}

// requireOnlyLists expects so many list calls, and no others but those for a token.
func (f *fixture) requireOnlyLists(what string, want int) {
	f.Helper()
	lists := f.CallCount(f.d.Operations.List)
	if lists != want {
		f.Errorf("%s: %d list calls, want %d", what, lists, want)
	}
	others := len(f.Sandbox.Requests()) - lists
	if f.d.Operations.Token != "" {
		others -= f.CallCount(f.d.Operations.Token)
	}
	if others != 0 {
		f.Errorf("%s: %d other requests", what, others)
	}
	f.ResetCalls()
}

func TestDataSourceReadsEveryLinkOnce(t *testing.T) {
	forEachList(t, func(f *fixture) {
		const n = 634
		want := f.seed(n)
		for _, name := range []string{f.d.LinksType(), allLinks} {
			got := linkIDs(f.read(name, nil))
			slices.Sort(got)
			if !slices.Equal(got, want) {
				f.Errorf("%s: %d links, %d of them different, want %d", name, len(got), len(slices.Compact(got)), n)
			}
			f.requireOnlyLists(name, pages(f.d, n))
		}
	})
}

// Links that come and go while the list is read: what stays is there once.
func TestDataSourceWhileLinksComeAndGo(t *testing.T) {
	paged := func(d descriptor.Descriptor) bool { return d.List != nil && d.List.PageSize > 0 }
	forVendors(t, paged, func(f *fixture) {
		n := 3*f.d.List.PageSize + 7
		for name, c := range map[string]struct {
			when       func(page int) bool // before which list call a link is made
			calls      int                 // where pages shift
			incomplete bool
		}{
			"one comes":         {func(page int) bool { return page == 2 }, 4 + 4, false},
			"one on every page": {func(int) bool { return true }, 4 * 4, true},
		} {
			f.Run(name, func(t *testing.T) {
				t.Parallel()
				f := f.again(t)
				want := f.seed(n)
				maker, calls := f.NewProvider(), 0
				f.Server = f.NewProvider(object{"endpoint": f.beforeEachGet(func() {
					if calls++; !c.when(calls) {
						return
					}
					if _, _, diags := maker.ApplyConfig(protocoltest.State{}, f.d.ResourceType(), f.d.Copy(fmt.Sprintf("during-%d", calls))); diags.HasError() {
						f.Error(diags)
					}
				})})
				state, diags := f.ReadDataSource(f.d.LinksType(), nil)
				if !f.d.List.Counted { // a cursor does not shift
					c.calls, c.incomplete = 4, false
				}
				if diags.HasError() || (len(diags) > 0) != c.incomplete {
					f.Errorf("said: %s", diags)
				}
				if calls != c.calls {
					f.Errorf("%d pages, want %d", calls, c.calls)
				}
				counts := map[string]int{}
				for _, id := range linkIDs(state) {
					counts[id]++
				}
				for _, id := range want {
					if counts[id] != 1 {
						f.Errorf("%s came %d times", id, counts[id])
					}
				}
			})
		}
	})
}

// beforeEachGet does something before each GET of a provider with the `endpoint` that it returns.
func (f *fixture) beforeEachGet(do func()) string {
	return f.between(func(r *http.Request) {
		if r.Method == http.MethodGet {
			do()
		}
	}, nil)
}

// An error in the middle is an error, and nothing is shown of what came before.
func TestDataSourceShowsNothingOfAListThatFails(t *testing.T) {
	forEachList(t, func(f *fixture) {
		for name, injected := range map[string]fault.Fault{
			"refused":   {Kind: fault.Answer, Status: http.StatusForbidden, Body: `{}`},
			"truncated": {Kind: fault.Truncate},
			"malformed": {Kind: fault.Malformed},
			"html":      {Kind: fault.HTML, Status: http.StatusNotFound},
		} {
			f.Run(name, func(t *testing.T) {
				t.Parallel()
				f := f.again(t)
				f.seed(2*f.d.List.PageSize + 3)
				f.injectAfterFirstPage(injected)
				for _, name := range []string{f.d.LinksType(), allLinks} {
					f.Server = f.NewProvider()
					state, diags := f.ReadDataSource(name, nil)
					if state.Exists() {
						f.Errorf("%s shows something", name)
					}
					f.RequireErrors(diags, "", "Cannot list "+f.d.Title+" payment links")
				}
			})
		}
	})
}

// injectAfterFirstPage makes list calls go wrong, the first excepted where there are pages.
func (f *fixture) injectAfterFirstPage(injected fault.Fault) {
	injected.Vendor, injected.Op = f.d.Name, f.d.Operations.List
	if f.d.List.PageSize > 0 {
		injected.Skip = 1
	}
	f.Cleanup(f.Sandbox.Inject(injected))
}

// A vendor whose list has no end, or that shows less than it counts.
func TestDataSourceOfAListThatContradictsItself(t *testing.T) {
	contradicts := func(d descriptor.Descriptor) bool { return d.List != nil && len(d.List.Broken) > 0 }
	forVendors(t, contradicts, func(f *fixture) {
		for _, broken := range f.d.List.Broken {
			f.ResetCalls()
			remove := f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: f.d.Operations.List, Kind: fault.Answer, Status: http.StatusOK, Body: broken.Body})
			state, diags := f.ReadDataSource(f.d.LinksType(), nil)
			if broken.Error != "" {
				f.RequireErrors(diags, "", broken.Error)
			}
			if broken.Warning != "" && (!state.Exists() || diags.HasError()) {
				f.Errorf("no links, or an error: %s", diags)
			}
			f.RequireText(diags.Warnings(), broken.Warning)
			if n := f.CallCount(f.d.Operations.List); n < broken.Calls || n >= 2*broken.Calls && n > 1 { // pages may be read side by side
				f.Errorf("%d calls, want %d", n, broken.Calls)
			}
			remove()
		}
	})
}

// BenchmarkDataSource reads 1,234 links, the sandbox's work included.
func BenchmarkDataSource(b *testing.B) {
	const n = 1234
	for _, d := range descriptor.All() {
		if d.List == nil {
			continue
		}
		b.Run(d.Name, func(b *testing.B) {
			s, _ := seededServer(b, d, n)
			b.ReportAllocs()
			for b.Loop() {
				if state, diags := s.ReadDataSource(d.LinksType(), nil); len(diags) > 0 || len(state.List("links")) != n {
					b.Fatal(diags)
				}
			}
		})
	}
}
