package descriptor

import (
	"fmt"
	"net/url"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
)

var _ = register(Descriptor{
	Name: "gigs", Title: "Gigs", Documentation: "developers.gigs.com", Order: 3, Sandbox: gigs.New,
	Config:    gigsConfig,
	Change:    Object{"invoice": "inv_0SNlurA049MEWV1QTRqvd18YuG26"},
	PayerData: []string{"Elaine", "Benes", "elaine@", "290.063"},
	IDs:       `(pml|inv)_\w+`,
	Label:     "invoice", PaidRefusal: "The invoice is paid", NeverReturned: []string{"ebanx.user", "ebanx.user_wo", "ebanx.user_wo_version"},
	Scope: &Scope{Attribute: "project", Value: gigs.Project, Path: "/projects/%s/"},
	Shapes: map[string]Object{
		"inv_0SNlurA049MEWV1QTRqvd18YuG25, open": gigsConfig,
		"inv_0SNlurA049MEWV1QTRqvd18YuG27, open": changed(gigsConfig, Object{
			"invoice": "inv_0SNlurA049MEWV1QTRqvd18YuG27", "ebanx.redirect_url": "https://example.com/thanks/${1}/",
		}),
	},

	Operations:  Operations{Create: "create", Get: "get", List: "list"},
	Credentials: Credentials{ProveAccount: true, Secret: []string{"api_key"}},
	List: &ListCall{
		PageSize: 200, PageParameters: []string{"limit", "after"},
		Filters: []Filter{
			{Config: Object{"statuses": List{"completed"}}, Sent: url.Values{"status": {"completed"}}, Shows: []string{"completed"}},
			{Config: Object{"statuses": List{"completed", "active"}}, Sent: url.Values{"status": {"active,completed"}}, Shows: []string{"active", "completed"}},
			{Config: Object{"states": List{"paid", "revoked"}}, Sent: url.Values{"status": {"canceled,completed"}}, Shows: []string{"paid", "revoked"}},
			{Config: Object{"states": List{"expired", "paid"}}, Shows: []string{"paid"}}, // no status means expired
			{Config: Object{"invoice": gigsConfig["invoice"], "project": gigs.Project}, Sent: url.Values{"invoice": {gigsConfig["invoice"].(string)}}, Shows: all},
			{Config: Object{"invoice": "inv_of_nobody"}, Sent: url.Values{"invoice": {"inv_of_nobody"}}},
		},
		BadFilters: []BadFilter{
			{Config: Object{"invoice": ""}, At: "invoice", Word: "Remove the argument"},
			{Config: Object{"project": ""}, At: "project", Word: "Remove the argument"},
			{Config: Object{"project": " "}, At: "project", Word: "Remove the argument"},
			{DataSource: "paymentlinks_gigs_link", Config: Object{"id": "a", "project": "b/c"}, At: "id", Word: "slash"},
			{DataSource: "paymentlinks_gigs_link", Config: Object{"id": "a", "project": ""}, At: "project", Word: "empty"},
		},
		Broken: []BrokenList{{Body: `{"object":"list","items":[],"moreItemsAfter":"pml_1","moreItemsBefore":null}`, Error: "does not end", Calls: 2}},
	},
	IdempotencyKey: true,

	StatusFact: "3.1",
	Statuses:   []string{"active", "canceled", "completed"},
	Lifecycle: lifecycle.Vendor{ // no call ends a link, and links cannot be deleted: a 404 alone proves nothing
		Attributes: "`status`", InitialStatus: "active", OnDestroy: []string{lifecycle.Abandon, lifecycle.Fail},
		Rows: []lifecycle.Row{
			{Statuses: []string{"active"}, State: lifecycle.Open, DestroyStale: lifecycle.NotRevocable, Destroy: lifecycle.NotRevocable},
			{Statuses: []string{"completed"}, State: lifecycle.Paid, DestroyStale: lifecycle.PaidMeanwhile, Destroy: lifecycle.NoCall},
			{Statuses: []string{"canceled"}, State: lifecycle.Revoked, DestroyStale: lifecycle.EndedMeanwhile, Destroy: lifecycle.NoCall},
			{State: lifecycle.Revoked, DestroyStale: lifecycle.NotRevocable, Destroy: lifecycle.NoCall},
			{Statuses: []string{lifecycle.Undocumented}, State: lifecycle.Unknown, DestroyStale: lifecycle.NotRevocable, Destroy: lifecycle.NotRevocable},
		},
		Notes: []string{
			"With `on_destroy = \"fail\"`, destroying or replacing a link that can still be paid is an error in the plan.",
			"A `canceled` link is not replaced automatically, because its invoice may have been settled in another way. A link that is not found counts as deleted only if the list of its project does not contain it either.",
		},
	},

	Odd: map[string]Object{
		"an app's address": {"ebanx": Object{"redirectUrl": "myapp://paid"}}, "no address": {"ebanx": Object{"redirectUrl": "thanks"}}, "a later status": {"status": "paused"},
	},
	OtherMoney: map[string]string{"invoice": `{"other_invoice":true}`},
	Unexpected: []Unexpected{
		{"/createdAt", `1764302400`, ""}, {"/ebanx", `[]`, ""}, {"/ebanx", `"https://shop.example"`, "ebanx"}, {"/ebanx/redirectUrl", `{}`, "ebanx.redirectUrl"}, {"/invoice", `{"id":"inv_1"}`, "invoice"},
		{"/completedAt", `false`, "completedAt"},
	},
	AnswerSwitches: []string{`{}`, `{"omit_nulls":true,"time_form":"words"}`, `{"fractions":true,"extra_fields":true,"trailing_slash":true}`},
	Variants: []Variant{
		{Name: "keys_forgotten", Switches: `{"ignore_idempotency_keys":true}`, ForgetsKeys: true},
		{Name: "without_keys", Settings: Object{"idempotency_keys": false}, NoIdempotencyKey: true},
	},
	Search: func(label, _ string) Search {
		return Search{Path: "/projects/" + gigs.Project + "/paymentLinks", Query: url.Values{"invoice": {label}, "status": {"active"}}, List: "items", Text: `"invoice":"` + label + `"`}
	},

	Sample: `{
  "object": "paymentLink",
  "id": "pml_0SNlurA049MEWV1x2CfC8u8im5xU",
  "canceledAt": null,
  "completedAt": null,
  "createdAt": "2026-11-05T19:38:34Z",
  "ebanx": { "redirectUrl": "https://example.com" },
  "invoice": "inv_0SNlurA049MEWV1QTRqvd18YuG25",
  "paymentUrl": "https://api.ebanx.com/ws/redirect/execute?hash=64f2",
  "status": "active",
  "type": "ebanx"
}`,
	Number: func(sample Object, i int) {
		sample["id"], sample["invoice"] = fmt.Sprintf("pml_0SNlurA049MEWV1x2CfC8u8i%04d", i), fmt.Sprintf("inv_%d", i)
	},
	ExampleOutputs: Object{"subscription_status": "active", "invoice_links": Object{"pml_0SNlurA049MEWV1x2CfC8u8im5xU": "active"}},
	ExampleSum:     "? ?",
})

var gigsConfig = Object{
	"invoice": "inv_0SNlurA049MEWV1QTRqvd18YuG25",
	"ebanx":   Object{"user": Object{"full_name": "Elaine Benes", "email": "elaine@example.com", "tax_number": "290.063.072-03"}},
}
