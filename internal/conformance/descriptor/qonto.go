package descriptor

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

var _ = register(Descriptor{
	Name: "qonto", Title: "Qonto", Documentation: "docs.qonto.com", Order: 4, Sandbox: qonto.New,
	Config: qontoConfig,
	Change: Object{"reusable": false}, Payable: Object{"reusable": false},
	Label: "items.0.title", Amount: "13.30", Currency: "EUR", UUID: true,
	Shapes: map[string]Object{
		"Seat, 13.30 EUR, open": qontoConfig,
		templateText + ", 250.10 EUR, open": {
			"reusable": false, "potential_payment_methods": List{"ideal"},
			"items": List{
				Object{"title": templateText, "quantity": 2, "unit_price": Object{"value": "100.00", "currency": "EUR"}, "vat_rate": "20", "type": "service", "description": "Two\ndays", "measure_unit": "day"},
				Object{"title": "Handbook", "quantity": 1, "unit_price": Object{"value": "9.57", "currency": "EUR"}, "vat_rate": "5.5"},
			},
		},
		"F-2026-0043, 240.00 EUR, open": {
			"potential_payment_methods": List{"credit_card"}, "invoice_id": "0199c2d4-6f0e-7a31-9c55-3b8f5d2e7a11", "invoice_number": "F-2026-0043",
			"debitor_name": "Planted Martin", "amount": Object{"value": "240.00", "currency": "EUR"},
		},
	},

	Operations: Operations{Create: "create", Get: "get", List: "list", Revoke: "deactivate", Token: "token"},
	Credentials: Credentials{
		Secret: []string{"access_token", "staging_token"}, Unused: []string{"token_endpoint"},
		Incomplete: "access_token", Missing: "environment",
	},
	Token: &Token{
		Gated: true, Settings: qontoTokenFile, File: "token_file",
		Expire: func(v vendorapi.Vendor) { v.(*qonto.Server).ExpireTokens() },
	},
	List: &ListCall{
		PageSize: 100, Counted: true, PageParameters: []string{"page", "per_page"},
		Filters: []Filter{
			{Config: Object{"statuses": List{"paid", "open"}}, Sent: url.Values{"status[]": {"open", "paid"}}, Shows: []string{"open", "paid"}},
			{Config: Object{"sort_by": "amount:desc"}, Sent: url.Values{"sort_by": {"amount:desc"}}, Shows: all},
			{Config: Object{"states": List{"revoked", "expired"}}, Sent: url.Values{"status[]": {"canceled", "expired"}}, Shows: []string{"revoked", "expired"}},
			{Config: Object{"states": List{"open"}, "statuses": List{"open", "paid"}}, Sent: url.Values{"status[]": {"open", "paid"}}, Shows: []string{"open"}},
			{Config: Object{"states": List{"paid"}, "statuses": List{"open"}}, Sent: url.Values{"status[]": {"open"}}},
			{Config: Object{"states": List{"open", "unknown"}}, Shows: []string{"open", "unknown"}}, // no status means unknown
		},
		BadFilters: []BadFilter{
			{Config: Object{"statuses": List{}}, At: "statuses", Word: "Remove the argument"},
			{Config: Object{"statuses": List{nil}}, At: "statuses", Word: "Remove the argument"},
			{Config: Object{"sort_by": "created_at:desc"}, At: "sort_by", Word: "expiration_date:asc"},
			{Config: Object{"sort_by": ""}, At: "sort_by", Word: "Remove the argument"},
			{DataSource: "paymentlinks_qonto_link", Config: Object{"id": ".."}, At: "id", Word: "Invalid link ID"},
			{DataSource: "paymentlinks_qonto_link_payments", Config: Object{"link_id": "17"}, At: "link_id", Word: "UUID"},
			{DataSource: "paymentlinks_qonto_link_payments", Config: Object{"link_id": qontoSampleID, "statuses": List{"done"}}, At: "statuses", Word: "authorized"},
			{DataSource: "paymentlinks_qonto_link_payments", Config: Object{"link_id": qontoSampleID, "sort_by": "created_at:asc"}, At: "sort_by", Word: "creation_date"},
		},
		Broken: []BrokenList{{Body: `{"payment_links":[],"meta":{"current_page":1,"next_page":null,"total_count":7}}`, Warning: "counts 7 links but listed 0", Calls: 4}},
	},
	Actions: map[string]Action{"deactivate": {
		Operation: "deactivate", Calls: []string{"deactivate"}, Done: "canceled",
		Refusal: "processing", RefusalText: []string{"payment link", "`processing`", "cannot be deactivated", "422"},
		States: map[string]ActionState{
			"open":                 {First: []string{"deactivate"}, Again: []string{"deactivate", "get"}, Text: []string{"revoked: its URL"}, Then: "canceled"},
			"somebody is paying":   lookedAt("deactivate", true, "processing", []string{"`processing`", "422", "cannot be deactivated"}, "process"),
			"paid":                 lookedAt("deactivate", false, "paid", []string{"already paid", "nothing refunded"}, "pay"),
			"expired":              lookedAt("deactivate", false, "expired", []string{"is already expired"}, "expire"),
			"canceled":             lookedAt("deactivate", false, "canceled", []string{"revoked: its URL"}, "cancel"),
			"undocumented status":  lookedAt("deactivate", true, "frozen", []string{"`unknown`", "422"}, "force?status=frozen"),
			"gone, or never there": notFound("deactivate"),
		},
	}},

	StatusFact: "3.1",
	Statuses:   []string{"open", "processing", "paid", "expired", "canceled"},
	Lifecycle: lifecycle.Vendor{ // links that are open are deactivated, and no others, as far as anybody has seen
		Attributes: "`status`", EndedVerb: "deactivated", InitialStatus: "open",
		ReplaceWhen: []lifecycle.State{lifecycle.Revoked}, OnDestroy: []string{lifecycle.Revoke, lifecycle.Abandon}, Expires: "expiration_date",
		Rows: []lifecycle.Row{
			{Statuses: []string{"open"}, State: lifecycle.Open, DestroyStale: lifecycle.Ended, Destroy: lifecycle.Ended},
			{Statuses: []string{"processing"}, State: lifecycle.Processing, DestroyStale: lifecycle.PaymentInProgress, Destroy: lifecycle.PaymentInProgress},
			{Statuses: []string{"paid"}, State: lifecycle.Paid, DestroyStale: lifecycle.WasPaid, Destroy: lifecycle.WasPaid},
			{Statuses: []string{"expired"}, State: lifecycle.Expired, DestroyStale: lifecycle.AlreadyEnded, Destroy: lifecycle.AlreadyEnded},
			{Statuses: []string{"canceled"}, State: lifecycle.Revoked, DestroyStale: lifecycle.AlreadyEnded, Destroy: lifecycle.NoCall},
			{State: lifecycle.Revoked, DestroyStale: lifecycle.AlreadyEnded, Destroy: lifecycle.NoCall},
			{Statuses: []string{lifecycle.Undocumented}, State: lifecycle.Unknown, DestroyStale: lifecycle.WrongState, Destroy: lifecycle.WrongState},
		},
		Notes: []string{
			"A link without an `expiration_date` is not renewed: with `renew_before`, each plan warns of this.",
			"Qonto does not document in which states a link can be deactivated. If Qonto accepts the request while a payment is in progress, the link is deactivated.",
		},
	},

	OtherMoney: map[string]string{"amount": `{"inflated":true}`, "currency": `{"other_currency":true}`},
	Unexpected: []Unexpected{
		{"/items/0/vat_rate", `21.0`, ""}, {"/items/0/vat_rate", `{"percent":21}`, "items[0].vat_rate"}, {"/reusable", `"true"`, ""}, {"/amount", `12`, "amount"}, {"/amount/value", `13.30`, ""},
		{"/items/0/quantity", `"1"`, ""}, {"/items/0", `"Seat"`, "items[0]"}, {"/potential_payment_methods/1", `{}`, "potential_payment_methods[1]"}, {"/amount/value", `"13,30"`, "amount.value"},
	},
	AnswerSwitches: []string{
		`{}`, `{"omitted_item_fields":"null","time_form":"words"}`, `{"omitted_item_fields":"defaults"}`, `{"amount_scale":"trimmed","trim_vat_rate":true}`, `{"zero_expiration":true}`,
		`{"reorder_methods":true,"omit_other_shape":true,"omit_resource_type":true,"extra_fields":true}`,
	},
	Variants:      []Variant{{Name: "key_ignored", Switches: `{"ignore_idempotency_key":true}`}},
	ChaosSwitches: `{"ignore_idempotency_key":true}`, // nothing promises that it works
	Search: func(label, _ string) Search {
		return Search{Path: "/v2/payment_links", Query: url.Values{"status[]": {"open"}}, List: "payment_links", Text: `"title":"` + label + `"`}
	},
	BenchmarkReference: true,

	Sample: `{
	"id": "` + qontoSampleID + `", "status": "open", "resource_type": "Basket", "reusable": true,
	"created_at": "2026-01-05T09:00:00Z", "expiration_date": "2099-01-05T09:00:00Z",
	"url": "https://pay.example/` + qontoSampleID + `", "amount": {"value": "39.89", "currency": "EUR"},
	"potential_payment_methods": ["credit_card", "paypal"],
	"items": [{"title": "Wine tasting", "description": "Six wines, two hours, with bread and cheese", "quantity": 3, "type": "service",
		"vat_rate": "21.0", "unit_price": {"value": "10.99", "currency": "EUR"}}]}`,
	Number: func(sample Object, i int) { sample["id"] = fmt.Sprintf("3c90c3cc-0d44-4b50-8888-8dd25736%04x", i) },
	ExampleOutputs: Object{
		"tasting_url": "https://pay.example/" + qontoSampleID, "expired_amounts": Object{}, "qonto_connection": "enabled",
		"qonto_methods": List{"credit_card", "apple_pay", "paypal", "ideal"}, "payments_received": List{},
	},
	ExampleSum: "39.89 EUR",
})

var qontoConfig = Object{
	"reusable": true, "potential_payment_methods": List{"credit_card", "paypal"},
	"items": List{Object{"title": "Seat", "quantity": 1, "unit_price": Object{"value": "10.99", "currency": "EUR"}, "vat_rate": "21.0"}},
}

const qontoSampleID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"

// qontoTokenFile writes a token with its refresh token and client into a file, because only such a token is refreshed.
func qontoTokenFile(v vendorapi.Vendor, dir string) (Object, error) {
	tokens := v.(*qonto.Server).IssueTokens()
	data, err := json.Marshal(map[string]any{
		"client_id": tokens.ClientID, "client_secret": tokens.ClientSecret, "access_token": tokens.AccessToken,
		"refresh_token": tokens.RefreshToken, "expires_at": tokens.ExpiresAt,
	})
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "tokens.json")
	return Object{"access_token": nil, "token_file": path}, os.WriteFile(path, data, 0o600)
}
