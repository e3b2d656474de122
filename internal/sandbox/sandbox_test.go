package sandbox_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// Record shortens the tests' matchers.
type Record = sandbox.Record

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

func TestEnvIsComplete(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	env := r.Env()
	equal(t, "endpoint", env["QONTO_ENDPOINT"], r.URL()+"/qonto")
	equal(t, "token endpoint", env["QONTO_TOKEN_ENDPOINT"], r.URL()+"/qonto")
	equal(t, "the same each time", r.Env()["QONTO_ACCESS_TOKEN"], env["QONTO_ACCESS_TOKEN"])
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
	s := sandbox.New(sandbox.Options{})
	server := httptest.NewServer(s)
	defer server.Close()
	env := s.Env()
	req, err := http.NewRequest(http.MethodPost, server.URL+"/qonto/v2/payment_links", strings.NewReader(basket(item)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+env["QONTO_ACCESS_TOKEN"])
	req.Header.Set("X-Qonto-Staging-Token", env["QONTO_STAGING_TOKEN"])
	req.Header.Set("Content-Type", "application/json")
	res, err := server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	equal(t, "status", res.StatusCode, http.StatusCreated)
	equal(t, "url", strings.HasPrefix(s.Qonto.Links()[0].URL, server.URL+"/pay/qonto/"), true)
}

func TestUnknownVendor(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for _, path := range []string{"/nobody", "/nobody/v2/payment_links", "/pay/nobody/x", "/pay/qonto/" + invoiceID, "/pay/qonto", "/qontox/v2"} {
		equal(t, path, r.send("GET", path, "").status, 404)
	}
	equal(t, "recorded", len(r.Requests()), 0)
}

// TestManyAtOnce is for the race detector, and loses no link and no record.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.Inject(sandbox.Fault{Op: "list", Status: 500, Times: 10})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			a := r.post(basket(item))
			_ = r.get("/v2/payment_links")
			_ = r.Qonto.Pay(a.at("payment_link", "id"))
			_ = r.Requests(sandbox.ByOp("qonto", "create"))
			r.Advance(time.Second)
			_ = r.Qonto.Payable()
		})
	}
	group.Wait()
	equal(t, "links", len(r.Qonto.Links()), 20)
	equal(t, "paid", r.Qonto.Payable(), 0)
	equal(t, "creates", len(r.Requests(sandbox.ByOp("qonto", "create"))), 20)
	equal(t, "any vendor", len(r.Requests(sandbox.ByOp("", "list"))), 20)
	equal(t, "failed", len(r.Requests(func(q Record) bool { return q.Status == 500 })), 10)
	r.ResetRequests()
	equal(t, "reset", len(r.Requests()), 0)
}
