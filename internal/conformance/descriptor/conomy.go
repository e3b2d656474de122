package descriptor

import (
	"fmt"
	"net/url"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

var _ = register(Descriptor{
	Name: "conomy", Title: "Conomy", Documentation: "developers.conomyhq.com", Order: 2, Sandbox: conomy.New,
	Config: conomyConfig,
	Change: Object{"duration": 3600}, Payable: Object{"activate": true},
	Payer: Object{"customer.email": "payer@planted.example"}, PayerData: []string{"payer@planted.example"},
	IDs: `(?:[0-9a-f]{24}){1,2}\b|client_[0-9a-f]{8,}`, Label: "items.0.description", Unique: "checkout_token", Amount: "49990", Currency: "CLP", Lifetime: 24 * time.Hour,
	Shapes: map[string]Object{
		"Monthly subscription, invoice-1001, 49990 CLP, open": conomyConfig,
		"Workshop, order-7, 129.50 USD, open": changed(conomyConfig, Object{
			"checkout_token": "order-7", "currency": "USD", "payment_methods_allowed": List{"CARD", "PSE"}, "duration": 3600,
			"items": List{
				Object{"pre_tax_amount": "100.00", "total_amount": "119.00", "description": "Workshop", "tax": Object{"name": "IVA", "type": "PERCENTAGE", "value": "19", "amount": "19.00"}},
				Object{"pre_tax_amount": "9.50", "total_amount": "10.50", "description": "Handbook", "tax": Object{"name": "Levy", "type": "FIXED", "value": "1.00", "amount": "1.00"}},
			},
			"customer": Object{"first_name": "Planted", "email": "planted@example.com", "address": Object{"street": "Planted", "country": "COL"}},
			"destinations": List{
				Object{"name": "shop", "external_id": "dest-1", "amount": "100.00", "account": Object{"account_number": "111", "type": "CHECKING", "currency": "USD", "account_holder": "Shop SAS"},
					"metadata": Object{"image": "https://shop.example/logo.png", "description": "The shop", "category": "books"}},
				Object{"amount": "29.50", "account": Object{"account_number": "222", "type": "SAVINGS", "currency": "USD", "account_holder": "Taxes SAS"}},
			},
			"customer_requirements": List{"firstName", "email"}, "success_url": "https://shop.example/thanks", "failed_url": "https://shop.example/sorry",
			"owner": Object{"identity_id": conomyOwner, "entity_type": "ORGANIZATION"}, "activate": true,
		}),
		templateText + ", t-3, 10 CLP, open": changed(conomyConfig, Object{
			"checkout_token": "t-3", "items": List{Object{"pre_tax_amount": "10", "total_amount": "10", "description": templateText}}, "destinations.0.amount": "10",
		}),
	},

	Operations:  Operations{Create: "create", Get: "get", List: "list", Revoke: "delete", Activate: "activate", Token: "token"},
	Credentials: Credentials{ProveAccount: true, Secret: []string{"api_key", "client_secret"}, Incomplete: "client_secret", Missing: "client_id"},
	Token:       &Token{ClientCredentials: true, Expire: func(v vendorapi.Vendor) { v.(*conomy.Server).ExpireTokens() }},
	List: &ListCall{
		PageSize: 50, Counted: true, PageParameters: []string{"limit", "offset"},
		Filters: []Filter{
			{Config: Object{"statuses": List{"ATTEMPT", "FINISHED"}}, Sent: url.Values{"status": {"ATTEMPT,FINISHED"}}, Shows: []string{"ATTEMPT", "FINISHED"}},
			{Config: Object{"statuses": List{"ACTIVE"}}, Sent: url.Values{"status": {"ACTIVE"}}, Shows: []string{"ACTIVE"}},
			{Config: Object{"states": List{"open"}}, Sent: url.Values{"status": {"ACTIVE,ATTEMPT"}}, Shows: []string{"open"}},
			{Config: Object{"states": List{"revoked"}}}, // a deleted link is a 404
			{Config: Object{"owner_identity_ids": List{conomyOwner}, "states": List{"paid"}}, Sent: url.Values{"owner.identityId": {conomyOwner}, "status": {"FINISHED"}}, Shows: []string{"paid"}},
			{Config: Object{"destination_account_numbers": List{"999"}}, Sent: url.Values{"destination.accountNumber": {"999"}}},
			{Config: Object{"customer_emails": List{"nobody@example.com"}}, Sent: url.Values{"customer.email": {"nobody@example.com"}}},
			{Config: Object{
				"destination_account_numbers": List{"9283746501", "other"}, "customer_emails": List{"planted@example.com"}, "owner_identity_ids": List{conomyOwner},
			}, Sent: url.Values{"destination.accountNumber": {"9283746501,other"}, "customer.email": {"planted@example.com"}, "owner.identityId": {conomyOwner}}},
		},
		BadFilters: []BadFilter{
			{Config: Object{"ids": List{}}, At: "ids", Word: "Remove the argument"},
			{Config: Object{"ids": List{""}}, At: "ids", Word: "Remove the argument"},
			{Config: Object{"ids": List{"a,b"}}, At: "ids", Word: "comma"},
			{Config: Object{"owner_identity_ids": List{""}}, At: "owner_identity_ids", Word: "Remove the argument"},
			{Config: Object{"destination_account_numbers": List{""}}, At: "destination_account_numbers", Word: "Remove the argument"},
			{Config: Object{"customer_emails": List{""}}, At: "customer_emails", Word: "Remove the argument"},
			{Config: Object{"customer_emails": List{"planted@example.com,b@example.com"}}, At: "customer_emails", Word: "comma"},
			{DataSource: "paymentlinks_conomy_link", Config: Object{"id": "a", "owner_identity_id": "b"}, At: "owner_identity_id", Word: "applies only with"},
			{DataSource: "paymentlinks_conomy_link", Config: Object{"id": "a/b"}, At: "id", Word: "slash"},
			{DataSource: "paymentlinks_conomy_link", Config: Object{"id": ""}, At: "id", Word: "missing"},
		},
		Broken: []BrokenList{
			{Body: `{"pagination":{"count":0,"next":0,"previous":0,"total":7},"results":[]}`, Warning: "counts 7 links but listed 0", Calls: 4},
			{Body: `{"pagination":{"count":1,"next":1,"previous":0,"total":1000},"results":[{"id":"a","status":"ACTIVE"}]}`, Error: "does not advance", Calls: 2},
			{Body: `{"results":[{"id":"a","status":"ACTIVE"}]}`, Error: "does not advance", Calls: 2}, // no total
		},
	},
	Lookup:     &Lookup{Attribute: "checkout_token", Narrow: "owner_identity_id", Parameter: "owner.identityId"},
	Batch:      &Batch{Argument: "ids", Parameter: "id", Size: 50},
	Activation: &Activation{Waiting: "ATTEMPT", Active: "ACTIVE"},
	Actions: map[string]Action{"activate": {
		Operation: "activate", Calls: []string{"get", "activate"}, Done: "ACTIVE",
		Refusal: "EXPIRED", RefusalText: []string{"Cannot activate Conomy payment link", "`expired`", "replace"},
		States: map[string]ActionState{
			"waiting":              {First: []string{"get", "activate"}, Again: []string{"get"}, Text: []string{"active"}, Then: "ACTIVE"},
			"active":               lookedAt("", false, "ACTIVE", []string{"already active"}, "activate"),
			"somebody is paying":   lookedAt("", false, "PROCESSING_PAYMENT", []string{"already active", "processing"}, "activate", "process"),
			"paid":                 lookedAt("", false, "FINISHED", []string{"already active", "paid"}, "activate", "pay"),
			"expired":              lookedAt("", true, "EXPIRED", []string{"`expired`", "replace"}, "expire"),
			"undocumented status":  lookedAt("", true, "FROZEN", []string{"does not document"}, "force?status=FROZEN"),
			"gone, or never there": notFound(""),
		},
	}},

	StatusFact: "3.1",
	Statuses:   []string{"ATTEMPT", "ACTIVE", "EXPIRED", "FINISHED", "PROCESSING_PAYMENT"},
	Lifecycle: lifecycle.Vendor{ // links are deleted in ATTEMPT and EXPIRED only
		Attributes: "`status`", EndedVerb: "deleted", InitialStatus: "ATTEMPT",
		ReplaceWhen: []lifecycle.State{lifecycle.Revoked}, OnDestroy: []string{lifecycle.Revoke, lifecycle.Abandon}, Expires: "expires_at",
		Rows: []lifecycle.Row{
			{Statuses: []string{"ATTEMPT"}, State: lifecycle.Open, DestroyStale: lifecycle.Ended, Destroy: lifecycle.Ended},
			{Statuses: []string{"ACTIVE"}, Expiry: lifecycle.ExpiresSoon, State: lifecycle.Open, DestroyStale: lifecycle.WaitThenEnd, Destroy: lifecycle.WaitThenEnd, PlanWarns: true},
			{Statuses: []string{"ACTIVE"}, Expiry: lifecycle.ExpiresLate, State: lifecycle.Open, DestroyStale: lifecycle.TooEarly, Destroy: lifecycle.TooEarly, PlanWarns: true},
			{Statuses: []string{"PROCESSING_PAYMENT"}, State: lifecycle.Processing, DestroyStale: lifecycle.PaymentInProgress, Destroy: lifecycle.PaymentInProgress, PlanWarns: true},
			{Statuses: []string{"FINISHED"}, State: lifecycle.Paid, DestroyStale: lifecycle.WasPaid, Destroy: lifecycle.WasPaid},
			{Statuses: []string{"EXPIRED"}, State: lifecycle.Expired, DestroyStale: lifecycle.Ended, Destroy: lifecycle.Ended},
			{State: lifecycle.Revoked, DestroyStale: lifecycle.AlreadyEnded, Destroy: lifecycle.NoCall},
			{Statuses: []string{lifecycle.Undocumented}, State: lifecycle.Unknown, DestroyStale: lifecycle.WrongState, Destroy: lifecycle.WrongState},
		},
		Notes: []string{
			"A link in `ATTEMPT` cannot be paid before it is activated. Its create and every plan warn of this, unless `activate` is `true`.",
			"A renewal is a replacement: an `ACTIVE` link cannot be deleted before it expires, and a second link beside it requires a new `checkout_token`.",
			"An `ACTIVE` link expires `duration` seconds after `created_at`. The default of `timeouts.delete` is 5 minutes. While a destroy waits, the log shows the remaining time.",
			"A link that is not deleted keeps its `checkout_token`. To replace a paid link, or a link with `on_destroy = \"abandon\"`, set a new `checkout_token`. The plan warns of this.",
		},
	},

	Odd: map[string]Object{
		"a discount": {"items": List{
			Object{"preTaxAmount": "50000.5", "totalAmount": "50000.5", "description": "Annual plan"}, Object{"preTaxAmount": "-10.5", "totalAmount": "-10.5", "description": "Discount"},
		}},
		"items that do not add up":        {"items": List{Object{"preTaxAmount": "1", "totalAmount": "49990", "description": "x", "tax": Object{"name": "IVA", "type": "MIXED", "value": "-1", "amount": "-2"}}}},
		"destinations that do not add up": {"destinations": List{Object{"type": "WALLET", "amount": "-0.5", "account": Object{"type": "GIRO", "accountNumber": "1"}}}},
		"words of a later list":           {"status": "PAUSED", "customerRequirements": List{"taxNumber"}, "paymentMethodsAllowed": List{"card v2"}},
		"a token with a blank":            {"checkoutToken": "invoice 1001", "successUrl": "/thanks"},
	},
	OtherMoney: map[string]string{"amount": `{"inflated":true}`, "currency": `{"other_currency":true}`},
	Unexpected: []Unexpected{
		{"/preTaxAmount", `1000`, ""}, {"/customer", `[]`, ""}, {"/totalAmount", `"1.000,00"`, "totalAmount"}, {"/items", `["a thing"]`, "items[0]"}, {"/items/0/tax", `[]`, ""},
		{"/duration", `"3600"`, ""}, {"/destinations", `true`, "destinations"}, {"/createdAt", `{}`, "createdAt"}, {"/owner", `"me"`, "owner"},
	},
	AnswerSwitches: []string{
		`{}`, `{"customer":"null","time_form":"words"}`, `{"customer":"omit","omitted_fields":"null"}`, `{"omitted_fields":"empty","reorder_sets":true}`, `{"created_active":true,"amount_scale":"trimmed"}`,
		`{"destination_name":true,"fill_account":true,"fill_owner":true,"null_destination_type":true,"extra_fields":true,"amount_scale":"two"}`,
	},
	AllowDuplicates: `{"duplicate_tokens":true}`,
	Search: func(_, unique string) Search {
		return Search{Path: "/payment-links", Query: url.Values{"owner.identityId": {conomyOwner}, "limit": {"50"}}, List: "results", Text: `"checkoutToken":"` + unique + `"`}
	},

	Sample: `{
  "id": "65f0c0ffee65f0c0ffee65f0",
  "checkoutToken": "invoice-1001",
  "status": "ACTIVE",
  "items": [
    {
      "preTaxAmount": "42008",
      "totalAmount": "49990",
      "description": "Annual plan",
      "tax": { "name": "IVA", "type": "PERCENTAGE", "value": "19", "amount": "7982" }
    }
  ],
  "currency": "CLP",
  "preTaxAmount": "42008",
  "totalAmount": "49990",
  "url": "https://checkout.conomyhq.com/invoice-1001",
  "paymentMethodsAllowed": ["ETPAY", "WEBPAY"],
  "createdAt": "2026-11-05T21:58:58.111Z",
  "destinations": [
    {
      "name": "conomy_hq",
      "type": "ACCOUNT",
      "amount": "49990",
      "account": { "type": "CHECKING", "currency": "CLP", "accountNumber": "000123456789", "accountHolder": "Example SpA" }
    }
  ],
  "duration": 86400,
  "customerRequirements": ["firstName", "email"],
  "owner": { "identityId": "65f0c0ffee65f0c0ffee65f0" },
  "successUrl": "https://shop.example/thanks",
  "failedUrl": "https://shop.example/sorry"
}`,
	Number: func(sample Object, i int) {
		sample["id"], sample["checkoutToken"] = fmt.Sprintf("65f0c0ffee65f0c0ffee%04x", i), fmt.Sprintf("order-%d", i)
		sample["createdAt"] = fmt.Sprintf("2026-11-05T%02d:%02d:%02d.000Z", i/3600, i/60%60, i%60)
	},
	ExampleOutputs: Object{"invoice_status": "ACTIVE", "waiting_tokens": List{"invoice-1001"}},
	ExampleSum:     "49990 CLP",
})

const conomyOwner = "65f1a7c2e4b0d81f3a9c7e21"

var conomyConfig = Object{
	"checkout_token": "invoice-1001", "currency": "CLP", "duration": 86400,
	"items":                   List{Object{"pre_tax_amount": "49990", "total_amount": "49990", "description": "Monthly subscription"}},
	"payment_methods_allowed": List{"ETPAY", "WEBPAY"},
	"destinations":            List{Object{"amount": "49990", "account": Object{"account_number": "9283746501", "type": "CHECKING", "currency": "CLP", "account_holder": "Example SpA"}}},
	"owner":                   Object{"identity_id": conomyOwner},
}
