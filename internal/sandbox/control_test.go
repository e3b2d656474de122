package sandbox_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

func (r *rig) control(method, path, body string) reply {
	r.t.Helper()
	return r.send(method, "/_sandbox/"+path, body, "Authorization", "", "X-Qonto-Staging-Token", "", "Content-Type", "")
}

func TestControlLinks(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	equal(t, "none", r.control("GET", "links", "").want(200).body, `{"links":[]}`)
	a := r.post(basket(item)).want(201)
	id := a.at("payment_link", "id")
	equal(t, "link", r.control("GET", "links", "").want(200).at("links", "0"), compact(t, []byte(`{"vendor":"qonto","id":"`+id+`","url":"`+
		a.at("payment_link", "url")+`","status":"open","payable":true,"amount":"13.30","currency":"EUR","created_at":"2026-03-01T12:00:00Z"}`)))
	for action, want := range map[string]string{
		"pay": "paid", "process": "processing", "expire": "expired", "cancel": "canceled", "force?status=disputed": "disputed",
	} {
		id := r.create(basket(item))
		equal(t, action, r.control("POST", "links/qonto/"+id+"/"+action, "").want(200).at("status"), want)
		equal(t, "payable", r.control("GET", "links", "").at("links", "1", "payable"), "false")
		equal(t, "delete", r.control("POST", "links/qonto/"+id+"/delete", "").want(200).body, "{}")
		r.get("/v2/payment_links/" + id).want(404)
	}
	r.control("POST", "links/qonto/"+id+"/expire", "").want(200)
	r.control("POST", "links/qonto/"+id+"/pay", "").want(400)
	r.control("POST", "links/qonto/"+id+"/paint", "").want(400)
	r.control("POST", "links/qonto/"+id+"/force", "").want(400)
	r.control("POST", "links/qonto/"+invoiceID+"/pay", "").want(404)
	r.control("POST", "links/nobody/"+id+"/pay", "").want(404)
	r.control("GET", "nothing", "").want(404)
	equal(t, "not recorded", len(r.Requests(func(q Record) bool { return strings.Contains(q.Path, "_sandbox") })), 0)
}

func TestControlRequests(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	id := r.create(basket(item))
	r.send("GET", "/qonto/v2/payment_links/a%2Fb?page=1", "").want(404)
	a := r.control("GET", "requests", "").want(200)
	for key, want := range map[string]string{
		"vendor": "qonto", "op": "create", "method": "POST", "path": "/v2/payment_links", "body": basket(item), "status": "201",
		"committed": "true", "at": "2026-03-01T12:00:00Z",
	} {
		equal(t, key, a.at("requests", "0", key), want)
	}
	equal(t, "escaped as sent", a.at("requests", "1", "path")+a.at("requests", "1", "query"), `/v2/payment_links/a%2Fb{"page":["1"]}`)
	equal(t, "header", a.at("requests", "0", "header", "Authorization", "0"), r.header.Get("Authorization"))
	r.control("DELETE", "requests", "").want(200)
	equal(t, "forgotten", len(r.Requests()), 0)
	r.get("/v2/payment_links/" + id).want(200)
}

func TestControlClock(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	id := r.create(basket(item))
	equal(t, "moved", r.control("POST", "clock", `{"advance":"8760h"}`).want(200).at("now"), "2027-03-01T12:00:00Z")
	equal(t, "now", r.control("GET", "clock", "").want(200).at("now"), "2027-03-01T12:00:00Z")
	equal(t, "expired", r.get("/v2/payment_links/"+id).want(200).at("status"), "expired")
	r.control("POST", "clock", `{"advance":"a year"}`).want(400)
	r.control("POST", "clock", `nonsense`).want(400)
}

