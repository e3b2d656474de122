package gigs

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// FuzzLink: whatever Gigs answers is a model that fits the schema, or no link; a status that no document names is unknown.
func FuzzLink(f *testing.F) {
	drivertest.Seeds(f, "testdata")
	f.Add([]byte(`{"id":"x","status":"held","type":"pix","ebanx":null,"createdAt":"0000-01-01T00:00:00.999999999999Z"}`))
	f.Add([]byte(`{"id":"x","status":"active","ebanx":{"redirectUrl":null},"completedAt":"never"}`))
	mapping := drivertest.Mapping[model, Link](vendor{})
	known := map[string]bool{"active": true, "completed": true, "canceled": true}
	f.Fuzz(func(t *testing.T, body []byte) {
		var got answer
		if json.Unmarshal(body, &got) != nil {
			return
		}
		l := got.link
		if l.ID == "" {
			t.Fatal("an answer without a link was taken for one")
		}
		l.Project = "project"
		if state := (vendor{}).State(l, drivertest.Now); known[l.Status] == (state == driver.Unknown) {
			t.Fatalf("status %q is state %q", l.Status, state)
		}
		if _, ok := mapping(t, l); !ok {
			t.Fatal("the model does not fit the schema")
		}
	})
}

// FuzzInstant: that two texts are one moment is an equivalence, and text that is no time equals only itself.
func FuzzInstant(f *testing.F) {
	f.Add("2024-08-14T19:38:34Z", "2024-08-14T19:38:34.0Z", "2024-08-14T21:38:34+02:00")
	f.Add("", "never", "2024-08-14 19:38:34")
	f.Fuzz(func(t *testing.T, first, second, third string) {
		a, b, c := newInstant(first), newInstant(second), newInstant(third)
		if !same(a, a) || same(a, b) != same(b, a) {
			t.Fatalf("%q and %q: not reflexive or not symmetric", first, second)
		}
		if same(a, b) && same(b, c) && !same(a, c) {
			t.Fatalf("%q, %q and %q: not transitive", first, second, third)
		}
		if first == second && !same(a, b) {
			t.Fatalf("%q does not equal itself", first)
		}
	})
}

func same(a, b instant) bool {
	equal, diags := a.StringSemanticEquals(context.Background(), b)
	return equal && !diags.HasError()
}
