package powens

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"

	"github.com/hashicorp/terraform-plugin-framework/attr"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// Paid, processing, unknown, revoked, open, in this order.
func TestStateOfAttempt(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		attempt, payment, revoked string
		want                      driver.State
	}{
		{"", "", "", driver.Open}, {"", "7", "", driver.Open}, {"unavailable", "", "", driver.Open}, {"unavailable", "7", "", driver.Unknown},
		{"rejected", "7", "", driver.Open}, {"expired", "7", "", driver.Open},
		{"created", "7", "", driver.Processing}, {"validating", "7", "", driver.Processing}, {"pending", "7", "", driver.Processing},
		{"done", "7", "", driver.Paid}, {"accepted", "7", "", driver.Paid}, {"partial", "7", "", driver.Paid}, {"done", "", "", driver.Paid},
		{"done\n", "7", "", driver.Paid}, {"Done", "7", "", driver.Unknown}, {"held", "", "", driver.Unknown},

		{"", "", "2026-03-01 12:00:00", driver.Revoked}, {"", "", "2026-03-01 12:00:01", driver.Open},
		{"", "", "2026-03-01T12:00:00Z", driver.Revoked}, {"", "", "2026-03-01T13:00:00+01:00", driver.Revoked}, {"", "", "2026-03-01T12:00:00-01:00", driver.Open},
		{"", "", "2026-03-01T11:59:59.999Z", driver.Revoked}, {"", "", "2026-03-01 11:59:59.5", driver.Revoked}, {"", "", "2026-03-01T12:00:00", driver.Revoked},
		{"", "", "yesterday", driver.Revoked}, {"", "", "1772366400", driver.Revoked},
		{"unavailable", "", "2026-01-01 00:00:00", driver.Revoked}, {"rejected", "7", "2026-01-01 00:00:00", driver.Revoked},
		{"done", "7", "2026-01-01 00:00:00", driver.Paid}, {"pending", "7", "2026-01-01 00:00:00", driver.Processing},
		{"unavailable", "7", "2026-01-01 00:00:00", driver.Unknown}, {"held", "7", "2026-01-01 00:00:00", driver.Unknown},
	}
	for _, test := range tests {
		l := Link{AttemptState: test.attempt, LastPaymentID: json.Number(test.payment), RevokedAt: test.revoked}
		if got := (vendor{}).State(l, now); got != test.want {
			t.Errorf("%q, payment %q, revoked %q: %s, want %s", test.attempt, test.payment, test.revoked, got, test.want)
		}
	}
}

// Exact both ways, in every form that a number can have (contract 8.20).
func TestAmounts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ wire, currency, want string }{
		{"50.9000000000", "EUR", "50.90"}, {"50.9", "EUR", "50.90"}, {`"50.90"`, "EUR", "50.90"}, {"5.09e1", "EUR", "50.90"}, {"1", "EUR", "1.00"},
		{"12000", "JPY", "12000"}, {"12000.00", "JPY", "12000"}, {"1.2340", "KWD", "1.234"}, {"50.905", "EUR", "50.905"}, {"1.50", "XXX", "1.5"},
		{"0.1", "", "0.1"}, {"1e3", "EUR", "1000.00"}, {"123456789012.34", "EUR", "123456789012.34"},
	} {
		var l Link
		if err := lenient.Unmarshal([]byte(`{"amount":`+test.wire+`,"currency":"`+test.currency+`"}`), &l); err != nil {
			t.Fatal(err)
		}
		m := vendor{}.Model(l)
		if got := m.Amount.ValueString(); got != test.want {
			t.Errorf("%s %s becomes %s, want %s", test.wire, test.currency, got, test.want)
		}
		body := m.request()
		data, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), `"amount":`+test.want+`,`) {
			t.Errorf("%s is sent as %s", test.want, data)
		}
	}
}

// What an answer leaves out is null; an identity without a kind is an individual's.
func TestModelOfOddAnswers(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"id":"x"}`,
		`{"id":"x","amount":null,"payer":null,"payer_identity":null,"operator_identity":{},"last_payment_id":null,"revoked_at":null,"attempt_state":null,"redirect_uri":"","reference_id":""}`,
		`{"id":"x","payer":{},"beneficiary":{},"payer_identity":{},"redirect":false,"redirect_uri":"https://forgotten.example.com","redirect_state":"x","new":{"deep":[1]}}`,
	} {
		var l Link
		if err := lenient.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		m := vendor{}.Model(l)
		for name, v := range map[string]attr.Value{
			"url": m.URL, "amount": m.Amount, "currency": m.Currency, "reference_id": m.ReferenceID, "beneficiary": m.Beneficiary, "payer": m.Payer,
			"payer_identity": m.PayerIdentity, "operator_identity": m.OperatorIdentity, "redirect_uri": m.RedirectURI, "redirect_state": m.RedirectState, "attempt_state": m.AttemptState,
			"last_payment_id": m.LastPaymentID, "revoked_at": m.RevokedAt,
		} {
			if !v.IsNull() {
				t.Errorf("%s: %s is %s", text, name, v)
			}
		}
	}
}

// A kind that is left out is individual, unless the identity is an organisation's: then nobody knows.
func TestKindThatIsLeftOut(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"first_name":"Ada"}`: `"individual"`, `{"scheme_name":"passport_number","identification":"1"}`: `"individual"`, `{"kind":"government"}`: `"government"`,
		`{"org_name":"Registry"}`: "<null>", `{"scheme_name":"siren","identification":"1"}`: "<null>",
	} {
		var i Identity
		if err := lenient.Unmarshal([]byte(text), &i); err != nil {
			t.Fatal(err)
		}
		if got := identityObject(&i).Attributes()["kind"].String(); got != want {
			t.Errorf("%s: kind %s, want %s", text, got, want)
		}
	}
}

// Schema, object type and wire name the same fields of an Identity.
func TestFieldsFit(t *testing.T) {
	t.Parallel()
	attributes := identityAttributes()
	pep := true
	i := Identity{IDUser: "1", Kind: "corporate", PEP: &pep}
	for n, f := range identityFields() {
		*f.value(&i) = strings.Repeat("x", n+1)
	}
	data, err := json.Marshal(i)
	if err != nil {
		t.Fatal(err)
	}
	var wire map[string]any
	if err := json.Unmarshal(data, &wire); err != nil {
		t.Fatal(err)
	}
	if len(attributes) != len(wire) || len(identityTypes()) != len(wire) {
		t.Errorf("%d attributes, %d types, %d keys", len(attributes), len(identityTypes()), len(wire))
	}
	for n, f := range identityFields() {
		if wire[f.name] != strings.Repeat("x", n+1) {
			t.Errorf("%s is sent as %v", f.name, wire[f.name])
		}
	}
	for name := range wire {
		if attributes[name] == nil || identityTypes()[name] == nil || !attributes[name].GetType().Equal(identityTypes()[name]) {
			t.Errorf("%s has no attribute, or one of another type", name)
		}
	}
	if back := requestIdentity(identityObject(&i)); *back.PEP != pep {
		t.Error("pep is lost")
	} else if back.PEP = i.PEP; *back != i {
		t.Errorf("%+v came back as %+v", i, *back)
	}
}

// The hosts are the documented ones (contract 1.1).
func TestHosts(t *testing.T) {
	t.Parallel()
	if baseURL != "https://payment-links.powens.com" || tokenHostSuffix != ".biapi.pro" {
		t.Error(baseURL, tokenHostSuffix)
	}
	if got := amountText(nil, "EUR"); !got.Equal(money.DecimalNull()) {
		t.Errorf("%s", got)
	}
}
