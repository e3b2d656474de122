package proxy_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/proxy"
)

func start(t *testing.T, clk clock.Clock) (*proxy.Proxy, func() int) {
	t.Helper()
	p, err := proxy.Start(t.Context(), http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), clk)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	client := &http.Client{Transport: &http.Transport{}}
	return p, func() int {
		resp, err := client.Get(p.URL)
		if err != nil {
			return 0
		}
		_ = resp.Body.Close()
		return resp.StatusCode
	}
}

func TestLatency(t *testing.T) {
	t.Parallel()
	clk := fakeclock.New(time.Unix(0, 0))
	p, get := start(t, clk)
	p.SetLatency(50 * time.Millisecond)
	if status := get(); status != 200 || clk.Now() != time.Unix(0, 0).Add(50*time.Millisecond) {
		t.Errorf("%d at %s", status, clk.Now())
	}
	if first, second := p.TakeConnections(), p.TakeConnections(); first != 1 || second != 0 {
		t.Errorf("%d connections, then %d", first, second)
	}
}

func TestReopen(t *testing.T) {
	t.Parallel()
	p, get := start(t, clock.System{})
	if err := p.Close(); err != nil || get() != 0 {
		t.Errorf("a closed proxy answers: %v", err)
	}
	if err := p.Reopen(t.Context()); err != nil || get() != 200 {
		t.Errorf("a reopened proxy does not answer: %v", err)
	}
}
