package fault_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

func TestParse(t *testing.T) {
	t.Parallel()
	s := sandbox.New(sandbox.Options{}, sandboxtest.Acme.New, sandboxtest.Bolt.New)
	for text, want := range map[string]fault.Fault{
		"acme:create:503":                                               {Vendor: "acme", Op: "create", Kind: fault.Answer, Status: 503},
		"acme:POST /links:drop,after":                                   {Vendor: "acme", Op: "create", Kind: fault.Drop, After: true},
		"*:list:too_many,times=2,retry-after=3":                         {Op: "list", Kind: fault.TooMany, Times: 2, Header: http.Header{"Retry-After": {"3"}}},
		"*:*:wait,delay=2s,skip=1":                                      {Kind: fault.Wait, Delay: 2 * time.Second, Skip: 1},
		"bolt:get:redirect,location=http://x.test/a":                    {Vendor: "bolt", Op: "get", Kind: fault.Redirect, Location: "http://x.test/a"},
		"bolt:end:html,status=500":                                      {Vendor: "bolt", Op: "end", Kind: fault.HTML, Status: 500},
		`bolt:get:deviate,pointer=/title,value={"de":"Tee","fr":"thé"}`: {Vendor: "bolt", Op: "get", Kind: fault.Deviate, Pointer: "/title", Value: `{"de":"Tee","fr":"thé"}`},
		`bolt:get:deviate,times=1,pointer=/title`:                       {Vendor: "bolt", Op: "get", Kind: fault.Deviate, Times: 1, Pointer: "/title"},
		`bolt:end:answer,body={"a":1}`:                                  {Vendor: "bolt", Op: "end", Kind: fault.Answer, Body: `{"a":1}`},
	} {
		got, err := s.ParseFault(text)
		if err != nil {
			t.Error(err)
			continue
		}
		if want.Header == nil {
			want.Header = http.Header{}
		}
		sandboxtest.Equal(t, text, fmt.Sprintf("%#v", got), fmt.Sprintf("%#v", want))
		if want.Body != "" {
			continue // a body is not shown
		}
		again, err := s.ParseFault(got.String())
		sandboxtest.Equal(t, "written and read again", fmt.Sprintf("%#v %v", again, err), fmt.Sprintf("%#v <nil>", got))
	}
	for text, why := range map[string]string{
		"": "VENDOR:CALL:WHAT", "acme": "VENDOR:CALL:WHAT", "acme:create": "VENDOR:CALL:WHAT", "acme:create:": "VENDOR:CALL:WHAT",
		"stripe:create:503": "no vendor", "acme:creat:503": "no call", "acme:revoke:503": "no call", "*:charge:503": "no call",
		"acme:POST /v3/links:503": "no call", "acme::503": "no call", "acme:create:sulk": "no kind", "acme:create:99": "not an answer",
		"acme:create:answer,status=600": "not an answer", "acme:create:503,later": "no option", "acme:create:503,times=0": "less than 1",
		"acme:create:503,times=often": "times", "acme:create:wait": "needs delay", "acme:create:drip": "needs delay",
		"acme:create:wait,delay=-1s": "does not wait", "acme:create:redirect": "needs location",
		"acme:get:deviate": "needs pointer", "acme:get:deviate,pointer=title": "slash", "acme:get:deviate,pointer=/title,value=Tea": "not JSON",
	} {
		if f, err := s.ParseFault(text); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v, %v; want %q", text, f, err, why)
		}
	}
}

// TestKindsAreExplained: whatever can be asked for by name is explained.
func TestKindsAreExplained(t *testing.T) {
	t.Parallel()
	for _, kind := range fault.Kinds() {
		if kind.Explain() == "" {
			t.Errorf("nothing is said about %s", kind)
		}
	}
}

// TestJSON: a fault that is written is read again; another one is refused.
func TestJSON(t *testing.T) {
	t.Parallel()
	want := fault.Fault{
		Vendor: "acme", Op: "get", Skip: 1, Times: 2, Kind: fault.Redirect, Status: 302, Body: "b", ContentType: "text/plain",
		Header: http.Header{"X-A": {"b"}}, Delay: time.Second, After: true, Location: "http://x.test/", Echo: true,
		Pointer: "/a", Value: `{"b":null}`,
	}
	var got fault.Fault
	if err := json.Unmarshal(vendorapi.Raw(want), &got); err != nil {
		t.Fatal(err)
	}
	sandboxtest.Equal(t, "read again", fmt.Sprintf("%#v", got), fmt.Sprintf("%#v", want))
	if err := json.Unmarshal(vendorapi.Raw(fault.Fault{}), &got); err != nil || got.Kind != fault.Answer {
		t.Errorf("no kind: %v %v", got, err)
	}
	for _, bad := range []string{`{"kind":"sulk"}`, `{"kind":"drop","when":"now"}`, `{"kind":"wait","delay":"long"}`, `{"kind":"answer","status":99}`, `{}`, `[]`} {
		if err := json.Unmarshal([]byte(bad), &got); err == nil {
			t.Errorf("accepted %s", bad)
		}
	}
}
