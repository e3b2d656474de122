package descriptor

import (
	"fmt"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

var _ = register(Descriptor{
	Name: "powens", Title: "Powens", Documentation: "docs.powens.com", Order: 1, Sandbox: powens.New,
	Config: powensConfig,
	Change: Object{"label": "Order 2026-0043"}, PayerData: []string{"Lovelace", "749867206"},
	Label: "label", Amount: "49.90", Currency: "EUR", UUID: true,
	Shapes: map[string]Object{
		"Order 2026-0042, 49.90 EUR, open": powensConfig,
		"second line, 9.50 GBP, open": changed(powensConfig, Object{
			"label": "second\nline", "amount": "9.5", "currency": "GBP", "execution_date_type": "first_open_day", "reference_id": "E2E-4711",
			"payer":             Object{"scheme_name": "iban", "identification": "DE89370400440532013000", "label": "Planted account", "issuer": "COBADEFFXXX"},
			"payer_identity":    Object{"first_name": "Planted", "last_name": "Lovelace", "email": "planted@example.com", "postal_address": "1 Planted Street\n75001 Paris", "id_user": 42, "external_ref": "customer-17"},
			"operator_identity": Object{"kind": "government", "scheme_name": "incorporation_number", "identification": "Planted 1234", "org_name": "Registry"},
			"redirect_uri":      "https://shop.example.com/thanks", "redirect_state": "",
		}),
		templateText + ", 1.00 EUR, open": changed(powensConfig, Object{
			"label": templateText, "amount": "1", "redirect_uri": "https://shop.example.com/thanks", "redirect_state": "order ${1}",
		}),
	},

	Operations:  Operations{Create: "create", Get: "get", List: "list", Revoke: "revoke", Token: "token"},
	Credentials: Credentials{ProveAccount: true, Secret: []string{"client_secret"}, Incomplete: "client_secret", Missing: "client_id"},
	Token:       &Token{ClientCredentials: true, Expire: func(v vendorapi.Vendor) { v.(*powens.Server).ExpireTokens() }},
	List: &ListCall{
		Filters: []Filter{
			{Config: Object{"states": List{"open", "paid"}}, Shows: []string{"open", "paid"}},
			{Config: Object{"states": List{"revoked"}}, Shows: []string{"revoked"}},
		},
		BadFilters: []BadFilter{
			{DataSource: "paymentlinks_powens_link", Config: Object{"id": "17"}, At: "id", Word: "UUID"},
		},
		HideRevoked: `{"hide_revoked":true}`,
	},
	Actions: map[string]Action{"revoke": {
		Operation: "revoke", Calls: []string{"revoke"}, Done: "revoked",
		States: map[string]ActionState{
			"open":                  revokedByPowens(nil, "revoked: its URL"),
			"an attempt failed":     revokedByPowens([]string{"reject"}, "revoked: its URL"),
			"somebody is paying":    revokedByPowens([]string{"process"}, "revoked: its URL"),
			"undocumented status":   revokedByPowens([]string{"force?status=frozen"}, "revoked: its URL"),
			"paid, and still there": revokedByPowens([]string{"pay"}),
			"revoked":               lookedAt("revoke", false, "revoked", []string{"revoked: its URL"}, "cancel"),
			"revoked while paying":  lookedAt("revoke", false, "revoked", []string{"revoked: its URL"}, "process", "cancel"),
			"paid, then revoked":    lookedAt("revoke", false, "revoked", []string{"already paid", "nothing refunded"}, "pay", "cancel"),
			"gone, or never there":  notFound("revoke"),
		},
	}},
	RateLimit:      &RateLimit{PerMinute: 30, Switches: `{"rate_limit":true}`},
	NoCreationTime: true,

	StatusFact: "3.10",
	Statuses: []string{
		powensNoAttempt, powensNotYetPaid, powensOutage, "created", "validating", "pending", "done", "accepted", "rejected", "expired", "partial",
	},
	Lifecycle: powensLifecycle(),
	Become:    becomeAtPowens,
	StatusSwitches: map[string]string{
		powensNoAttempt: `{"null_attempt_state":true}`,
	},
	StatusAttributes: powensAttributes,

	Odd: map[string]Object{
		"a redirect without a state": {"redirect": true, "redirect_uri": "https://shop.example.com/thanks?order=1", "redirect_state": nil},
		"a reference of 40":          {"reference_id": "0123456789012345678901234567890123456789", "redirect_uri": "shop://thanks"},
		"schemes of a later list": {
			"beneficiary":          Object{"scheme_name": "bban", "identification": "fr14 2004", "label": "x"},
			"beneficiary_identity": Object{"kind": "association", "scheme_name": "lei", "identification": "1"},
			"payer_identity":       Object{"kind": "individual", "scheme_name": "siren", "identification": "1", "birth_date": "1990", "birth_country": "FRA"},
		},
		"decimals": {"amount": 10.005},
	},
	OtherMoney: map[string]string{"amount": `{"inflated":true}`, "currency": `{"other_currency":true}`},
	Unexpected: []Unexpected{
		{"/currency", `{"id":"EUR"}`, "currency"}, {"/reference_id", `123`, ""}, {"/amount", `[12]`, "amount"}, {"/redirect", `"false"`, ""}, {"/redirect", `0`, "redirect"},
		{"/payer", `[]`, ""}, {"/beneficiary/label", `{}`, "beneficiary.label"}, {"/last_payment_id", `"none"`, "last_payment_id"}, {"/attempt_state", `{"state":"done"}`, "attempt_state"},
	},
	AnswerSwitches: []string{
		`{}`, `{"sensitive":"omit","wrapped_list":true}`, `{"sensitive":"null","no_operator":"empty","redirect_off":"null"}`, `{"omit_defaults":true,"reference_id":"omit","redirect_off":"omit"}`,
		`{"fill_issuer":true,"reference_id":"generated","amount_form":"padded","extra_fields":true}`, `{"amount_form":"exponent","null_attempt_state":true,"iban":"compact"}`,
	},
	Search: func(label, _ string) Search {
		return Search{Path: "/api/payment-links", Text: `"label":"` + label + `"`}
	},

	Sample: `{
  "id": "3c90c3cc-0d44-4b50-8888-8dd25736052a",
  "reference_id": "E2E-2026-0042",
  "amount": 49.9000000000,
  "currency": "EUR",
  "label": "Order 2026-0042",
  "execution_date_type": "instant",
  "beneficiary": { "scheme_name": "iban", "identification": "FR1420041010050500013M02606", "label": "Atelier Lumiere" },
  "beneficiary_identity": { "kind": "corporate", "org_name": "Atelier Lumiere SARL", "scheme_name": "siren", "identification": "749867206", "pep": false },
  "payer": null,
  "payer_identity": { "kind": "individual", "first_name": "Ada", "last_name": "Lovelace", "pep": false },
  "operator_identity": null,
  "redirect": true,
  "redirect_uri": "https://shop.example.com/thanks",
  "redirect_state": "order-2026-0042",
  "last_payment_id": null,
  "url": "https://payment-links.example.com/3c90c3cc",
  "revoked_at": null,
  "attempt_state": "unavailable"
}`,
	Number:         func(sample Object, i int) { sample["id"] = fmt.Sprintf("3c90c3cc-0d44-4b50-8888-8dd25736%04x", i) },
	ExampleOutputs: Object{"order_attempt": "unavailable", "open_orders": Object{"Order 2026-0042": "https://payment-links.example.com/3c90c3cc"}},
	ExampleSum:     "49.90 EUR",
})

var powensConfig = Object{
	"amount": "49.90", "currency": "EUR", "label": "Order 2026-0042", "execution_date_type": "instant",
	"beneficiary": Object{"scheme_name": "iban", "identification": "FR1420041010050500013M02606", "label": "Atelier Lumiere"},
	"beneficiary_identity": Object{
		"kind": "corporate", "org_name": "Atelier Lumiere SARL", "scheme_name": "siren", "identification": "749867206",
	},
	"payer_identity": Object{"first_name": "Ada", "last_name": "Lovelace"},
}

// What attempt_state means where there is no attempt, or nobody can say what became of it.
const (
	powensNoAttempt  = "null"
	powensNotYetPaid = "unavailable"
	powensOutage     = "unavailable after a payment"
)

// powensLifecycle: the latest attempt says first whether a link was paid or is being paid, then whether that is known; then
// comes the date of its revocation.
func powensLifecycle() lifecycle.Vendor {
	none := []string{powensNoAttempt, powensNotYetPaid, "rejected", "expired"}
	underWay := []string{"created", "validating", "pending"}
	paid := []string{"done", "accepted", "partial"}
	unknown := []string{powensOutage, lifecycle.Undocumented}
	alive, revoked := []lifecycle.Revocation{lifecycle.NotRevoked, lifecycle.RevokedLater}, []lifecycle.Revocation{lifecycle.RevokedBefore}
	return lifecycle.Vendor{
		Attributes: "`attempt_state`, `revoked_at`", EndedVerb: "revoked", InitialStatus: powensNotYetPaid,
		ReplaceWhen: []lifecycle.State{lifecycle.Revoked}, OnDestroy: []string{lifecycle.Revoke, lifecycle.Abandon},
		Rows: []lifecycle.Row{
			{Statuses: none, Revocations: alive, State: lifecycle.Open, DestroyStale: lifecycle.Ended, Destroy: lifecycle.Ended},
			{Statuses: none, Revocations: revoked, State: lifecycle.Revoked, DestroyStale: lifecycle.AlreadyEnded, Destroy: lifecycle.NoCall},
			{Statuses: underWay, Revocations: alive, State: lifecycle.Processing, DestroyStale: lifecycle.Ended, Destroy: lifecycle.Ended},
			{Statuses: underWay, Revocations: revoked, State: lifecycle.Processing, DestroyStale: lifecycle.AlreadyEnded, Destroy: lifecycle.AlreadyEnded},
			{Statuses: paid, Revocations: alive, State: lifecycle.Paid, DestroyStale: lifecycle.Ended, Destroy: lifecycle.Ended},
			{Statuses: paid, Revocations: revoked, State: lifecycle.Paid, DestroyStale: lifecycle.WasPaid, Destroy: lifecycle.WasPaid},
			{Statuses: unknown, Revocations: alive, State: lifecycle.Unknown, DestroyStale: lifecycle.Ended, Destroy: lifecycle.Ended},
			{Statuses: unknown, Revocations: revoked, State: lifecycle.Unknown, DestroyStale: lifecycle.AlreadyEnded, Destroy: lifecycle.AlreadyEnded},
			{State: lifecycle.Revoked, DestroyStale: lifecycle.AlreadyEnded, Destroy: lifecycle.NoCall},
		},
		StatusText: map[string]string{
			powensNoAttempt: "none (`null`)", powensNotYetPaid: "`unavailable` before any payment", powensOutage: "`unavailable` after a payment",
		},
		Notes: []string{
			"A paid link is revoked, too: Powens does not say that it can no longer be paid.",
			"Revoking does not stop a payment in progress, and refunds nothing.",
		},
	}
}

func becomeAtPowens(v vendorapi.Vendor, id string, s lifecycle.Situation, now time.Time) error {
	at := v.(*powens.Server)
	if s.Gone {
		return at.Delete(id)
	}
	attempt := s.Status
	switch attempt {
	case powensNoAttempt, powensNotYetPaid:
		attempt = ""
	case powensOutage:
		attempt = "unavailable"
	}
	if err := at.ForceStatus(id, attempt); err != nil {
		return err
	}
	switch s.Revocation {
	case lifecycle.RevokedLater:
		return at.Revoke(id, now.Add(100*24*time.Hour))
	case lifecycle.RevokedBefore:
		return at.Revoke(id, now.Add(-time.Hour))
	}
	return nil
}

// powensAttributes: a link that is gone is as it was last seen, which was new.
func powensAttributes(s lifecycle.Situation) Object {
	out := Object{"attempt_state": s.Status, "revoked_at": nil, "last_payment_id": Present}
	switch s.Status {
	case powensNoAttempt:
		out["attempt_state"], out["last_payment_id"] = nil, nil
	case powensNotYetPaid, "":
		out["attempt_state"], out["last_payment_id"] = powensNotYetPaid, nil
	case powensOutage:
		out["attempt_state"] = "unavailable"
	}
	if s.Revocation == lifecycle.RevokedLater || s.Revocation == lifecycle.RevokedBefore {
		out["revoked_at"] = Present
	}
	return out
}

// revokedByPowens is a state in which links are revoked.
func revokedByPowens(before []string, text ...string) ActionState {
	return ActionState{Before: before, First: []string{"revoke"}, Again: []string{"revoke", "get"}, Text: text, Then: "revoked"}
}
