package conomy

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/functions"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// newItemFunction returns `conomy_item`, which works out the tax of an item.
func newItemFunction() function.Function {
	return functions.New("conomy_item", function.Definition{
		Summary: "Builds an item of a Conomy link and calculates its tax",
		MarkdownDescription: "Calculates the tax and the total of one of the `items` of [`paymentlinks_conomy_link`](../resources/conomy_link.md). Returns the complete item: " +
			"`description`, `pre_tax_amount`, `total_amount` and `tax` with `name`, `type`, `value` and `amount`; `tax` is null if no tax is given. " +
			"`total_amount` is `pre_tax_amount` plus `tax.amount`.\n\n" +
			"All amounts have the decimals that ISO 4217 defines for the currency, and the tax of a `PERCENTAGE` is rounded half up to them: 19 % of `\"42008\"` in `CLP` is `\"7982\"` (7981.52). " +
			"Conomy does not document the scale of a percentage. This function treats it as percent, and passes `value` on unchanged. " +
			"Each item is rounded separately. For a crypto code such as `USDC`, and for the ISO 4217 codes without minor units, nothing is rounded: the amounts have as many decimals as the exact tax needs.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "description", MarkdownDescription: "Description of the item, shown to the payer."},
			function.StringParameter{
				Name:                "pre_tax_amount",
				MarkdownDescription: "Amount before tax as a decimal string, not negative, with no more decimals than the currency has, such as `\"42008\"`.",
			},
			function.StringParameter{
				Name:                "currency",
				MarkdownDescription: "Currency of the link: an ISO 4217 code such as `CLP`, or a crypto code such as `USDC`, in upper case.",
			},
		},
		VariadicParameter: function.MapParameter{ // no object: Pulumi's bridge generates no code for one
			Name: "tax",
			MarkdownDescription: "At most one tax, a map of strings or an object: `name`, such as `IVA`; `type`, `PERCENTAGE` or `FIXED`; and `value`, not negative: how many percent (`\"19\"` is 19 %, `\"0.19\"` is not), " +
				"or the tax itself. Other elements, such as the amount of an earlier item's tax, are ignored. Omit it if there is no tax; `var.tax[*]...` does so if the variable is null.",
			ElementType: types.StringType,
		},
		Return: function.ObjectReturn{AttributeTypes: itemTypes()},
	}, newItem)
}

func newItem(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var description, preTax, currency string
	var taxes []map[string]types.String
	if failure := arguments.Get(ctx, &description, &preTax, &currency, &taxes); failure != nil {
		return nil, failure
	}
	out := item{Description: description}
	failure := out.computeTax(preTax, currency, taxes)
	return out, failure
}

// The positions of conomy_item's arguments, for errors.
const (
	preTaxPosition   = 1
	currencyPosition = 2
	taxPosition      = 3
)

// item is an element of a Conomy link's `items`.
type item struct {
	Description  string   `tfsdk:"description"`
	PreTaxAmount string   `tfsdk:"pre_tax_amount"`
	TotalAmount  string   `tfsdk:"total_amount"`
	Tax          *itemTax `tfsdk:"tax"`
}

type itemTax struct {
	Name   string `tfsdk:"name"`
	Type   string `tfsdk:"type"`
	Value  string `tfsdk:"value"`
	Amount string `tfsdk:"amount"`
}

// currencyScale is what is known about the decimals of a currency. Without minor units nothing says where to round.
type currencyScale struct {
	currency string
	digits   int
	known    bool
}

func (s currencyScale) check(amount decimal.Decimal) error {
	if !s.known {
		return nil
	}
	return money.CheckDecimals(amount, s.currency, s.digits)
}

func (s currencyScale) round(amount decimal.Decimal) decimal.Decimal {
	if !s.known {
		return amount
	}
	return amount.Round(int32(s.digits)) // a half goes up, as no amount is negative
}

// decimals is how many decimals to write: the currency's, else as many as the pre-tax amount was written with and the tax needs.
func (s currencyScale) decimals(preTax, tax decimal.Decimal) int32 {
	if s.known {
		return int32(s.digits)
	}
	_, needed, _ := strings.Cut(tax.String(), ".")
	return max(-preTax.Exponent(), int32(len(needed)))
}

// computeTax fills in the amounts of the item.
func (i *item) computeTax(preTaxText, currency string, taxes []map[string]types.String) *function.FuncError {
	if !money.IsCurrency(currency) && !money.IsCryptoCode(currency) {
		return function.NewArgumentFuncError(currencyPosition, fmt.Sprintf(
			"%s is neither an active ISO 4217 currency code nor a crypto code such as \"USDC\"; write it in upper case, for example \"CLP\"", functions.Quote(currency)))
	}
	digits, known := money.MinorUnits(currency)
	s := currencyScale{currency, digits, known}
	preTax, failure := nonNegativeArgument(preTaxPosition, "pre_tax_amount", preTaxText, s.check)
	if failure != nil {
		return failure
	}
	if len(taxes) > 1 {
		return function.NewArgumentFuncError(taxPosition+1, fmt.Sprintf("%d taxes are given, but an item has at most one", len(taxes)))
	}
	var tax decimal.Decimal
	if len(taxes) == 1 {
		given := taxes[0]
		i.Tax = &itemTax{Name: given["name"].ValueString(), Type: given["type"].ValueString(), Value: given["value"].ValueString()}
		if tax, failure = i.Tax.compute(given, preTax, s); failure != nil {
			return failure
		}
		i.Tax.Amount = tax.StringFixed(s.decimals(preTax, tax))
	}
	i.PreTaxAmount = preTax.StringFixed(s.decimals(preTax, tax))
	i.TotalAmount = preTax.Add(tax).StringFixed(s.decimals(preTax, tax))
	// No part of the item is longer than its total.
	if _, err := money.Parse(i.TotalAmount); err != nil {
		return function.NewArgumentFuncError(preTaxPosition, fmt.Sprintf("the total %s is not a valid amount: %s", functions.Quote(i.TotalAmount), err))
	}
	return nil
}

// compute returns the tax in the currency. given is the argument, which may lack something.
func (t *itemTax) compute(given map[string]types.String, preTax decimal.Decimal, s currencyScale) (decimal.Decimal, *function.FuncError) {
	for _, name := range []string{"name", "type", "value"} {
		if given[name].IsNull() {
			return decimal.Decimal{}, function.NewArgumentFuncError(taxPosition, name+" is missing or null; a tax needs a name, a type and a value")
		}
	}
	switch t.Type {
	case "PERCENTAGE":
		percent, failure := nonNegativeArgument(taxPosition, "value", t.Value, nil)
		return s.round(preTax.Mul(percent).Shift(-2)), failure
	case "FIXED":
		return nonNegativeArgument(taxPosition, "value", t.Value, s.check)
	}
	return decimal.Decimal{}, function.NewArgumentFuncError(taxPosition, fmt.Sprintf("type is %s; allowed are \"PERCENTAGE\" and \"FIXED\"", functions.Quote(t.Type)))
}

// nonNegativeArgument parses a number that is not negative, and that passes the check where there is one.
func nonNegativeArgument(position int64, name, text string, check func(decimal.Decimal) error) (decimal.Decimal, *function.FuncError) {
	number, failure := functions.Amount(position, text)
	if failure != nil {
		return number, failure
	}
	if number.IsNegative() {
		return number, function.NewArgumentFuncError(position, fmt.Sprintf("%s must not be negative, got %s", name, text))
	}
	if check != nil {
		return number, functions.ArgumentError(position, check(number))
	}
	return number, nil
}
