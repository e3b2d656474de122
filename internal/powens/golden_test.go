package powens_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
)

// TestRequestsOnTheWire: what is sent is what the contract says, by key and JSON type. The golden bodies are written by
// hand from the contract (2.2).
func TestRequestsOnTheWire(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		config object
		golden string
	}{
		"small":                   {small(), "create_small.json"},
		"small, other zeros":      {small(object{"amount": "050.900"}), "create_small.json"},
		"small, redirect false":   {small(object{"redirect": false, "redirect_uri": "", "redirect_state": ""}), "create_small.json"},
		"small, the default kind": {small(object{"payer_identity.kind": "individual"}), "create_small.json"},
		"small, empty texts":      {small(object{"reference_id": "", "payer_identity.email": "", "beneficiary.issuer": ""}), "create_small.json"},
		"yen":                     {small(object{"amount": "12000", "currency": "JPY"}), "create_yen.json"},
		"redirect left out":       {redirecting(), "create_redirect.json"},
		"redirect written":        {redirecting(object{"redirect": true}), "create_redirect.json"},
		"a payer":                 {small(object{"payer": object{"scheme_name": "iban", "identification": germanIBAN, "label": "Planted"}}), "create_payer.json"},
		"full":                    {full(), "create_full.json"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(test.config)
			calls := b.Sandbox.Requests(sandbox.ByOp("powens", "create"))
			b.RequireCalls("list", "create")
			checkCreate(t, calls[0], test.golden)

			if _, diags := b.Destroy(state); len(diags) > 0 {
				t.Fatalf("destroy: %s", diags)
			}
			calls = b.Sandbox.Requests()
			b.RequireCalls("revoke")
			checkRevoke(t, calls[0], state.Text("id"))
			b.RequirePayable(0)
		})
	}
}

func checkCreate(t *testing.T, r sandbox.Record, golden string) {
	t.Helper()
	want, err := os.ReadFile(filepath.Join("testdata", golden))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(decoded(t, r.Body), decoded(t, want)) {
		t.Errorf("body\n%s\nwant\n%s", r.Body, want)
	}
	if r.Method != http.MethodPost || r.Path != "/api/payment-links" || len(r.Query) > 0 {
		t.Errorf("%s %s?%s", r.Method, r.Path, r.Query.Encode())
	}
	if got := r.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type %q", got)
	}
	checkHeaders(t, r)
}

func checkRevoke(t *testing.T, r sandbox.Record, id string) {
	t.Helper()
	if r.Method != http.MethodPost || r.Path != "/api/payment-links/"+id+":revoke" || len(r.Query) > 0 || r.Status != http.StatusNoContent {
		t.Errorf("%s %s?%s: %d", r.Method, r.Path, r.Query.Encode(), r.Status)
	}
	if len(r.Body) > 0 || len(r.Header.Values("Content-Type")) > 0 {
		t.Errorf("body %q of %q, want none", r.Body, r.Header.Values("Content-Type"))
	}
	checkHeaders(t, r)
}

func checkHeaders(t *testing.T, r sandbox.Record) {
	t.Helper()
	if got := r.Header.Values("Authorization"); len(got) != 1 || !strings.HasPrefix(got[0], "Bearer service_") {
		t.Errorf("Authorization %q", got)
	}
	if got := r.Header.Values("Accept"); len(got) != 1 || got[0] != "application/json" {
		t.Errorf("Accept %q", got)
	}
	if agent := r.Header.Get("User-Agent"); !strings.HasPrefix(agent, "terraform-provider-paymentlinks/test") {
		t.Errorf("User-Agent %q", agent)
	}
}

// decoded keeps numbers as their own text, so that 1, 1.0 and "1" are three things.
func decoded(t *testing.T, data []byte) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var out any
	if err := decoder.Decode(&out); err != nil {
		t.Fatalf("%s: %s", err, data)
	}
	return out
}

// TestReadOnTheWire: a refresh is one GET without body.
func TestReadOnTheWire(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	b.ResetCalls()
	b.RequireNoDrift(state, small())
	r := b.Sandbox.Requests()[0]
	b.RequireCalls("get")
	if r.Method != http.MethodGet || r.Path != "/api/payment-links/"+state.Text("id") || len(r.Query) > 0 || len(r.Body) > 0 ||
		r.Header.Get("Content-Type") != "" {
		t.Errorf("%s %s?%s %q %v", r.Method, r.Path, r.Query.Encode(), r.Body, r.Header)
	}
	checkHeaders(t, r)
}

// TestTokenOnTheWire: the service token is asked for once, by its contract (1.2).
func TestTokenOnTheWire(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Create(small())
	calls := b.Sandbox.Requests(sandbox.ByOp("powens", "token"))
	if len(calls) != 1 {
		t.Fatalf("%d tokens", len(calls))
	}
	r := calls[0]
	env := b.Sandbox.Env()
	want := object{
		"grant_type": "client_credentials", "client_id": env["POWENS_CLIENT_ID"], "client_secret": env["POWENS_CLIENT_SECRET"],
		"scope": "payment-links:admin",
	}
	if got := decoded(t, r.Body); !reflect.DeepEqual(got, want) {
		t.Errorf("body %v, want %v", got, want)
	}
	if r.Method != http.MethodPost || r.Path != "/2.0/auth/token" || len(r.Query) > 0 || r.Header.Get("Authorization") != "" ||
		r.Header.Get("Content-Type") != "application/json" {
		t.Errorf("%s %s?%s %v", r.Method, r.Path, r.Query.Encode(), r.Header)
	}
}

// TestStrangeTexts: text goes over the wire as it is, whatever it holds.
func TestStrangeTexts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Crème & <b>brûlée</b>", `"quoted" \ back`, "two\nlines", "emoji \U0001F600", " spaced ", "\u2028", "pdng/done - text"} {
		b := newBench(t)
		config := small(object{"label": text})
		state := b.Create(config)
		if got := powenssandbox.From(b.Sandbox).Links()[0].Label; got != text {
			t.Errorf("the vendor has %q, want %q", got, text)
		}
		b.RequireNoDrift(state, config)
	}
}