func TestControlFaults(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	inject := func(body string) string {
		t.Helper()
		return r.control("POST", "faults", body).want(200).at("id")
	}
	first := inject(`{"vendor":"qonto","op":"list","kind":"too_many","skip":1,"times":2,"header":{"retry-after":"3"}}`)
	r.get("/v2/payment_links").want(200)
	equal(t, "header", r.get("/v2/payment_links").want(429).header.Get("Retry-After"), "3")
	r.control("DELETE", "faults/"+first, "").want(200)
	r.get("/v2/payment_links").want(200)
	r.control("DELETE", "faults/"+first, "").want(404)
	inject(`{"kind":"wait","delay":"90s","after":true}`)
	r.get("/v2/payment_links").want(200)
	equal(t, "waited", r.Now().Sub(start), 90*time.Second)
	r.control("DELETE", "faults", "").want(200)
	inject(`{"kind":"answer","status":503,"body":"x","content_type":"text/plain"}`)
	equal(t, "answer", r.get("/v2/payment_links").want(503).body, "x")
	for _, bad := range []string{`{"kind":"sulk"}`, `{"kind":"drop","when":"now"}`, `{"kind":"wait","delay":"long"}`, `{"kind":"answer","status":99}`, ``} {
		r.control("POST", "faults", bad).want(400)
	}
}

func TestControlSwitches(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	equal(t, "default", r.control("GET", "switches/qonto", "").want(200).at("next_page_zero_quirk"), "true")
	a := r.control("POST", "switches/qonto", `{"wrap_get":true,"read_delay":"5s"}`).want(200)
	equal(t, "changed", a.at("wrap_get")+a.at("read_delay")+a.at("list_lag")+a.at("next_page_zero_quirk"), "true5s0strue")
	id := r.create(basket(item))
	r.get("/v2/payment_links/" + id).want(404)
	r.Advance(5 * time.Second)
	equal(t, "wrapped", r.get("/v2/payment_links/"+id).want(200).at("payment_link", "id"), id)
	for _, bad := range []string{`{"wrap_get":false,"wrap":true}`, `{"amount_scale":"three"}`, `{"omitted_item_fields":""}`, `{"list_lag":"soon"}`, `{"read_delay":3}`, `[]`} {
		r.control("POST", "switches/qonto", bad).want(400)
	}
	equal(t, "a bad one changes nothing", r.control("GET", "switches/qonto", "").at("wrap_get"), "true")
	r.control("POST", "switches/nobody", `{}`).want(404)
	r.control("DELETE", "switches/qonto", ``).want(404)
}

func TestControlSeed(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	sample, err := os.ReadFile("testdata/qonto/link.json")
	if err != nil {
		t.Fatal(err)
	}
	r.control("POST", "seed/qonto", string(sample)).want(200)
	equal(t, "seeded", r.Qonto.Payable(), 1)
	r.control("POST", "seed/qonto", `{"id":"x"}`).want(400)
	r.control("POST", "seed/nobody", string(sample)).want(400)
}

// TestControlIsLocal keeps a browser out that was led here by a foreign page.
func TestControlIsLocal(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	port := r.URL()[strings.LastIndex(r.URL(), ":"):]
	for _, c := range []struct {
		host, origin string
		status       int
	}{
		{"127.0.0.1" + port, "", 200}, {"localhost" + port, "", 200}, {"[::1]" + port, "", 200}, {"localhost", "", 200},
		{"evil.example" + port, "", 403}, {"127.0.0.1.evil.example" + port, "", 403}, {"10.0.0.7" + port, "", 403},
		{"127.0.0.1" + port, "https://evil.example", 403}, {"127.0.0.1" + port, "null", 403}, {"127.0.0.1" + port, "http://127.0.0.1" + port, 200},
	} {
		req, err := http.NewRequest(http.MethodGet, r.URL()+"/_sandbox/links", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = c.host
		if c.origin != "" {
			req.Header.Set("Origin", c.origin)
		}
		res, err := r.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		equal(t, fmt.Sprintf("%s from %q", c.host, c.origin), res.StatusCode, c.status)
	}
}
