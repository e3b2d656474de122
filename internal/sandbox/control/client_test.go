package control_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/control"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

// newClients returns a client of the vendor Acme's API, and one of the sandbox's control API.
func newClients(t *testing.T) (*sandboxtest.Client, control.Client) {
	t.Helper()
	r := sandboxtest.Acme.Client(t)
	return r, control.Client{URL: r.URL()}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	r, c := newClients(t)
	made := r.Next()
	links, err := c.Links(t.Context())
	r.Must(err)
	if len(links) != 1 || links[0].ID != made.ID || links[0].Vendor != "acme" || links[0].URL != made.URL || !links[0].Payable || !links[0].CreatedAt.Equal(made.CreatedAt) {
		t.Errorf("%+v", links)
	}
	r.Must(c.Act(t.Context(), "acme", made.ID, "pay"))
	sandboxtest.Equal(t, "paid", r.Find("acme", made.ID).Status, "paid")
	r.Must(c.ForceStatus(t.Context(), "acme", made.ID, "a b&c"))
	sandboxtest.Equal(t, "forced", r.Find("acme", made.ID).Status, "a b&c")
	r.Must(c.Act(t.Context(), "acme", made.ID, "delete"))
	for _, err := range []error{
		c.Act(t.Context(), "acme", made.ID, "pay"), c.Act(t.Context(), "nobody", made.ID, "pay"), c.Act(t.Context(), "acme", "a/../b", "pay"),
	} {
		if err == nil {
			t.Error("no error")
		}
	}
	r.Must(c.Seed(t.Context(), "acme", []byte(`[{"id":"a/b"}]`)))
	r.Must(c.Act(t.Context(), "acme", "a/b", "delete"))
	if err := c.Seed(t.Context(), "acme", []byte(`[{}]`)); err == nil {
		t.Error("a bad seed was accepted")
	}
}

// TestAccounts: a further account has the variables of the first one, with other credentials.
func TestAccounts(t *testing.T) {
	t.Parallel()
	r, c := newClients(t)
	env, err := c.AddAccount(t.Context(), "acme")
	r.Must(err)
	sandboxtest.Equal(t, "variables", fmt.Sprint(slices.Sorted(maps.Keys(env))), fmt.Sprint(slices.Sorted(maps.Keys(r.Env()))))
	r.Call(http.MethodGet, "/links", "", "Authorization", "Bearer "+env["ACME_KEY"]).Want(http.StatusOK)
	if _, err := c.AddAccount(t.Context(), "nobody"); err == nil {
		t.Error("an account of nobody")
	}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	r, c := newClients(t)
	r.Next()
	r.Get("/links/a%2Fb?page=1").Want(http.StatusNotFound)
	requests, err := c.Requests(t.Context())
	r.Must(err)
	if len(requests) != 2 {
		t.Fatalf("%+v", requests)
	}
	first, second := requests[0], requests[1]
	sandboxtest.Equal(t, "first", fmt.Sprint(first.Vendor, first.Op, first.Method, first.Path, first.Body, first.Status, first.Committed, first.At),
		`acmecreatePOST/links{"title":"Tea 1"}201 true 2026-03-01 12:00:00 +0000 UTC`)
	sandboxtest.Equal(t, "header", first.Header["Authorization"][0], r.Header.Get("Authorization"))
	sandboxtest.Equal(t, "escaped as sent", second.Path+fmt.Sprint(second.Query), "/links/a%2Fbmap[page:[1]]")
	r.Must(c.ResetRequests(t.Context()))
	requests, err = c.Requests(t.Context())
	r.Must(err)
	sandboxtest.Equal(t, "forgotten", len(requests), 0)
}

func TestClock(t *testing.T) {
	t.Parallel()
	r, c := newClients(t)
	id := r.Next().ID
	now, err := c.Advance(t.Context(), 365*24*time.Hour)
	r.Must(err)
	sandboxtest.Equal(t, "now", now.String(), "2027-03-01 12:00:00 +0000 UTC")
	sandboxtest.Equal(t, "expired", r.Find("acme", id).Status, "expired")
	same, err := c.Advance(t.Context(), 0)
	r.Must(err)
	sandboxtest.Equal(t, "not moved", same.Equal(now), true)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	r, c := newClients(t)
	id, err := c.Inject(t.Context(), fault.Fault{Vendor: "acme", Op: "list", Kind: fault.TooMany, Skip: 1, Times: 2, Header: http.Header{"Retry-After": {"3"}}})
	r.Must(err)
	r.List("").Want(http.StatusOK)
	sandboxtest.Equal(t, "header", r.List("").Want(http.StatusTooManyRequests).Header.Get("Retry-After"), "3")
	r.Must(c.RemoveFault(t.Context(), id))
	r.List("").Want(http.StatusOK)
	if err := c.RemoveFault(t.Context(), id); err == nil {
		t.Error("it was removed twice")
	}
	for _, f := range []fault.Fault{{Kind: fault.Wait, Delay: 90 * time.Second, After: true}, {Status: 503, Body: "x", ContentType: "text/plain"}} {
		_, err := c.Inject(t.Context(), f)
		r.Must(err)
		a := r.List("")
		if f.Delay > 0 {
			a.Want(http.StatusOK)
			sandboxtest.Equal(t, "waited", r.Now().Sub(sandboxtest.Start), f.Delay)
		} else {
			sandboxtest.Equal(t, "answer", a.Want(f.Status).Body, f.Body)
		}
		r.Must(c.ClearFaults(t.Context()))
	}
	if _, err := c.Inject(t.Context(), fault.Fault{Kind: "sulk"}); err == nil {
		t.Error("no such kind")
	}
}

func TestSwitches(t *testing.T) {
	t.Parallel()
	r, c := newClients(t)
	r.Must(c.SetSwitches(t.Context(), "acme", []byte(`{"create_ok":true,"read_delay":"5s"}`)))
	var switches map[string]any
	r.Must(c.Switches(t.Context(), "acme", &switches))
	sandboxtest.Equal(t, "switches", fmt.Sprint(switches), "map[case:kept create_ok:true list_lag:0s read_delay:5s]")
	if err := c.SetSwitches(t.Context(), "acme", []byte(`{"create_ok":false,"no_such":1}`)); err == nil {
		t.Error("no such switch")
	}
	r.Must(c.Switches(t.Context(), "acme", &switches))
	sandboxtest.Equal(t, "a bad one changes nothing", switches["create_ok"], any(true))
	if err := c.Switches(t.Context(), "nobody", &switches); err == nil {
		t.Error("switches of nobody")
	}
}

// TestNoSandbox: an address that nobody listens on is an error.
func TestNoSandbox(t *testing.T) {
	t.Parallel()
	r, c := newClients(t)
	r.Must(r.Close())
	if links, err := c.Links(t.Context()); err == nil {
		t.Errorf("%+v", links)
	}
}
