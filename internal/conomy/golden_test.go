package conomy_test

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
	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
)

// TestRequestsOnTheWire: what is sent is what the contract says, by key and JSON type. The golden bodies are written by
// hand from the contract (2.2).
func TestRequestsOnTheWire(t *testing.T) {
	t.Parallel()
	emptied := object{"customer": object{"id": "", "address": object{"street": ""}}, "customer_requirements": list{}, "success_url": "", "failed_url": ""}
	tests := map[string]struct {
		config object
		golden string
	}{
		"small":                 {small(), "create_small.json"},
		"small, emptied":        {small(emptied), "create_small.json"},
		"small, type written":   {small(object{"destinations.0.type": "ACCOUNT"}), "create_small.json"},
		"small, empty customer": {small(object{"customer": object{}}), "create_small.json"},
		"full":                  {full(), "create_full.json"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			conomysandbox.From(b.Sandbox).Set(func(s *conomysandbox.Switches) { s.StrictUnknownFields = true })
			state := b.Create(test.config)
			sent := b.Sandbox.Requests(sandbox.ByOp("conomy", "create"))
			b.RequireCalls("create")
			checkCall(t, b, sent[0], http.MethodPost, "/payment-links")
			want := testdata(t, test.golden)
			if !reflect.DeepEqual(decoded(t, sent[0].Body), decoded(t, want)) {
				t.Errorf("body\n%s\nwant\n%s", sent[0].Body, want)
			}
			if got := sent[0].Header.Get("Content-Type"); got != "application/json" {
				t.Errorf("Content-Type %q", got)
			}
			if _, diags := b.Destroy(state); len(diags) > 0 {
				t.Fatalf("destroy: %s", diags)
			}
			sent = b.Sandbox.Requests()
			b.RequireCalls("delete")
			checkBodyless(t, b, sent[0], http.MethodDelete, "/payment-links/"+state.Text("id"))
			b.holds(0)
		})
	}
}

// TestActivationOnTheWire: one POST without a body.
func TestActivationOnTheWire(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small(object{"activate": true}))
	sent := b.Sandbox.Requests(sandbox.ByOp("conomy", "activate"))
	b.RequireCalls("create", "activate")
	checkBodyless(t, b, sent[0], http.MethodPost, "/payment-links/"+state.Text("id")+"/activate")
}

// TestReadOnTheWire: a refresh is one GET without body.
func TestReadOnTheWire(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	b.ResetCalls()
	b.RequireNoDrift(state, small())
	sent := b.Sandbox.Requests()
	b.RequireCalls("get")
	checkBodyless(t, b, sent[0], http.MethodGet, "/payment-links/"+state.Text("id"))
}

func checkBodyless(t *testing.T, b *bench, r sandbox.Record, method, path string) {
	t.Helper()
	if len(r.Body) > 0 || len(r.Header.Values("Content-Type")) > 0 {
		t.Errorf("body %q of %q, want none", r.Body, r.Header.Values("Content-Type"))
	}
	checkCall(t, b, r, method, path)
}

func checkCall(t *testing.T, b *bench, r sandbox.Record, method, path string) {
	t.Helper()
	if r.Method != method || r.Path != path || len(r.Query) > 0 {
		t.Errorf("%s %s?%s, want %s %s", r.Method, r.Path, r.Query.Encode(), method, path)
	}
	if token := r.Header.Get("Authorization"); !strings.HasPrefix(token, "Bearer eyJ") {
		t.Errorf("Authorization %q", token)
	}
	checkHeaders(t, b, r)
	if len(r.Header.Values("Idempotency-Key")) > 0 {
		t.Error("an idempotency key, which nothing documents")
	}
}

// checkHeaders are those of every call, the one for a token included.
func checkHeaders(t *testing.T, b *bench, r sandbox.Record) {
	t.Helper()
	for name, value := range map[string]string{
		"X-Api-Key": b.Sandbox.Env()["CONOMY_API_KEY"], "Conomyhq-Api-Version": "24-04-2025", "Accept": "application/json",
	} {
		if got := r.Header.Values(name); len(got) != 1 || got[0] != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	if agent := r.Header.Get("User-Agent"); !strings.HasPrefix(agent, "terraform-provider-paymentlinks/test") {
		t.Errorf("User-Agent %q", agent)
	}
}

func testdata(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
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
