package gigs_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// elaine is the payer of the vendor's sample request.
func elaine(taxNumber string) object {
	return object{"full_name": "Elaine Benes", "email": "elaine@example.com", "tax_number": taxNumber}
}

// TestRequestsOnTheWire: what is sent is what the contract says, by key and JSON type. The golden bodies are the vendor's
// own sample, and the same without what is optional (2.4).
func TestRequestsOnTheWire(t *testing.T) {
	t.Parallel()
	const home = "https://example.com"
	full := object{"invoice": invoiceID, "ebanx": object{"user": elaine(payerTax), "redirect_url": home}}
	least := object{"invoice": invoiceID, "ebanx": object{"user": elaine("29006307203")}}
	tests := map[string]struct {
		config   object
		golden   string
		settings object
	}{
		"full":                 {full, "create_full.json", nil},
		"type written":         {tfconfig.Changed(full, object{"type": "ebanx"}), "create_full.json", nil},
		"project written":      {tfconfig.Changed(full, object{"project": "gigs"}), "create_full.json", object{"project": "elsewhere"}},
		"least":                {least, "create_minimal.json", nil},
		"write-only":           {object{"invoice": invoiceID, "ebanx": object{"user_wo": elaine(payerTax), "redirect_url": home}}, "create_full.json", nil},
		"write-only, versions": {object{"invoice": invoiceID, "ebanx": object{"user_wo": elaine("29006307203"), "user_wo_version": 7}}, "create_minimal.json", nil},
		"without keys":         {full, "create_full.json", object{"idempotency_keys": false}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, test.settings)
			b.AddSecrets("Elaine", "elaine@")
			state := b.Create(test.config)
			posts := b.Sandbox.Requests()
			b.RequireCalls("create")
			checkCreate(t, b, posts[0], test.golden, test.settings["idempotency_keys"] == nil)
			b.RequireNoDrift(state, test.config)
			b.ResetCalls()
			if _, diags := b.Destroy(state); diags.HasError() {
				t.Fatalf("destroy: %s", diags)
			}
			b.RequireCalls("get") // no call ends a link, and a guessed one is never sent
		})
	}
}

func checkCreate(t *testing.T, b *bench, r sandbox.Record, golden string, keyed bool) {
	t.Helper()
	want, err := os.ReadFile(filepath.Join("testdata", golden))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(decoded(t, r.Body), decoded(t, want)) {
		t.Errorf("body\n%s\nwant\n%s", r.Body, want)
	}
	if r.Method != http.MethodPost || r.Path != "/projects/gigs/paymentLinks" || len(r.Query) > 0 {
		t.Errorf("%s %s?%s", r.Method, r.Path, r.Query.Encode())
	}
	if got := r.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type %q", got)
	}
	key := r.Header.Values("Idempotency-Key")
	if keyed && (len(key) != 1 || !uuidForm.MatchString(key[0])) || !keyed && len(key) > 0 {
		t.Errorf("idempotency key %q", key)
	}
	checkHeaders(t, b, r)
}

func checkHeaders(t *testing.T, b *bench, r sandbox.Record) {
	t.Helper()
	for name, value := range map[string]string{"Authorization": "Bearer " + b.Sandbox.Env()["GIGS_API_KEY"], "Accept": "application/json"} {
		if got := r.Header.Values(name); len(got) != 1 || got[0] != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	if agent := r.Header.Get("User-Agent"); !strings.HasPrefix(agent, "terraform-provider-paymentlinks/test") {
		t.Errorf("User-Agent %q", agent)
	}
}

var uuidForm = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

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

// TestIdempotencyKey: each create has a key of its own, else the vendor answers a second link with the first (5).
func TestIdempotencyKey(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	seen := map[string]bool{}
	for range 3 {
		b.Create(stored())
	}
	for _, r := range b.Sandbox.Requests() {
		seen[r.Header.Get("Idempotency-Key")] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d different keys for 3 creates", len(seen))
	}
	b.RequirePayable(3)
}

// TestReadOnTheWire: a refresh is one GET without body.
func TestReadOnTheWire(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(stored())
	b.ResetCalls()
	b.RequireNoDrift(state, stored())
	reads := b.Sandbox.Requests()
	b.RequireCalls("get")
	r := reads[0]
	if r.Method != http.MethodGet || r.Path != "/projects/gigs/paymentLinks/"+state.Text("id") || len(r.Query) > 0 || len(r.Body) > 0 ||
		r.Header.Get("Idempotency-Key") != "" {
		t.Errorf("%s %s?%s %q %v", r.Method, r.Path, r.Query.Encode(), r.Body, r.Header)
	}
	checkHeaders(t, b, r)
}

// TestSentAsWritten: what the payer is called, and where the browser goes, is sent as it stands, whatever it holds.
func TestSentAsWritten(t *testing.T) {
	t.Parallel()
	for _, name := range []string{payerName, `"quoted" \ back`, "two\nlines", "emoji \U0001F600", " spaced ", "\u2028x"} {
		for _, redirect := range []string{"https://example.com", "https://example.com/?a=%20&b=<>", "HTTP://Example.com:8080/å#x"} {
			b := newBench(t)
			b.AddSecrets(strings.TrimSpace(name))
			config := stored(object{"ebanx.user.full_name": name, "ebanx.user.tax_number": "29006307203", "ebanx.redirect_url": redirect})
			state := b.Create(config)
			held := gigssandbox.From(b.Sandbox).Links()[0]
			if held.User != (gigssandbox.User{FullName: name, Email: payerEmail, TaxNumber: "29006307203"}) || *held.RedirectURL != redirect {
				t.Errorf("the vendor has %+v and %q", held.User, *held.RedirectURL)
			}
			b.RequireNoDrift(state, config)
		}
	}
}
