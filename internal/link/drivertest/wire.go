package drivertest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Wire is what goes over the wire.
type Wire struct {
	// Calls are the requests by the sandbox's operations: "PATCH /v2/links/{id}/deactivate", below the vendor's endpoint.
	Calls map[string]string
	// Headers are those of every request, for the sandbox's variables; a value that ends in "*" is a prefix.
	Headers func(env map[string]string) map[string]string
	// IdempotencyHeader has a UUID in each create; "" for none.
	IdempotencyHeader string
	// Bodies are creates, by name.
	Bodies map[string]Body
	// RevokeBody is the JSON body of the call that revokes a link; "" for none.
	RevokeBody string
	// Texts is an argument that takes any text, of the first shape.
	Texts string
}

// Body is the body of a create: the file of testdata that has the same JSON, under settings and switches of its own.
type Body struct {
	Config   Object
	File     string
	Settings Object
	Switches string
}

// What is sent is what the contract says, by key and JSON type, and nothing else. The bodies in testdata are written by hand from
// the contract.
func testWire(t *testing.T, h Harness) {
	if len(h.Wire.Bodies) == 0 || h.Wire.Headers == nil || h.Wire.Texts == "" {
		t.Fatal("Wire has no Bodies, no Headers or no Texts")
	}
	sent := map[string]bool{}
	for _, body := range h.Wire.Bodies {
		for _, path := range tfconfig.LeafPaths(body.Config) {
			sent[withoutIndexes(path)] = true
		}
	}
	for _, path := range tfconfig.LeafPaths(h.full().Config) {
		if !sent[withoutIndexes(path)] {
			t.Errorf("no body of Wire sends the argument %s", path)
		}
	}
	for name, body := range h.Wire.Bodies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := h.Start(t, body.Settings)
			f.Switch(body.Switches)
			state := f.Create(body.Config)
			f.requireCreate(f.lastCall(f.d.Operations.Create), body)
			f.RequireNoDrift(state, body.Config)
			f.requireCallOn(f.d.Operations.Get, state.Text("id"), "")
			if f.d.Activation != nil {
				if _, _, diags := f.ApplyConfig(state, tfconfig.With(body.Config, "activate", true)); len(diags) > 0 {
					t.Fatal(diags)
				}
				f.requireCallOn(f.d.Operations.Activate, state.Text("id"), "")
				f.Clock.Advance(2 * f.d.Lifetime)
			}
			if _, diags := f.Destroy(state); diags.HasError() {
				t.Fatal(diags)
			}
			if f.d.Operations.Revoke != "" {
				f.requireCallOn(f.d.Operations.Revoke, state.Text("id"), h.Wire.RevokeBody)
				return
			}
			for _, r := range f.Sandbox.Requests() { // no call ends a link, and a guessed one is never sent
				if r.Method != http.MethodGet && r.Op != f.d.Operations.Create {
					t.Errorf("%s %s", r.Method, r.Path)
				}
			}
		})
	}
	t.Run("texts", func(t *testing.T) {
		t.Parallel()
		testTexts(t, h)
	})
	if h.Token != nil {
		t.Run("token", func(t *testing.T) {
			t.Parallel()
			testTokenCall(t, h)
		})
	}
}

// lastCall is the last request of an operation.
func (f *Fixture) lastCall(op string) sandbox.Record {
	f.Helper()
	calls := f.Sandbox.Requests(sandbox.ByOp(f.d.Name, op))
	if len(calls) == 0 {
		f.Fatalf("no request %q", op)
	}
	return calls[len(calls)-1]
}

func (f *Fixture) requireCreate(r sandbox.Record, body Body) {
	f.Helper()
	want := Testdata(body.File)
	if !reflect.DeepEqual(f.decoded(r.Body), f.decoded([]byte(want))) {
		f.Errorf("body\n%s\nwant\n%s", r.Body, want)
	}
	if got := r.Header.Get("Content-Type"); got != "application/json" {
		f.Errorf("Content-Type %q", got)
	}
	keys := r.Header.Values(f.h.Wire.IdempotencyHeader)
	keyed := f.h.Wire.IdempotencyHeader != "" && !reflect.DeepEqual(body.Settings, f.withoutKeys()) || body.Settings == nil && f.h.Wire.IdempotencyHeader != ""
	if keyed != (len(keys) == 1 && uuidForm.MatchString(keys[0])) || !keyed && len(keys) > 0 {
		f.Errorf("idempotency key %q", keys)
	}
	f.requireCall(r, f.h.Wire.Calls[f.d.Operations.Create])
	f.requireHeaders(r)
}

