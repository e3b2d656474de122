package powens_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

type client = *sandboxtest.Client

// answered makes a link and shows the answer's value at a path, or the refusal.
func answered(body string, path ...string) func(client) string {
	return func(r client) string {
		r.T.Helper()
		a := r.Post(body)
		if a.Status != http.StatusOK {
			return fmt.Sprint(a.Status, " ", a.At("code"), " ", a.At("description"))
		}
		return a.At(path...)
	}
}

// lived makes a link, lets something happen to it, and shows the value at a path.
func lived(happen func(r client, id string), path ...string) func(client) string {
	return func(r client) string {
		r.T.Helper()
		id := r.Create(least)
		happen(r, id)
		a := r.Read(id)
		return fmt.Sprint(a.Status, " ", a.At(path...))
	}
}

func pays(r client, id string) { r.Do(id, "pay") }

func revokes(r client, id string) { r.Revoke(id).Want(http.StatusNoContent) }

var withOperator = strings.Replace(least, `"payer":null`, `"payer":null,"operator_identity":{"first_name":"A","last_name":"B"}`, 1)

func TestSwitches(t *testing.T) {
	t.Parallel()
	vendor.TestSwitches(t, []sandboxtest.SwitchCase{
		{Switches: `"created_201":true`, Probe: func(r client) string { return fmt.Sprint(r.Post(least).Status) }, Off: "200", On: "201"},
		{Switches: `"gone_when_revoked":true`, Probe: lived(revokes, "code"), Off: "200 absent", On: "404 notFound"},
		{Switches: `"rate_limit":true`, Probe: func(r client) string {
			for range 29 {
				r.List("").Want(200)
			}
			r.Advance(20 * time.Second)
			r.List("").Want(200)
			limited := r.List("")
			after := limited.Header.Get("Retry-After")
			r.Advance(39 * time.Second)
			early := r.List("").Status
			r.Advance(time.Second)
			return fmt.Sprint(limited.Status, " ", after, " ", early, " ", r.List("").Status)
		}, Off: "200  200 200", On: "429 40 429 200"},
		{Switches: `"token_lifetime":"1m"`, Probe: func(r client) string {
			r.Header.Set("Authorization", "Bearer "+powens.From(r).IssueToken("demo-sandbox"))
			r.Advance(time.Minute)
			return fmt.Sprint(r.List("").Status)
		}, Off: "200", On: "401"},
		{Switches: `"reference_id":"null"`, Probe: func(r client) string { return fmt.Sprint(len(answered(least, "reference_id")(r))) }, Off: "31", On: "4"},
		{Switches: `"reference_id":"omit"`, Probe: func(r client) string { return fmt.Sprint(answered(least, "reference_id")(r) == "absent") }, Off: "false", On: "true"},
		{Switches: `"reference_id":"later"`, Probe: func(r client) string {
			id := r.Create(least)
			before := len(r.Read(id).At("reference_id"))
			pays(r, id)
			return fmt.Sprint(before, " ", len(r.Read(id).At("reference_id")))
		}, Off: "31 31", On: "4 31"},
		{Switches: `"redirect_off":"null"`, Probe: answered(least, "redirect_uri"), Off: "", On: "null"},
		{Switches: `"redirect_off":"omit"`, Probe: answered(least, "redirect_state"), Off: "", On: "absent"},
		{Switches: `"no_operator":"omit"`, Probe: answered(least, "operator_identity"), Off: "null", On: "absent"},
		{Switches: `"no_operator":"empty"`, Probe: answered(least, "operator_identity"), Off: "null", On: "{}"},
		{Switches: `"sensitive":"null"`, Probe: answered(withPayer, "payer_identity"), Off: `{"first_name":"Ada","kind":"individual","last_name":"Rossi","pep":false}`,
			On: `{"first_name":null,"kind":"individual","last_name":null,"pep":null}`},
		{Switches: `"sensitive":"omit"`, Probe: answered(withPayer, "payer"), Off: `{"identification":"DE89370400440532013000","label":"Ada Rossi","scheme_name":"iban"}`, On: `{"scheme_name":"iban"}`},
		{Switches: `"omit_defaults":true`, Probe: answered(least, "payer_identity"), Off: `{"first_name":"Ada","kind":"individual","last_name":"Rossi","pep":false}`,
			On: `{"first_name":"Ada","last_name":"Rossi"}`},
		{Switches: `"fill_issuer":true`, Probe: answered(least, "beneficiary", "issuer"), Off: "absent", On: "AGRIFRPPXXX"},
		{Switches: `"extra_fields":true`, Probe: answered(least, "beneficiary", "bic"), Off: "absent", On: "AGRIFRPPXXX"},
		{Switches: `"amount_form":"padded"`, Probe: answered(least, "amount"), Off: "50.90", On: "50.9000000000"},
		{Switches: `"amount_form":"trimmed"`, Probe: answered(least, "amount"), Off: "50.90", On: "50.9"},
		{Switches: `"amount_form":"exponent"`, Probe: answered(least, "amount"), Off: "50.90", On: "5090e-2"},
		{Switches: `"cap":true`, Probe: answered(least, "currency"), Off: "EUR", On: "400 invalidValue amount is more than a sandbox domain takes"},
		{Switches: `"iban":"lax"`, Probe: answered(strings.Replace(least, "FR14", "fr15 ", 1), "beneficiary", "identification"),
			Off: "400 invalidValue beneficiary.identification is not an IBAN", On: "fr15 20041010050500013M02606"},
		{Switches: `"iban":"compact"`, Probe: answered(strings.Replace(least, "FR14", "fr14 ", 1), "beneficiary", "identification"),
			Off: "400 invalidValue beneficiary.identification is not an IBAN", On: "FR1420041010050500013M02606"},
		{Switches: `"strict_organisation":true`, Probe: answered(least, "currency"), Off: "EUR", On: "400 missingParameter beneficiary_identity.org_name is missing"},
		{Switches: `"allow_unknown_fields":true`, Probe: answered(`{"vat":1,`+least[1:], "currency"), Off: "400 invalidValue vat is unknown", On: "EUR"},
		{Switches: `"hide_revoked":true`, Probe: func(r client) string {
			revokes(r, r.Create(least))
			open := r.Create(least)
			return fmt.Sprint(len(r.List("").Want(200).JSON().([]any)), r.List("").At("0", "id") == open)
		}, Off: "2 false", On: "1 true"},
		{Switches: `"wrapped_list":true`, Probe: func(r client) string {
			id := r.Create(least)
			list := r.List("").Want(200)
			return fmt.Sprint(list.At("0", "id") == id, " ", list.At("payment_requests", "0", "id") == id)
		}, Off: "true false", On: "false true"},
		{Switches: `"inflated":true`, Probe: answered(least, "amount"), Off: "50.90", On: "5090.00"},
		{Switches: `"other_currency":true`, Probe: answered(least, "currency"), Off: "EUR", On: "USD"},
		{Switches: `"null_attempt_state":true`, Probe: answered(least, "attempt_state"), Off: "unavailable", On: "null"},
		{Switches: `"outage":true`, Probe: lived(pays, "attempt_state"), Off: "200 done", On: "200 unavailable"},
		{Switches: `"revoked_at_form":"rfc3339"`, Probe: lived(revokes, "revoked_at"), Off: "200 2026-03-01 12:00:00", On: "200 2026-03-01T12:00:00Z"},
		{Switches: `"revoked_at_form":"offset"`, Probe: lived(revokes, "revoked_at"), Off: "200 2026-03-01 12:00:00", On: "200 2026-03-01T12:00:00.000+0000"},
		{Switches: `"revoked_at_form":"blank"`, Probe: lived(revokes, "revoked_at"), Off: "200 2026-03-01 12:00:00", On: "200 2026-03-01 12:00:00Z"},
		{Switches: `"revoked_at_form":"local"`, Probe: lived(revokes, "revoked_at"), Off: "200 2026-03-01 12:00:00", On: "200 2026-03-01T12:00:00"},
		{Switches: `"revoked_at_form":"words"`, Probe: lived(revokes, "revoked_at"), Off: "200 2026-03-01 12:00:00", On: "200 1 March 2026"},
	})
}

// TestOperator: one that was sent comes back, hidden or not, however its absence is shown.
func TestOperator(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"null", "omit", "empty"} {
		r := vendor.Client(t)
		r.Set(`"no_operator":"` + value + `"`)
		sandboxtest.Equal(t, value, answered(withOperator, "operator_identity", "last_name")(r), "B")
	}
}
