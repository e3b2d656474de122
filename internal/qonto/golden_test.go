package qonto_test

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
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
)

// TestRequestsOnTheWire: what is sent is what the contract says, by key and JSON type. The golden bodies are written by
// hand from the contract (2.4).
func TestRequestsOnTheWire(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		config   object
		golden   string
		fraction bool
	}{
		"basket":                       {basket(), "create_basket_minimal.json", false},
		"basket, other zeros":          {basket(object{"items.0.unit_price.value": "10.990"}), "create_basket_minimal.json", false},
		"basket, empty optional texts": {basket(object{"items.0.type": "", "items.0.description": "", "items.0.measure_unit": ""}), "create_basket_minimal.json", false},
		"basket, expected gross":       {basket(object{"amount": object{"value": "13.30", "currency": "EUR"}}), "create_basket_minimal.json", false},
		"full basket":                  {fullBasket(), "create_basket_full.json", false},
		"full basket in fractions":     {fullBasket(), "create_basket_fraction.json", true},
		"invoice":                      {invoice(), "create_invoice.json", false},
		"invoice, one zero":            {invoice(object{"amount.value": "1250.0"}), "create_invoice.json", false},
		"invoice, reusable false":      {invoice(object{"reusable": false}), "create_invoice.json", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var settings object
			if test.fraction {
				settings = object{"vat_rate_unit": "fraction"}
			}
			b := newBench(t, settings)
			qontosandbox.From(b.Sandbox).Set(func(s *qontosandbox.Switches) { s.VATFraction, s.StrictUnknownFields = test.fraction, true })
			state := b.Create(test.config)
			posts := b.Sandbox.Requests()
			b.RequireCalls("create")
			checkCreate(t, b, posts[0], test.golden)

			if _, diags := b.Destroy(state); len(diags) > 0 {
				t.Fatalf("destroy: %s", diags)
			}
			patches := b.Sandbox.Requests()
			b.RequireCalls("deactivate")
			checkDeactivate(t, b, patches[0], state.Text("id"))
			b.RequirePayable(0)
		})
	}
}

func checkCreate(t *testing.T, b *bench, r sandbox.Record, golden string) {
	t.Helper()
	want, err := os.ReadFile(filepath.Join("testdata", golden))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(decoded(t, r.Body), decoded(t, want)) {
		t.Errorf("body\n%s\nwant\n%s", r.Body, want)
	}
	if r.Method != http.MethodPost || r.Path != "/v2/payment_links" || len(r.Query) > 0 {
		t.Errorf("%s %s?%s", r.Method, r.Path, r.Query.Encode())
	}
	if got := r.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type %q", got)
	}
	if key := r.Header.Values("X-Qonto-Idempotency-Key"); len(key) != 1 || !uuidForm.MatchString(key[0]) {
		t.Errorf("idempotency key %q, want one UUID", key)
	}
	checkHeaders(t, b, r)
}

func checkDeactivate(t *testing.T, b *bench, r sandbox.Record, id string) {
	t.Helper()
	if r.Method != http.MethodPatch || r.Path != "/v2/payment_links/"+id+"/deactivate" || len(r.Query) > 0 {
		t.Errorf("%s %s?%s", r.Method, r.Path, r.Query.Encode())
	}
	if len(r.Body) > 0 || len(r.Header.Values("Content-Type")) > 0 {
		t.Errorf("body %q of %q, want none", r.Body, r.Header.Values("Content-Type"))
	}
	checkHeaders(t, b, r)
}

func checkHeaders(t *testing.T, b *bench, r sandbox.Record) {
	t.Helper()
	env := b.Sandbox.Env()
	want := map[string]string{
		"Authorization":         "Bearer " + env["QONTO_ACCESS_TOKEN"],
		"X-Qonto-Staging-Token": env["QONTO_STAGING_TOKEN"],
		"Accept":                "application/json",
	}
	for name, value := range want {
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

// TestIdempotencyKey: each create has a key of its own, else the vendor answers a second link with the first (6.1).
func TestIdempotencyKey(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	seen := map[string]bool{}
	for range 3 {
		b.Create(basket())
	}
	for _, r := range b.Sandbox.Requests() {
		seen[r.Header.Get("X-Qonto-Idempotency-Key")] = true
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
	state := b.Create(basket())
	b.ResetCalls()
	b.RequireNoDrift(state, basket())
	reads := b.Sandbox.Requests()
	b.RequireCalls("get")
	r := reads[0]
	if r.Method != http.MethodGet || r.Path != "/v2/payment_links/"+state.Text("id") || len(r.Query) > 0 || len(r.Body) > 0 ||
		r.Header.Get("Content-Type") != "" || r.Header.Get("X-Qonto-Idempotency-Key") != "" {
		t.Errorf("%s %s?%s %q %v", r.Method, r.Path, r.Query.Encode(), r.Body, r.Header)
	}
	checkHeaders(t, b, r)
}

// TestStrangeTitles: text goes over the wire as it is, whatever it holds.
func TestStrangeTitles(t *testing.T) {
	t.Parallel()
	for _, title := range []string{"Crème & <b>brûlée</b>", `"quoted" \ back`, "two\nlines", "emoji \U0001F600", " spaced ", "\u2028"} {
		b := newBench(t)
		config := basket(object{"items.0.title": title})
		state := b.Create(config)
		if got := qontosandbox.From(b.Sandbox).Links()[0].Items[0].Title; got != title {
			t.Errorf("the vendor has %q, want %q", got, title)
		}
		b.RequireNoDrift(state, config)
	}
}
