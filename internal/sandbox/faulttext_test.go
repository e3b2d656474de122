package sandbox_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

func TestParseFault(t *testing.T) {
	t.Parallel()
	s := sandbox.New(sandbox.Options{})
	for text, want := range map[string]sandbox.Fault{
		"qonto:create:503":                           {Vendor: "qonto", Op: "create", Kind: sandbox.Answer, Status: 503},
		"qonto:POST /v2/payment_links:drop,after":    {Vendor: "qonto", Op: "create", Kind: sandbox.Drop, After: true},
		"*:list:too_many,times=2,retry-after=3":      {Op: "list", Kind: sandbox.TooMany, Times: 2, Header: http.Header{"Retry-After": {"3"}}},
		"*:*:wait,delay=2s,skip=1":                   {Kind: sandbox.Wait, Delay: 2 * time.Second, Skip: 1},
		"gigs:get:redirect,location=http://x.test/a": {Vendor: "gigs", Op: "get", Kind: sandbox.Redirect, Location: "http://x.test/a"},
		"powens:revoke:html,status=500":              {Vendor: "powens", Op: "revoke", Kind: sandbox.HTML, Status: 500},
		`conomy:activate:answer,body={"a":1}`:        {Vendor: "conomy", Op: "activate", Kind: sandbox.Answer, Body: `{"a":1}`},
	} {
		got, err := s.ParseFault(text)
		if err != nil {
			t.Error(err)
			continue
		}
		if want.Header == nil {
			want.Header = http.Header{}
		}
		equal(t, text, fmt.Sprintf("%#v", got), fmt.Sprintf("%#v", want))
		if want.Body != "" {
			continue // a body is not shown
		}
		again, err := s.ParseFault(got.String())
		equal(t, "written and read again", fmt.Sprintf("%#v %v", again, err), fmt.Sprintf("%#v <nil>", got))
	}
	for text, why := range map[string]string{
		"": "VENDOR:CALL:WHAT", "qonto": "VENDOR:CALL:WHAT", "qonto:create": "VENDOR:CALL:WHAT", "qonto:create:": "VENDOR:CALL:WHAT",
		"stripe:create:503": "no vendor", "qonto:creat:503": "no call", "gigs:revoke:503": "no call", "*:charge:503": "no call",
		"qonto:POST /v3/payment_links:503": "no call", "qonto::503": "no call", "qonto:create:sulk": "no kind", "qonto:create:99": "not an answer",
		"qonto:create:answer,status=600": "not an answer", "qonto:create:503,later": "no option", "qonto:create:503,times=0": "less than 1",
		"qonto:create:503,times=often": "times", "qonto:create:wait": "needs delay", "qonto:create:drip": "needs delay",
		"qonto:create:wait,delay=-1s": "does not wait", "qonto:create:redirect": "needs location",
	} {
		if f, err := s.ParseFault(text); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v, %v; want %q", text, f, err, why)
		}
	}
}

// TestKindsAndCallsAreTold: whatever can be asked for by name is told of by name.
func TestKindsAndCallsAreTold(t *testing.T) {
	t.Parallel()
	s := sandbox.New(sandbox.Options{})
	for _, kind := range sandbox.Kinds() {
		if kind.Explain() == "" {
			t.Errorf("nothing is said about %s", kind)
		}
	}
	routes := map[string][]string{
		"conomy": {
			"POST /auth", "POST /payment-links", "GET /payment-links", "GET /payment-links/1", "DELETE /payment-links/1", "PATCH /payment-links/1",
			"POST /payment-links/1/activate", "POST /payment-links/token/1/checkout-sessions",
		},
		"gigs":   {"POST /projects/p/paymentLinks", "GET /projects/p/paymentLinks", "GET /projects/p/paymentLinks/1"},
		"powens": {"POST /2.0/auth/token", "POST /api/payment-links", "GET /api/payment-links", "GET /api/payment-links/1", "POST /api/payment-links/1:revoke"},
		"qonto": {
			"POST /oauth2/token", "POST /v2/payment_links", "GET /v2/payment_links", "GET /v2/payment_links/1", "PATCH /v2/payment_links/1/deactivate",
			"GET /v2/payment_links/1/payments", "GET /v2/payment_links/payment_methods", "GET /v2/payment_links/connections", "POST /v2/payment_links/connections",
		},
	}
	for _, vendor := range s.Vendors() {
		var calls []string
		for _, route := range routes[vendor] {
			fault, err := s.ParseFault(vendor + ":" + route + ":503")
			if err != nil {
				t.Error(err)
			}
			calls = append(calls, fault.Op)
		}
		told := s.Calls(vendor)
		slices.Sort(calls)
		slices.Sort(told)
		equal(t, vendor, fmt.Sprint(told), fmt.Sprint(calls))
	}
	equal(t, "calls of nobody", len(s.Calls("nobody")), 0)
}
