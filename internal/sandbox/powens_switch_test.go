package sandbox_test

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// powensCase shows a switch on the wire: what a probe sees by default, and switched.
type powensCase struct {
	field, position string
	set             func(*sandbox.PowensSwitches)
	probe           func(*powensRig) string
	off, on         string
}

// answered makes a link and shows the answer's value at a path, or the refusal.
func answered(body string, path ...string) func(*powensRig) string {
	return func(r *powensRig) string {
		r.t.Helper()
		a := r.post(body)
		if a.status != http.StatusOK {
			return fmt.Sprint(a.status, " ", a.at("code"), " ", a.at("description"))
		}
		return a.at(path...)
	}
}

// lived makes a link, lets something happen to it, and shows the value at a path.
func lived(happen func(r *powensRig, id string), path ...string) func(*powensRig) string {
	return func(r *powensRig) string {
		r.t.Helper()
		id := r.create(powensLink)
		happen(r, id)
		a := r.get(id)
		return fmt.Sprint(a.status, " ", a.at(path...))
	}
}

func pays(r *powensRig, id string) {
	if err := r.Powens.Pay(id); err != nil {
		r.t.Error(err)
	}
}

func revokes(r *powensRig, id string) { r.revoke(id).want(http.StatusNoContent) }

var powensOperator = strings.Replace(powensLink, `"payer":null`, `"payer":null,"operator_identity":{"first_name":"A","last_name":"B"}`, 1)

