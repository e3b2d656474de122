package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

// TestControlAPI is the API as curl sees it; package control tries all of it.
func TestControlAPI(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	control := func(method, path, body string) sandboxtest.Response {
		t.Helper()
		return r.Send(method, "/_sandbox/"+path, body, "Authorization", "", "Content-Type", "")
	}
	sandboxtest.Equal(t, "no link", control("GET", "links", "").Want(200).Body, `{"links":[]}`)
	link := r.Next()
	sandboxtest.Equal(t, "link", control("GET", "links", "").Want(200).Body, `{"links":[{"vendor":"acme","id":"`+link.ID+`","url":"`+
		link.URL+`","status":"open","payable":true,"amount":"1.00","currency":"EUR","created_at":"2026-03-01T12:00:00Z"}]}`)
	sandboxtest.Equal(t, "request", control("GET", "requests", "").Want(200).At("requests", "0", "op"), "create")
	sandboxtest.Equal(t, "clock", control("GET", "clock", "").Want(200).Body, `{"now":"2026-03-01T12:00:00Z"}`)
	sandboxtest.Equal(t, "moved", control("POST", "clock", `{"advance":"24h"}`).Want(200).Body, `{"now":"2026-03-02T12:00:00Z"}`)
	sandboxtest.Equal(t, "fault", control("POST", "faults", `{"vendor":"acme","op":"list","kind":"too_many","times":1,"header":{"retry-after":"3"}}`).Want(200).Body, `{"id":1}`)
	sandboxtest.Equal(t, "header", r.List("").Want(429).Header.Get("Retry-After"), "3")
	control("POST", "faults", `{"op":"list","kind":"deviate","times":1,"pointer":"/links/0/title","value":{"de":"Tee"}}`).Want(200)
	sandboxtest.Equal(t, "deviation", r.List("").Want(200).At("links", "0", "title", "de"), "Tee")
	control("POST", "faults", `{"op":"list","kind":"deviate","times":1,"pointer":"/links/0/title"}`).Want(200)
	sandboxtest.Equal(t, "removed", r.List("").Want(200).At("links", "0", "title"), "absent")
	sandboxtest.Equal(t, "switches", control("POST", "switches/acme", `{"list_lag":"5s"}`).Want(200).Body, `{"create_ok":false,"case":"kept","read_delay":"0s","list_lag":"5s"}`)
	sandboxtest.Equal(t, "forced", control("POST", "links/acme/"+link.ID+"/force?status=odd", "").Want(200).At("status"), "odd")
	sandboxtest.Equal(t, "deleted", control("POST", "links/acme/"+link.ID+"/delete", "").Want(200).Body, "{}")
	for call, want := range map[string]int{
		"GET nothing": 404, "GET links/acme": 404, "POST links/acme/none/pay": 404, "POST links/nobody/none/pay": 404, "POST faults": 400, "DELETE faults/7": 404,
		"DELETE faults/x": 404, "POST clock": 400, "POST switches/nobody": 404, "DELETE switches/acme": 404, "POST seed/nobody": 400, "POST accounts/nobody": 400,
	} {
		method, path, _ := strings.Cut(call, " ")
		a := control(method, path, "").Want(want)
		if a.At("error") == "absent" {
			t.Errorf("%s: %s", call, a.Body)
		}
	}
	for _, body := range []string{`{"advance":"a year"}`, `{"advance":3}`, `{}`, `nonsense`} {
		control("POST", "clock", body).Want(400)
	}
	sandboxtest.Equal(t, "recorded", len(r.Requests()), 4) // of the vendor only
}

// TestControlIsLocal keeps a browser out that was led here by a foreign page.
func TestControlIsLocal(t *testing.T) {
	t.Parallel()
	r := sandboxtest.Acme.Client(t)
	port := r.URL()[strings.LastIndex(r.URL(), ":"):]
	for _, c := range []struct {
		host, origin string
		status       int
	}{
		{"127.0.0.1" + port, "", 200}, {"localhost" + port, "", 200}, {"[::1]" + port, "", 200}, {"localhost", "", 200},
		{"evil.example" + port, "", 403}, {"127.0.0.1.evil.example" + port, "", 403}, {"10.0.0.7" + port, "", 403},
		{"127.0.0.1" + port, "https://evil.example", 403}, {"127.0.0.1" + port, "null", 403}, {"127.0.0.1" + port, "http://127.0.0.1" + port, 200},
	} {
		a := r.Send(http.MethodGet, "/_sandbox/links", "", "Host", c.host, "Origin", c.origin)
		sandboxtest.Equal(t, fmt.Sprintf("%s from %q", c.host, c.origin), a.Status, c.status)
	}
}
