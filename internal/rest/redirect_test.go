package rest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
)

func redirect(status int, to string) http.HandlerFunc {
	return respond(status, "", "", "Location", to)
}

func withCredentials(c *rest.Config) {
	c.Auth = auth.Static("tok")
	c.Header = http.Header{"X-Api-Key": {"key"}}
}

func TestRedirectToAnotherHostIsNotFollowed(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			other := newServer(t, respondJSON(200, `{}`))
			server := newServer(t, redirect(status, other.URL+"/login?token=hunter2"))
			_, err := server.client(t, withCredentials).Do(t.Context(), rest.Request{Method: method})
			failed := wantError(t, err)
			if failed.Status != status || !strings.Contains(failed.Detail(), other.URL) || strings.Contains(failed.Detail(), "hunter2") {
				t.Errorf("%s %d: %s", method, status, failed.Detail())
			}
			server.wantRequests(t, 1)
			other.wantRequests(t, 0)
		}
	}
}

func TestReadIsRedirectedOnTheSameHost(t *testing.T) {
	t.Parallel()
	server := newServer(t, redirect(302, "/elsewhere"), respondJSON(200, `{}`))
	if _, err := server.client(t, withCredentials).Do(t.Context(), rest.Request{Path: []string{"x"}}); err != nil {
		t.Fatal(err)
	}
	server.wantRequests(t, 2)
	last := server.recorded()[1]
	if last.uri != "/elsewhere" || last.header.Get("Authorization") != "Bearer tok" || last.header.Get("X-Api-Key") != "key" {
		t.Errorf("got %+v", last)
	}
}

func TestWriteIsNotRedirectedOnTheSameHost(t *testing.T) {
	t.Parallel()
	for _, status := range []int{302, 303, 307, 308} {
		server := newServer(t, redirect(status, "/elsewhere"), respondJSON(200, `{}`))
		_, err := server.client(t).Do(t.Context(), rest.Request{Method: http.MethodPost, Body: 1})
		if failed := wantError(t, err); failed.Outcome != rest.Unknown || failed.Status != status {
			t.Errorf("%d: %s, %v", status, failed.Outcome, failed)
		}
		server.wantRequests(t, 1)
	}
}

func TestCircleOfRedirectsEnds(t *testing.T) {
	t.Parallel()
	server := newServer(t, redirect(302, "/again"))
	_, err := server.client(t).Do(t.Context(), rest.Request{})
	if failed := wantError(t, err); failed.Status != 302 {
		t.Errorf("got %v", failed)
	}
	server.wantRequests(t, 6)
}