var powensCases = []powensCase{
	{field: "Created201", set: func(s *sandbox.PowensSwitches) { s.Created201 = true },
		probe: func(r *powensRig) string { return fmt.Sprint(r.post(powensLink).status) }, off: "200", on: "201"},
	{field: "GoneWhenRevoked", set: func(s *sandbox.PowensSwitches) { s.GoneWhenRevoked = true },
		probe: lived(revokes, "code"), off: "200 absent", on: "404 notFound"},
	{field: "RateLimit", set: func(s *sandbox.PowensSwitches) { s.RateLimit = true },
		probe: func(r *powensRig) string {
			for range 29 {
				r.list().want(200)
			}
			r.Advance(20 * time.Second)
			r.list().want(200)
			limited := r.list()
			after := limited.header.Get("Retry-After")
			r.Advance(39 * time.Second)
			early := r.list().status
			r.Advance(time.Second)
			return fmt.Sprint(limited.status, " ", after, " ", early, " ", r.list().status)
		}, off: "200  200 200", on: "429 40 429 200"},
	{field: "TokenLifetime", set: func(s *sandbox.PowensSwitches) { s.TokenLifetime = time.Minute },
		probe: func(r *powensRig) string {
			r.header.Set("Authorization", "Bearer "+r.Powens.Token("demo-sandbox"))
			r.Advance(time.Minute)
			return fmt.Sprint(r.list().status)
		}, off: "200", on: "401"},
	{field: "ReferenceID", position: "null", set: func(s *sandbox.PowensSwitches) { s.ReferenceID = "null" },
		probe: func(r *powensRig) string { return fmt.Sprint(len(answered(powensLink, "reference_id")(r))) }, off: "31", on: "4"},
	{field: "ReferenceID", position: "omit", set: func(s *sandbox.PowensSwitches) { s.ReferenceID = "omit" },
		probe: func(r *powensRig) string { return fmt.Sprint(answered(powensLink, "reference_id")(r) == "absent") }, off: "false", on: "true"},
	{field: "ReferenceID", position: "later", set: func(s *sandbox.PowensSwitches) { s.ReferenceID = "later" },
		probe: func(r *powensRig) string {
			id := r.create(powensLink)
			before := len(r.get(id).at("reference_id"))
			pays(r, id)
			return fmt.Sprint(before, " ", len(r.get(id).at("reference_id")))
		}, off: "31 31", on: "4 31"},
	{field: "RedirectOff", position: "null", set: func(s *sandbox.PowensSwitches) { s.RedirectOff = "null" },
		probe: answered(powensLink, "redirect_uri"), off: "", on: "null"},
	{field: "RedirectOff", position: "omit", set: func(s *sandbox.PowensSwitches) { s.RedirectOff = "omit" },
		probe: answered(powensLink, "redirect_state"), off: "", on: "absent"},
	{field: "NoOperator", position: "omit", set: func(s *sandbox.PowensSwitches) { s.NoOperator = "omit" },
		probe: answered(powensLink, "operator_identity"), off: "null", on: "absent"},
	{field: "NoOperator", position: "empty", set: func(s *sandbox.PowensSwitches) { s.NoOperator = "empty" },
		probe: answered(powensLink, "operator_identity"), off: "null", on: "{}"},
	{field: "Sensitive", position: "null", set: func(s *sandbox.PowensSwitches) { s.Sensitive = "null" },
		probe: answered(powensPayer(), "payer_identity"), off: `{"first_name":"Ada","kind":"individual","last_name":"Rossi","pep":false}`,
		on: `{"first_name":null,"kind":"individual","last_name":null,"pep":null}`},
	{field: "Sensitive", position: "omit", set: func(s *sandbox.PowensSwitches) { s.Sensitive = "omit" },
		probe: answered(powensPayer(), "payer"), off: `{"identification":"DE89370400440532013000","label":"Ada Rossi","scheme_name":"iban"}`, on: `{"scheme_name":"iban"}`},
	{field: "OmitDefaults", set: func(s *sandbox.PowensSwitches) { s.OmitDefaults = true },
		probe: answered(powensLink, "payer_identity"), off: `{"first_name":"Ada","kind":"individual","last_name":"Rossi","pep":false}`,
		on: `{"first_name":"Ada","last_name":"Rossi"}`},
	{field: "FillIssuer", set: func(s *sandbox.PowensSwitches) { s.FillIssuer = true },
		probe: answered(powensLink, "beneficiary", "issuer"), off: "absent", on: "AGRIFRPPXXX"},
	{field: "ExtraFields", set: func(s *sandbox.PowensSwitches) { s.ExtraFields = true },
		probe: answered(powensLink, "beneficiary", "bic"), off: "absent", on: "AGRIFRPPXXX"},
	{field: "AmountForm", position: "padded", set: func(s *sandbox.PowensSwitches) { s.AmountForm = "padded" },
		probe: answered(powensLink, "amount"), off: "50.90", on: "50.9000000000"},
	{field: "AmountForm", position: "trimmed", set: func(s *sandbox.PowensSwitches) { s.AmountForm = "trimmed" },
		probe: answered(powensLink, "amount"), off: "50.90", on: "50.9"},
	{field: "AmountForm", position: "exponent", set: func(s *sandbox.PowensSwitches) { s.AmountForm = "exponent" },
		probe: answered(powensLink, "amount"), off: "50.90", on: "5090e-2"},
	{field: "Cap", set: func(s *sandbox.PowensSwitches) { s.Cap = true },
		probe: answered(powensLink, "currency"), off: "EUR", on: "400 invalidValue amount is more than a sandbox domain takes"},
	{field: "IBAN", position: "lax", set: func(s *sandbox.PowensSwitches) { s.IBAN = "lax" },
		probe: answered(strings.Replace(powensLink, "FR14", "fr15 ", 1), "beneficiary", "identification"),
		off:   "400 invalidValue beneficiary.identification is not an IBAN", on: "fr15 20041010050500013M02606"},
	{field: "IBAN", position: "compact", set: func(s *sandbox.PowensSwitches) { s.IBAN = "compact" },
		probe: answered(strings.Replace(powensLink, "FR14", "fr14 ", 1), "beneficiary", "identification"),
		off:   "400 invalidValue beneficiary.identification is not an IBAN", on: "FR1420041010050500013M02606"},
	{field: "StrictOrganisation", set: func(s *sandbox.PowensSwitches) { s.StrictOrganisation = true },
		probe: answered(powensLink, "currency"), off: "EUR", on: "400 missingParameter beneficiary_identity.org_name is missing"},
	{field: "AllowUnknownFields", set: func(s *sandbox.PowensSwitches) { s.AllowUnknownFields = true },
		probe: answered(`{"vat":1,`+powensLink[1:], "currency"), off: "400 invalidValue vat is unknown", on: "EUR"},
	{field: "HideRevoked", set: func(s *sandbox.PowensSwitches) { s.HideRevoked = true },
		probe: func(r *powensRig) string {
			revokes(r, r.create(powensLink))
			open := r.create(powensLink)
			return fmt.Sprint(len(r.list().want(200).json().([]any)), r.list().at("0", "id") == open)
		}, off: "2 false", on: "1 true"},
	{field: "NullAttemptState", set: func(s *sandbox.PowensSwitches) { s.NullAttemptState = true },
		probe: answered(powensLink, "attempt_state"), off: "unavailable", on: "null"},
	{field: "Outage", set: func(s *sandbox.PowensSwitches) { s.Outage = true },
		probe: lived(pays, "attempt_state"), off: "200 done", on: "200 unavailable"},
	{field: "RevokedAtForm", set: func(s *sandbox.PowensSwitches) { s.RevokedAtForm = "rfc3339" },
		probe: lived(revokes, "revoked_at"), off: "200 2026-03-01 12:00:00", on: "200 2026-03-01T12:00:00Z"},
	{field: "ReadDelay", set: func(s *sandbox.PowensSwitches) { s.ReadDelay = 2 * time.Second },
		probe: func(r *powensRig) string {
			id := r.create(powensLink)
			first := r.get(id).status
			r.Advance(2 * time.Second)
			return fmt.Sprint(first, r.get(id).status)
		}, off: "200 200", on: "404 200"},
	{field: "ListLag", set: func(s *sandbox.PowensSwitches) { s.ListLag = 2 * time.Second },
		probe: func(r *powensRig) string {
			r.create(powensLink)
			first := r.list().at("0", "currency")
			r.Advance(2 * time.Second)
			return first + " " + r.list().at("0", "currency")
		}, off: "EUR EUR", on: "absent EUR"},
}

