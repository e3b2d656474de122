package gigs_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

var settings = drivertest.Settings{
	Invalid: func(*drivertest.Fixture) map[string]drivertest.Expectation {
		return map[string]drivertest.Expectation{
			"no credentials":           expect(object{"api_key": nil}, "api_key", "`api_key`", "GIGS_API_KEY"),
			"a key with a line break":  expect(object{"api_key": "planted-key\n"}, "api_key", "line break"),
			"a key with a blank":       expect(object{"api_key": "Bearer planted-key"}, "api_key", "a space"),
			"an empty project":         expect(object{"project": ""}, "project", "not empty"),
			"a slash in the project":   expect(object{"project": "a/b"}, "project", "slashes"),
			"unknown idempotency_keys": expect(object{"idempotency_keys": tfconfig.Unknown}, "idempotency_keys", "not known yet"),
		}
	},
	Hint:    []string{"GIGS_API_KEY"},
	Secrets: []string{"planted-key"},
}

// The variable is true or false, and what is written wins.
func TestIdempotencyKeysFromEnvironment(t *testing.T) {
	f := harness.Start(t)
	for name, value := range f.Sandbox.Env() {
		t.Setenv(name, value)
	}
	keyed := func(config object) bool {
		f.Server = f.NewProviderWith(object{"gigs": config})
		f.ResetCalls()
		f.Create(stored())
		return f.Sandbox.Requests()[0].Header.Get("Idempotency-Key") != ""
	}
	for value, want := range map[string]bool{"true": true, "false": false, "": true} {
		if t.Setenv("GIGS_IDEMPOTENCY_KEYS", value); keyed(object{}) != want {
			t.Errorf("GIGS_IDEMPOTENCY_KEYS=%q: with a key %t", value, !want)
		}
	}
	t.Setenv("GIGS_IDEMPOTENCY_KEYS", "no")
	f.RequireErrors(f.Configure(object{"gigs": object{}}), "gigs.idempotency_keys", "GIGS_IDEMPOTENCY_KEYS", "true or false")
	if !keyed(object{"idempotency_keys": true}) {
		t.Error("what is written does not win")
	}
}
