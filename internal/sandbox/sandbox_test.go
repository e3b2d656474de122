package sandbox_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

const tea = `{"title":"Tea"}`

func TestStartRefusesOtherAddresses(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "example.com:0", "nonsense"} {
		if s, err := sandbox.Start(sandbox.Options{Addr: addr}); err == nil {
			t.Errorf("listens on %s", addr)
			_ = s.Close()
		}
	}
	s, err := sandbox.Start(sandbox.Options{Addr: "0.0.0.0:0", AnyAddress: true})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(s.URL(), "http://127.0.0.1:") {
		t.Errorf("URL %s", s.URL())
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestClockRunsByItself(t *testing.T) {
	t.Parallel()
	s := sandbox.New(sandbox.Options{})
	first := s.Now()
	s.Advance(time.Hour)
	if d := s.Now().Sub(first); d < time.Hour || d > time.Hour+time.Minute {
		t.Errorf("moved by %s", d)
	}
}

// TestNewServesWithoutListening: a sandbox is an http.Handler, and links then carry the address that was asked.
func TestNewServesWithoutListening(t *testing.T) {
	t.Parallel()
	s := sandbox.New(sandbox.Options{}, sandboxtest.Acme.New)
	server := httptest.NewServer(s)
	defer server.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/acme/links", strings.NewReader(tea))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.Env()["ACME_KEY"])
	res, err := server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	sandboxtest.Equal(t, "status", res.StatusCode, http.StatusCreated)
	sandboxtest.Equal(t, "url", strings.HasPrefix(s.Overview()[0].URL, server.URL+"/pay/acme/"), true)
}

func TestUnknownVendor(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	for _, path := range []string{"/nobody", "/nobody/links", "/pay/nobody/x", "/pay/acme/x", "/pay/acme", "/acmex/links"} {
		sandboxtest.Equal(t, path, r.Send("GET", path, "").Status, 404)
	}
	sandboxtest.Equal(t, "recorded", len(r.Requests()), 0)
	_, err := r.AddAccount("nobody")
	for _, err := range []error{err, r.Seed("nobody", nil), r.SetSwitches("nobody", nil), r.Act("nobody", "x", "pay", "")} {
		if err == nil || !strings.Contains(err.Error(), `no vendor "nobody"`) {
			t.Errorf("%v", err)
		}
	}
	if r.Calls("nobody") != nil || r.Switches("nobody") != nil || r.Demo("nobody") != nil {
		t.Error("something of nobody")
	}
}

// TestManyAtOnce is for the race detector, and loses no link and no record.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	r.Inject(fault.Fault{Op: "list", Status: 500, Times: 10})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			id := r.Create(tea)
			_ = r.List("")
			r.Do(id, "pay")
			_ = r.Requests(sandbox.ByOp("acme", "create"))
			r.Advance(time.Second)
			_ = r.Overview()
		})
	}
	group.Wait()
	sandboxtest.Equal(t, "links", len(r.Overview()), 20)
	for _, link := range r.Overview() {
		sandboxtest.Equal(t, "status", link.Status, "paid")
	}
	sandboxtest.Equal(t, "creates", len(r.Requests(sandbox.ByOp("acme", "create"))), 20)
	sandboxtest.Equal(t, "any vendor", len(r.Requests(sandbox.ByOp("", "list"))), 20)
	sandboxtest.Equal(t, "failed", len(r.Requests(func(q sandbox.Record) bool { return q.Status == 500 })), 10)
	r.ResetRequests()
	sandboxtest.Equal(t, "reset", len(r.Requests()), 0)
}