func TestPowensSwitches(t *testing.T) {
	t.Parallel()
	for _, c := range powensCases {
		t.Run(c.field+" "+c.position, func(t *testing.T) {
			t.Parallel()
			r := newPowens(t)
			equal(t, "by default", c.probe(r), c.off)
			r = newPowens(t)
			r.Powens.Set(c.set)
			equal(t, "switched", c.probe(r), c.on)
		})
	}
}

// TestPowensSwitchesAreAllTried fails for a switch without a case above.
func TestPowensSwitchesAreAllTried(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for _, c := range powensCases {
		tried[c.field] = true
	}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[sandbox.PowensSwitches]()) {
		if !tried[field.Name] {
			t.Errorf("no wire test for the switch %s", field.Name)
		}
	}
}

// TestPowensSwitchesByJSON: the control API changes what is named, and nothing on an error.
func TestPowensSwitchesByJSON(t *testing.T) {
	t.Parallel()
	r := newPowens(t)
	for _, bad := range []string{
		`{"reference_id":"never"}`, `{"sensitive":""}`, `{"unheard_of":true}`, `{"read_delay":"soon"}`, `{"token_lifetime":7}`, `{"iban":"lax","amount_form":"x"}`, `[]`,
	} {
		if err := r.Powens.SetSwitches([]byte(bad)); err == nil {
			t.Errorf("accepted %s", bad)
		}
	}
	a := r.send("GET", "/_sandbox/switches/powens", "").want(200)
	equal(t, "unchanged", a.at("iban")+a.at("reference_id")+a.at("token_lifetime"), "strictgenerated30m0s")
	a = r.send("POST", "/_sandbox/switches/powens", `{"sensitive":"omit","token_lifetime":"1m","cap":true}`).want(200)
	equal(t, "changed", a.at("sensitive")+a.at("token_lifetime")+a.at("cap")+a.at("no_operator"), "omit1m0struenull")
}

// TestPowensOperator: one that was sent comes back, hidden or not, however its absence is shown.
func TestPowensOperator(t *testing.T) {
	t.Parallel()
	for _, position := range []string{"null", "omit", "empty"} {
		r := newPowens(t)
		r.Powens.Set(func(s *sandbox.PowensSwitches) { s.NoOperator = position })
		equal(t, position, answered(powensOperator, "operator_identity", "last_name")(r), "B")
	}
}
