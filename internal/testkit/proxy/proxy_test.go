package proxy_test

import (
	"net/http"
	"slices"
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

// The proxy refuses as vendors do, so that a limit that is kept means something.
func TestLimit(t *testing.T) {
	t.Parallel()
	clk := fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	p, get := start(t, clk)
	p.Reset(0, 2)
	var got []int
	for _, pause := range []time.Duration{0, 0, 30 * time.Second, 40 * time.Second, 0} {
		clk.Advance(pause)
		got = append(got, get())
	}
	if want := []int{200, 200, 429, 200, 429}; !slices.Equal(got, want) {
		t.Errorf("answers %v, want %v", got, want)
	}
	if connections, refused := p.Counts(); connections != 1 || refused != 2 {
		t.Errorf("%d connections, %d refused", connections, refused)
	}
}

func TestLatency(t *testing.T) {
	t.Parallel()
	clk := fakeclock.New(time.Unix(0, 0))
	p, get := start(t, clk)
	p.Reset(50*time.Millisecond, 0)
	if status := get(); status != 200 || clk.Now() != time.Unix(0, 0).Add(50*time.Millisecond) {
		t.Errorf("%d at %s", status, clk.Now())
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
