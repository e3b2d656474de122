package driver_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

// A success that holds no link leaves the outcome unknown. Only under an idempotency key is the request sent again.
func TestRequestLinkWithoutALink(t *testing.T) {
	t.Parallel()
	type link struct {
		ID string `json:"id"`
	}
	for name, keyed := range map[string]bool{"without a key": false, "with a key": true} {
		requests := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			requests++
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte([]string{`{"id":"1"}`, `{"ok":true}`}[requests%2]))
		}))
		api, err := rest.New(rest.Config{BaseURL: server.URL, Clock: fakeclock.New(clock.System{}.Now())})
		if err != nil {
			t.Fatal(err)
		}
		request := rest.Request{Method: http.MethodPost, Path: []string{"links"}, HasIdempotencyKey: keyed}
		got, err := driver.RequestLink(t.Context(), api, request, "/links", func(l link) string { return l.ID })
		failed, _ := rest.AsError(err)
		switch {
		case keyed && (err != nil || got.ID != "1" || requests != 2):
			t.Errorf("%s: %+v, %v after %d requests", name, got, err, requests)
		case !keyed && (failed == nil || failed.Outcome != rest.Unknown || requests != 1):
			t.Errorf("%s: %+v, %v after %d requests", name, got, err, requests)
		}
		server.Close()
	}
}
