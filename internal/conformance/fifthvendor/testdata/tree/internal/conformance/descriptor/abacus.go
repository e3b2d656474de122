package descriptor

import (
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/abacus"
)

var _ = register(Descriptor{
	Name: "abacus", Title: "Abacus", Documentation: "abacus.example", Order: 5, Sandbox: abacus.New,
	Config: abacusConfig,
	Change: Object{"metadata": Object{"order": "43"}},
	IDs:    `48\d{4}\b`, Label: "title", Amount: "12.505", Currency: "EUR", Lifetime: 72 * time.Hour,
	Shapes: map[string]Object{
		"Tea for two, 12.505 EUR": abacusConfig,
		"Points, 3 PTS":           {"title": templateText, "amount": "3", "currency": "PTS", "hours": 48},
	},

	Operations:     Operations{Create: "create", Get: "get"},
	Credentials:    Credentials{Secret: []string{"key"}},
	IdempotencyKey: true,

	StatusFact: "3.1",
	Statuses:   []string{"live", "settling", "settled", "lapsed"},
	Lifecycle: lifecycle.Vendor{ // no call ends a link
		Attributes: "`status`", InitialStatus: "live",
		ReplaceWhen: []lifecycle.State{lifecycle.Revoked, lifecycle.Expired}, OnDestroy: []string{lifecycle.Abandon, lifecycle.Fail},
		Rows: []lifecycle.Row{
			{Statuses: []string{"live"}, State: lifecycle.Open, DestroyStale: lifecycle.NotRevocable, Destroy: lifecycle.NotRevocable},
			{Statuses: []string{"settling"}, State: lifecycle.Processing, DestroyStale: lifecycle.NotRevocable, Destroy: lifecycle.NotRevocable},
			{Statuses: []string{"settled"}, State: lifecycle.Paid, DestroyStale: lifecycle.PaidMeanwhile, Destroy: lifecycle.NoCall},
			{Statuses: []string{"lapsed"}, State: lifecycle.Expired, DestroyStale: lifecycle.EndedMeanwhile, Destroy: lifecycle.NoCall},
			{State: lifecycle.Revoked, DestroyStale: lifecycle.NotRevocable, Destroy: lifecycle.NoCall},
			{Statuses: []string{lifecycle.Undocumented}, State: lifecycle.Unknown, DestroyStale: lifecycle.NotRevocable, Destroy: lifecycle.NotRevocable},
		},
		Notes: []string{"A link that nobody pays lapses after its `hours`."},
	},

	Maps:           []string{"metadata"},
	AnswerSwitches: []string{`{}`, `{"null_metadata":true}`},
	OtherMoney:     map[string]string{"amount": `{"inflated":true}`, "currency": `{"other_currency":true}`},
	Unexpected:     []Unexpected{{"/hours", `"72"`, ""}, {"/mills", `"1.2505e4"`, ""}, {"/metadata", `["order"]`, "metadata"}},

	Sample: `{
  "number": 480012, "page": "https://pay.abacus.example/480012", "title": "Tea for two", "mills": 12505, "currency": "EUR",
  "metadata": {"order": "42"}, "hours": 72, "status": "live", "made": 1767603600, "ends": 4921203600
}`,
	IDKey:          "number",
	Number:         func(sample Object, i int) { sample["number"] = 480000 + i },
	ExampleOutputs: Object{"tea_status": "live"},
})

var abacusConfig = Object{"title": "Tea for two", "amount": "12.505", "currency": "EUR", "metadata": Object{"order": "42", "shop": "Lisboa"}}
