package rest_test

import (
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// An error may be a gateway's, whose clock is not the vendor's: only the Date of a success tells the time.
func TestDateOfAnErrorIsNotTheVendors(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(502, `{}`, "Date", "Sun, 01 Mar 2026 15:00:00 GMT"), respondJSON(200, `{}`, "Date", "Sun, 01 Mar 2026 12:00:00 GMT"))
	client := server.client(t)
	_, err := client.Do(t.Context(), rest.Request{Method: http.MethodPost})
	if err == nil {
		t.Fatal("a 502 was taken for a success")
	}
	if least, most, known := client.ClockSkew(); known {
		t.Errorf("an error told the time: %s to %s", least, most)
	}
	if _, err := client.Do(t.Context(), rest.Request{Method: http.MethodPost}); err != nil {
		t.Fatal(err)
	}
	if least, most, known := client.ClockSkew(); !known || least > 0 || most < 0 {
		t.Errorf("%s to %s, known: %t", least, most, known)
	}
}
