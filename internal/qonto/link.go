package qonto

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
)

// vendor is what is special about the life of Qonto's links.
type vendor struct{}

var (
	_ link.Vendor[model, Link]    = vendor{}
	_ link.CreateValidator[model] = vendor{}
	_ link.Verifier[model, Link]  = vendor{}
	_ link.StateTimer[model]      = vendor{}
	_ link.DisplayNamer[Link]     = vendor{}
)

// Entry is Qonto's line in the provider.
var Entry = link.Registration{
	Settings:  object,
	Connect:   connect,
	Resources: []func() resource.Resource{link.NewResource[model, Link](vendor{})},
	DataSources: []func() datasource.DataSource{
		link.NewDataSource[model, Link](vendor{}), link.NewListDataSource[model, Link](vendor{}), newConnection, newMethods, newPayments,
	},
	Lister: link.NewLinkLister[model, Link](vendor{}),
	Lists:  []func() list.ListResource{link.NewListResource[model, Link](vendor{})},
	Actions: []func() action.Action{link.NewAction[model, Link](vendor{}, link.ActionSpec{
		Kind: link.ActionRevoke,
		Verb: "deactivate",
		Description: "Ends an open payment link at [Qonto](https://docs.qonto.com/api-reference/business-api/getting-paid/payment-links), whatever the plan. " +
			"It may be repeated. The next plan of a managed link finds it revoked, and does what its `replace_when` says.",
	})},
}

func (vendor) Info() link.Info {
	return link.Info{
		Name:  "qonto",
		Title: "Qonto",
		Description: "A payment link at [Qonto](https://docs.qonto.com/api-reference/business-api/getting-paid/payment-links): " +
			"a basket (`items`) or an invoice (`invoice_id`). A link cannot be changed: every change of an argument makes a new link and deactivates the old one.",
		ConfigurationHint: "Add `qonto = {}` with its settings to the provider block, or set QONTO_ACCESS_TOKEN or QONTO_TOKEN_FILE.",
		ReadPermission:    "the scope `payment_link.read`",
		WritePermission:   "the scope `payment_link.write`",
		Revocable:         true,
		ReplaceWhen:       []link.State{link.Revoked},
		CheckID:           link.ValidateUUID, // rows 26, 29
		Filters:           filters,
		Amount:            "amount.value",
		Currency:          "amount.currency",
	}
}

// The statuses in which somebody can pay, or is paying (3.1).
const (
	statusOpen       = "open"
	statusProcessing = "processing"
)

// State follows 3.1.
func (vendor) State(l Link, _ time.Time) link.State {
	switch l.Status {
	case statusOpen:
		return link.Open
	case statusProcessing:
		return link.Processing
	case "paid":
		return link.Paid
	case "expired":
		return link.Expired
	case "canceled":
		return link.Revoked
	}
	return link.Unknown
}

// StateSince: only an expired link says when (2.0).
func (vendor) StateSince(state *model) string {
	if state.State.ValueString() == string(link.Expired) {
		return state.ExpirationDate.ValueString()
	}
	return ""
}

// Name is the invoice's number, or what is sold. The debitor's name would say more, and is for nobody else's eyes.
func (vendor) Name(l Link) []string {
	subject := l.InvoiceNumber
	if len(l.Items) > 0 {
		subject = l.Items[0].Title
	}
	return []string{subject, l.Amount.Value + " " + l.Amount.Currency}
}

func (vendor) Created(l Link) time.Time {
	t, err := time.Parse(time.RFC3339, l.CreatedAt)
	if err != nil {
		return time.Time{}
	}
	return t
}

// ValidateCreate: a new invoice link needs its debitor's name. An imported one has it, although generated configuration cannot
// show it.
func (vendor) ValidateCreate(_ context.Context, config *model) (diags diag.Diagnostics) {
	if config.Items.IsNull() && !config.DebitorName.IsUnknown() && config.DebitorName.ValueString() == "" {
		diags.AddAttributeError(path.Root("debitor_name"), "Missing debitor name",
			"A new invoice link needs `debitor_name`, the name of the customer who owes the invoice.")
	}
	return diags
}

// Verify checks the gross that Qonto computed against ours, and against what the configuration expects: a wrong unit of
// vat_rate would otherwise collect many times the amount, or a fraction of it (row 1).
func (vendor) Verify(_ context.Context, plan *model, l Link) (diags diag.Diagnostics) {
	if plan.Items.IsNull() {
		return nil
	}
	answered, err := decimal.NewFromString(l.Amount.Value)
	if err != nil {
		diags.AddAttributeError(path.Root("amount"), "Cannot check the gross of the new Qonto payment link",
			fmt.Sprintf("Qonto answered the amount %q, which is no number. The link %s was deactivated again, and nothing is in state. Apply again; should it stay so, ask Qonto.", l.Amount.Value, l.ID))
		return diags
	}
	expected, tolerance, ok := gross(plan.Items)
	if ok && answered.Sub(expected).Abs().GreaterThan(tolerance) {
		diags.AddAttributeError(path.Root("items"), "Wrong gross on the new Qonto payment link",
			fmt.Sprintf("The items come to %s EUR with VAT, but Qonto made it %s EUR. The link %s was deactivated again, and nothing is in state. "+
				"Most likely Qonto reads `vat_rate` in another unit: check `vat_rate_unit` in the provider's `qonto` object (percent or fraction).",
				expected.StringFixed(2), answered.StringFixed(2), l.ID))
		return diags
	}
	written, _ := amountParts(plan.Amount)
	if want, ok := written.Exact(); ok && !want.Equal(answered) {
		diags.AddAttributeError(path.Root("amount").AtName("value"), "Other gross than expected on the new Qonto payment link",
			fmt.Sprintf("`amount` expects %s EUR, but Qonto made it %s EUR. The link %s was deactivated again, and nothing is in state. Correct `amount`, or leave it out.",
				want.StringFixed(2), answered.StringFixed(2), l.ID))
	}
	return diags
}
