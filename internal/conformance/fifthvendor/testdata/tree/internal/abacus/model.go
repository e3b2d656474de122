package abacus

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// model is a link as Terraform holds it.
type model struct {
	driver.Model
	Title     types.String      `tfsdk:"title"`
	Amount    money.Decimal     `tfsdk:"amount"`
	Currency  types.String      `tfsdk:"currency"`
	Metadata  types.Map         `tfsdk:"metadata"`
	Hours     types.Number      `tfsdk:"hours"`
	Status    types.String      `tfsdk:"status"`
	CreatedAt tfvalue.Timestamp `tfsdk:"created_at"`
	ExpiresAt tfvalue.Timestamp `tfsdk:"expires_at"`
}

// Model maps an answer.
func (vendor) Model(l Link) model {
	return model{
		Model:     driver.Model{ID: tfvalue.StringOrNull(l.Number.String()), URL: tfvalue.StringOrNull(l.Page)},
		Title:     tfvalue.StringOrNull(l.Title),
		Amount:    amount(l.Mills),
		Currency:  tfvalue.StringOrNull(l.Currency),
		Metadata:  stringMap(l.Metadata),
		Hours:     money.NumberFromJSON(l.Hours),
		Status:    tfvalue.StringOrNull(l.Status),
		CreatedAt: timestamp(l.Made),
		ExpiresAt: timestamp(l.Ends),
	}
}

// MoneyTerms compares amount and currency: a new link of other money than its plan is an error.
func (vendor) MoneyTerms(plan, answer *model) []driver.MoneyTerm {
	return []driver.MoneyTerm{
		{Kind: driver.MoneyAmount, Attribute: path.Root("amount"), Asked: plan.Amount.ValueString(), Answered: answer.Amount.ValueString()},
		{Kind: driver.MoneyCurrency, Attribute: path.Root("currency"), Asked: plan.Currency.ValueString(), Answered: answer.Currency.ValueString()},
	}
}

// millDigits is how many decimals an amount may have: whatever the currency, Abacus counts in thousandths (contract 4.1).
const millDigits = 3

// amount returns a count of thousandths as an amount. A count with decimals, which no document knows, keeps them.
func amount(mills *money.Number) money.Decimal {
	if mills == nil {
		return money.DecimalNull()
	}
	number := mills.Shift(-millDigits)
	return money.NewDecimal(number.StringFixed(max(millDigits, -number.Exponent())))
}

// moment returns a count of seconds since 1970 as a time (contract 4.3); zero for none.
func moment(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

func timestamp(seconds int64) tfvalue.Timestamp {
	if seconds == 0 {
		return tfvalue.TimestampOrNull("")
	}
	return tfvalue.TimestampOrNull(moment(seconds).Format(time.RFC3339))
}

// stringMap returns the map of an answer. An empty map is null.
func stringMap(texts map[string]string) types.Map {
	if len(texts) == 0 {
		return types.MapNull(types.StringType)
	}
	elements := make(map[string]attr.Value, len(texts))
	for key, text := range texts {
		elements[key] = types.StringValue(text)
	}
	return types.MapValueMust(types.StringType, elements)
}
