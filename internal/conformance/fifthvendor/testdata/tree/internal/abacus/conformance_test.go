package abacus_test

import (
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/abacus"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

type (
	object = tfconfig.Object
	list   = tfconfig.List
)

var described, _ = descriptor.ByName("abacus")

// least is the smallest link, and full one with all that there is.
var (
	least = object{"title": "Tea", "amount": "3.000", "currency": "PTS"}
	full  = object{"title": "Tea for two", "amount": "12.505", "currency": "EUR", "hours": 48, "metadata": object{"order": "42", "shop": "Lisboa"}}
)

// leastWith and fullWith are least and full with other values at dotted paths.
func leastWith(change object) object { return tfconfig.Changed(least, change) }
func fullWith(change object) object  { return tfconfig.Changed(full, change) }

var harness = drivertest.Harness{
	Descriptor: described, Registration: abacus.Registration,
	Shapes: []drivertest.Shape{{Name: "least", Config: least}, {Name: "full", Config: full}},

	Input: drivertest.Input{
		Invalid: map[string]drivertest.Expectation{
			"no title":           drivertest.Expect(leastWith(object{"title": ""}), "title", "at least 1"),
			"nothing to pay":     drivertest.Expect(leastWith(object{"amount": "0"}), "amount", "greater than zero"),
			"four decimals":      drivertest.Expect(leastWith(object{"amount": "1.0005"}), "amount", "at most 3"),
			"currency in words":  drivertest.Expect(leastWith(object{"currency": "points"}), "currency", "three capital letters"),
			"no hour":            drivertest.Expect(fullWith(object{"hours": 0}), "hours", "whole number"),
			"too much to notice": drivertest.Expect(fullWith(object{"metadata": manyTexts(21)}), "metadata", "20"),
		},
		Valid: map[string]object{
			"three decimals of yen": leastWith(object{"amount": "0.001", "currency": "JPY"}), "zeros": leastWith(object{"amount": "1.0000"}),
			"not known yet":  leastWith(object{"amount": tfconfig.Unknown, "currency": tfconfig.Unknown, "metadata": tfconfig.Unknown}),
			"much to notice": fullWith(object{"metadata": manyTexts(20)}),
		},
	},
	Replacements: drivertest.Replacements{
		Others:  map[string]object{"least": {"amount": "3.001", "currency": "EUR"}, "full": {"amount": "12.506", "currency": "USD", "metadata": object{"order": "42"}}},
		Removed: map[string][]string{"full": {"metadata"}},
		Pairs: map[string]drivertest.Replacement{
			"another text":  drivertest.Replace(full, fullWith(object{"metadata": object{"order": "43", "shop": "Lisboa"}}), "metadata"),
			"a text more":   drivertest.Replace(least, leastWith(object{"metadata": object{"order": "1"}}), "metadata"),
			"another title": drivertest.Replace(least, leastWith(object{"title": "Coffee"}), "title"),
			"a thousandth":  drivertest.Replace(full, fullWith(object{"amount": "12.506"}), "amount"),
		},
	},
	Unchanged: drivertest.Unchanged{
		Rewritten: [][2]object{
			{least, leastWith(object{"amount": "3", "hours": 72})}, {full, fullWith(object{"amount": "12.5050"})},
			{full, fullWith(object{"metadata": object{"order": "42", "shop": "Lisboa", "none": nil}})},
		},
		InPlace: [][2]object{{least, leastWith(object{"metadata": object{}})}, {full, fullWith(object{"on_destroy": "fail"})}},
	},
	Switches: drivertest.Switches{Together: `{"null_metadata":true}`},
	Refusals: drivertest.Refusals{
		Shown: map[string]drivertest.Refusal{"error": {
			Answer: fault.Fault{Status: http.StatusUnprocessableEntity, Body: `{"error":{"code":"forbidden_word","message":"We do not sell tea","field":"title"}}`},
			Words:  []string{"422", "forbidden_word", "We do not sell tea"},
		}},
		ByVendor: map[string]drivertest.VendorRefusal{"unknown key": {Settings: object{"key": "nobodys-key"}, Words: []string{"401", "missing or unknown"}}},
	},
	Secrecy: drivertest.Secrecy{
		Bodies: []string{`{"error":{"code":"key","message":"no such key: %[1]s"}}`}, SensitiveSettings: []string{"key"},
	},
	Settings: drivertest.Settings{
		Invalid: func(*drivertest.Fixture) map[string]drivertest.Expectation {
			return map[string]drivertest.Expectation{
				"no key":      drivertest.Expect(object{"key": nil}, "key", "ABACUS_KEY"),
				"a line more": drivertest.Expect(object{"key": "planted-key\n"}, "key", "line break"),
			}
		},
		Valid: []object{{"key": "k"}, {"key": "k", "account": "shop"}}, Hint: []string{"ABACUS_KEY"}, Secrets: []string{"planted-key"},
	},
	Wire: drivertest.Wire{
		Calls: map[string]string{"create": "POST /paylinks", "get": "GET /paylinks/{id}"},
		Headers: func(env map[string]string) map[string]string {
			return map[string]string{"X-Abacus-Key": env["ABACUS_KEY"]}
		},
		IdempotencyHeader: "X-Abacus-Once", Texts: "title",
		Bodies: map[string]drivertest.Body{"least": {Config: least, File: "create_least.json"}, "full": {Config: full, File: "create_full.json"}},
	},
	Samples: []drivertest.Sample{{
		File: "link.json", ID: "480012",
		Attributes: object{
			"id": "480012", "url": "https://pay.abacus.example/480012", "state": "expired", "replace_when": list{"revoked"}, "replace_paid": false, "on_destroy": "abandon", "timeouts": nil,
			"title": "Tea for two", "amount": "12.505", "currency": "EUR", "metadata": object{"order": "42", "shop": "Lisboa"}, "hours": "72", "status": "lapsed",
			"created_at": "2026-01-05T09:00:00Z", "expires_at": "2026-01-08T09:00:00Z",
		},
	}},
	Created: map[string]object{
		"least": {"amount": "3.000", "metadata": nil, "hours": "72", "status": "live", "created_at": descriptor.Present, "expires_at": descriptor.Present},
		"full":  {"amount": "12.505", "metadata.order": "42", "hours": "48"},
	},
	Live: drivertest.Live{
		IsSandbox: func(func(string) string) bool { return false },
		Config:    func(func(string) string) object { return leastWith(object{"hours": 1}) },
	},
}

// manyTexts are metadata of so many keys.
func manyTexts(n int) object {
	out := object{}
	for i := range n {
		out["key-"+string(rune('a'+i))] = "x"
	}
	return out
}

func TestMain(m *testing.M) { harness.Main(m) }

func TestConformance(t *testing.T) { drivertest.Run(t, harness) }

func TestAccLife(t *testing.T) { drivertest.RunEngine(t, harness) }

func TestAccLive(t *testing.T) { drivertest.RunLive(t, harness) }
