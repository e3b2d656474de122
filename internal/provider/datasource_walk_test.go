package provider_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// fewest is how few list calls read n links.
func (c listCase) fewest(n int) int {
	if c.page == 0 {
		return 1
	}
	return (n + c.page - 1) / c.page
}

// Many links: each exactly once, in the fewest pages.
func TestDataSourceReadsEveryLinkOnce(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		const n = 1234
		e := acctest.NewSandbox(t, c.vendor)
		want := c.stock(t, e, n)
		s := e.ServerWithFakeClock()
		for name, config := range map[string]object{c.several(): nil, "paymentlinks_links": nil} {
			got := linkIDs(dataOf(t, s, name, config))
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %d links, %d of them different, want %d", name, len(got), len(slices.Compact(got)), n)
			}
			if calls := e.CallCount(c.vendor, "list"); calls != c.fewest(n) {
				t.Errorf("%s: %d pages, want %d", name, calls, c.fewest(n))
			}
			if others := len(e.Requests()) - e.CallCount(c.vendor, "list") - e.CallCount(c.vendor, "token"); others != 0 {
				t.Errorf("%s: %d other requests", name, others)
			}
			e.ResetRequests()
		}
	})
}

// Links that come and go while the list is read: what stays is there once.
func TestDataSourceWhileLinksComeAndGo(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		if c.page == 0 {
			return // one answer is one moment
		}
		n := 3*c.page + 7
		for name, tc := range map[string]struct {
			when   func(page int) bool // before which list call a link is made
			calls  int
			warned bool
		}{
			"one comes":         {func(page int) bool { return page == 2 }, 4 + 4, false},
			"one on every page": {func(int) bool { return true }, 4 * 4, true},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				e := acctest.NewSandbox(t, c.vendor)
				want := c.stock(t, e, n)
				maker := e.ServerWithFakeClock()
				pages := 0
				address := betweenPages(t, e, c.vendor, func() {
					if pages++; tc.when(pages) {
						_, _ = up(t, maker, protocoltest.State{}, c.vendorCase, c.another(pages))
					}
				})
				s := e.ServerWithFakeClock(object{"endpoint": address})
				state, diags := s.ReadDataSource(c.several(), nil)
				if c.vendor == "gigs" { // a cursor does not shift
					tc.calls, tc.warned = 4, false
				}
				if diags.HasError() || (len(diags) > 0) != tc.warned {
					t.Errorf("said: %s", diags)
				}
				if pages != tc.calls {
					t.Errorf("%d pages, want %d", pages, tc.calls)
				}
				counts := map[string]int{}
				for _, id := range linkIDs(state) {
					counts[id]++
				}
				for _, id := range want {
					if counts[id] != 1 {
						t.Errorf("%s came %d times", id, counts[id])
					}
				}
			})
		}
	})
}

// another is a link of its own content.
func (c listCase) another(i int) object {
	if c.vendor == "conomy" {
		return c.with(object{"checkout_token": fmt.Sprintf("another-%d", i)})
	}
	return c.config
}

// betweenPages stands between a provider and the sandbox, and does something before each page of the list.
func betweenPages(t *testing.T, e *acctest.VendorSandbox, vendor string, before func()) string {
	t.Helper()
	target, err := url.Parse(e.URL())
	if err != nil {
		t.Fatal(err)
	}
	forward := httputil.NewSingleHostReverseProxy(target)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			before()
		}
		r.Host = target.Host
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	endpoint, _ := e.Settings()["endpoint"].(string)
	return strings.Replace(endpoint, e.URL(), server.URL, 1)
}

// An error in the middle is an error, and nothing is shown of what came before.
func TestDataSourceErrorsInTheMiddle(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		for name, fault := range map[string]sandbox.Fault{
			"refused":   {Kind: sandbox.Answer, Status: http.StatusForbidden, Body: `{}`},
			"truncated": {Kind: sandbox.Truncate},
			"malformed": {Kind: sandbox.Malformed},
			"html":      {Kind: sandbox.HTML, Status: http.StatusNotFound},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				e := acctest.NewSandbox(t, c.vendor)
				c.stock(t, e, 2*c.page+3)
				fault.Vendor, fault.Op = c.vendor, "list"
				if fault.Skip = 1; c.page == 0 {
					fault.Skip = 0
				}
				e.Inject(fault)
				for _, name := range []string{c.several(), "paymentlinks_links"} {
					state, diags := e.ServerWithFakeClock().ReadDataSource(name, nil)
					if state.Exists() || !diags.HasError() || !strings.Contains(diags.String(), "Cannot list "+c.title()+" payment links") {
						t.Errorf("%s: %v %s", name, state.Exists(), diags)
					}
				}
			})
		}
	})
}

func (c listCase) title() string { return strings.ToUpper(c.vendor[:1]) + c.vendor[1:] }

// A vendor whose list has no end, or that shows less than it counts.
func TestDataSourceOfABrokenList(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "gigs")
	listCases()[3].stock(t, e, 1)
	e.Inject(sandbox.Fault{Vendor: "gigs", Op: "list", Kind: sandbox.Answer, Status: http.StatusOK,
		Body: `{"object":"list","items":[],"moreItemsAfter":"pml_1","moreItemsBefore":null}`})
	_, diags := e.ServerWithFakeClock().ReadDataSource("paymentlinks_gigs_links", nil)
	if !strings.Contains(diags.Errors().String(), "does not end") || e.CallCount("gigs", "list") != 2 {
		t.Errorf("%d calls: %s", e.CallCount("gigs", "list"), diags)
	}

	e = acctest.NewSandbox(t, "conomy")
	e.Inject(sandbox.Fault{Vendor: "conomy", Op: "list", Kind: sandbox.Answer, Status: http.StatusOK,
		Body: `{"pagination":{"count":0,"next":0,"previous":0,"total":7},"results":[]}`})
	state, diags := e.ServerWithFakeClock().ReadDataSource("paymentlinks_conomy_links", nil)
	if !state.Exists() || len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "counts 7 links, and its list shows 0") {
		t.Errorf("%v: %s", state.Exists(), diags)
	}
}

// Benchmarks of 1,234 links, the sandbox's work included.
func BenchmarkDataSource(b *testing.B) {
	for _, c := range listCases() {
		b.Run(c.vendor, func(b *testing.B) {
			e := acctest.NewSandbox(b, c.vendor)
			c.stock(b, e, 1234)
			s := e.ServerWithFakeClock()
			b.ReportAllocs()
			for b.Loop() {
				if state, diags := s.ReadDataSource(c.several(), nil); len(diags) > 0 || len(state.List("links")) != 1234 {
					b.Fatal(diags)
				}
			}
		})
	}
}
