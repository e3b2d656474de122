package rest_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

// A write with a key that is sent again counts if the vendor may have carried it out: not after an answer that refused it.
func TestRepeatsAreCounted(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int32{"answered": 0, "too many": 0, "unreadable": 2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			calls := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				switch calls++; {
				case calls > 2 || name == "answered":
					_, _ = w.Write([]byte("{}"))
				case name == "too many":
					w.WriteHeader(http.StatusTooManyRequests)
				default:
					_, _ = w.Write([]byte("{"))
				}
			}))
			t.Cleanup(server.Close)
			client, err := rest.New(rest.Config{BaseURL: server.URL, Clock: fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))})
			if err != nil {
				t.Fatal(err)
			}
			ctx, repeats := rest.CountRepeats(t.Context())
			var out map[string]any
			request := rest.Request{Method: http.MethodPost, Header: http.Header{"Idempotency-Key": {"k"}}, HasIdempotencyKey: true, Out: &out}
			if _, err := client.Do(ctx, request); err != nil || repeats.Load() != want {
				t.Errorf("%d repeats, %v", repeats.Load(), err)
			}
		})
	}
}
