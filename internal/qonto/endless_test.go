package qonto_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// A list of payments that goes on for ever ends with an error that names the bound, and nothing of it is used.
func TestEndlessPayments(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	var pages atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		page := pages.Add(1)
		var entries []string
		for i := range 100 {
			entries = append(entries, fmt.Sprintf(`{"id":"p-%d-%d","status":"paid","amount":{"value":"1.00","currency":"EUR"}}`, page, i))
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"payments":[%s],"meta":{"current_page":%d,"next_page":%d}}`, strings.Join(entries, ","), page, page+1)
	}))
	t.Cleanup(server.Close)
	s := f.NewProvider(tfconfig.Object{"endpoint": server.URL})
	_, diags := s.ReadDataSource(paymentsType, object{"link_id": "3c90c3cc-0d44-4b50-8888-8dd25736052a"})
	f.RequireErrors(diags, "", "more than 10000 payments", "No part of it is used")
	if n := pages.Load(); n > 102 {
		t.Errorf("%d pages", n)
	}
}