var uuidForm = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// requireCallOn expects that the last request of an operation on a link has this JSON body ("" for none), and no idempotency key.
func (f *Fixture) requireCallOn(op, id, body string) {
	f.Helper()
	r := f.lastCall(op)
	var wantType []string
	if body != "" {
		wantType = []string{"application/json"}
	}
	if same := string(r.Body) == body || body != "" && reflect.DeepEqual(f.decoded(r.Body), f.decoded([]byte(body))); !same || !slices.Equal(r.Header.Values("Content-Type"), wantType) {
		f.Errorf("%s: body %q of %q, want %q", op, r.Body, r.Header.Values("Content-Type"), body)
	}
	for _, name := range []string{f.h.Wire.IdempotencyHeader, "Idempotency-Key"} {
		if name != "" && len(r.Header.Values(name)) > 0 {
			f.Errorf("%s has an idempotency key", op)
		}
	}
	f.requireCall(r, strings.ReplaceAll(f.h.Wire.Calls[op], "{id}", id))
	f.requireHeaders(r)
}

func (f *Fixture) requireCall(r sandbox.Record, want string) {
	f.Helper()
	if got := r.Method + " " + r.Path; got != want || len(r.Query) > 0 {
		f.Errorf("%s?%s, want %s", got, r.Query.Encode(), want)
	}
}

// requireHeaders expects those of every request.
func (f *Fixture) requireHeaders(r sandbox.Record, without ...string) {
	f.Helper()
	headers := f.h.Wire.Headers(f.Sandbox.Env())
	headers["Accept"], headers["User-Agent"] = "application/json", "terraform-provider-paymentlinks/test*"
	for name, want := range headers {
		prefix, isPrefix := strings.CutSuffix(want, "*")
		got := r.Header.Values(name)
		if slices.Contains(without, name) {
			if len(got) > 0 {
				f.Errorf("%s: %q, want none", name, got)
			}
			continue
		}
		if len(got) != 1 || got[0] != want && !(isPrefix && strings.HasPrefix(got[0], prefix)) {
			f.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// decoded keeps numbers as their own text, so that 1, 1.0 and "1" are three things.
func (f *Fixture) decoded(data []byte) any {
	f.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var out any
	if err := decoder.Decode(&out); err != nil {
		f.Fatalf("%s: %s", err, data)
	}
	return out
}

// Text goes over the wire as it is, whatever it holds, and each create has a key of its own.
func testTexts(t *testing.T, h Harness) {
	f := h.Start(t)
	keys := map[string]bool{}
	texts := []string{"Crème & <b>brûlée</b>", `"quoted" \ back`, "two\nlines", "emoji \U0001F600", " spaced ", "\u2028x", "50%/done - text"}
	for _, text := range texts {
		f.AddSecrets()
		config := f.Fresh(tfconfig.With(h.base(), h.Wire.Texts, text))
		state := f.Create(config)
		r := f.lastCall(f.d.Operations.Create)
		keys[r.Header.Get(h.Wire.IdempotencyHeader)] = true
		if !holdsText(f.decoded(r.Body), text) {
			t.Errorf("%q is sent as %s", text, r.Body)
		}
		f.RequireNoDrift(state, config)
	}
	if h.Wire.IdempotencyHeader != "" && len(keys) != len(texts) {
		t.Errorf("%d different keys for %d creates", len(keys), len(texts))
	}
}

// holdsText reports whether a text is somewhere in JSON.
func holdsText(in any, text string) bool {
	switch in := in.(type) {
	case string:
		return in == text
	case []any:
		return slices.ContainsFunc(in, func(each any) bool { return holdsText(each, text) })
	case map[string]any:
		for _, each := range in {
			if holdsText(each, text) {
				return true
			}
		}
	}
	return false
}

func testTokenCall(t *testing.T, h Harness) {
	f := h.Start(t)
	f.Create(h.base())
	r := f.lastCall(f.d.Operations.Token)
	f.requireCall(r, h.Token.Call)
	f.requireHeaders(r, "Authorization")
	if got, want := f.decoded(r.Body), any(h.Token.Body(f.Sandbox.Env())); !reflect.DeepEqual(got, want) {
		t.Errorf("body %v, want %v", got, want)
	}
}
