// Package functions holds the provider functions that belong to no vendor, and what those of a vendor share with them. None needs
// credentials. Each file decides what one function
// returns and which arguments it refuses; this one holds what they share.
//
// Terraform puts an error into a sentence of its own ("Invalid value for "amount" parameter: … ."), so that the texts here neither
// begin with a capital letter nor end in a full stop. No text repeats more of an argument than is needed to find it.
package functions

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// All returns the constructors of the functions that belong to no vendor.
func All() []func() function.Function {
	return []func() function.Function{minorUnits, majorUnits, qrSVG}
}

// New returns a function. run reads its arguments and returns its result.
func New(name string, definition function.Definition, run func(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError)) function.Function {
	return provided{name, definition, run}
}

type provided struct {
	name       string
	definition function.Definition
	run        func(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError)
}

func (p provided) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = p.name
}

func (p provided) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = p.definition
}

func (p provided) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var result any
	if result, resp.Error = p.run(ctx, req.Arguments); resp.Error == nil {
		resp.Error = resp.Result.Set(ctx, result)
	}
}

// currencyParameter is the one that the functions about minor units share.
func currencyParameter() function.StringParameter {
	return function.StringParameter{
		Name:                "currency",
		MarkdownDescription: "Currency, an active ISO 4217 code in upper case that has minor units, such as `EUR`.",
	}
}

// Amount parses the argument at the position as an amount.
func Amount(position int64, text string) (decimal.Decimal, *function.FuncError) {
	amount, err := money.Parse(text)
	if err != nil {
		return amount, function.NewArgumentFuncError(position, fmt.Sprintf(
			"%s is not an exact decimal number: %s. Use digits with at most one point, for example \"10.50\"", Quote(text), err))
	}
	return amount, nil
}

// ArgumentError returns err as an error about the argument at the position; nil for nil.
func ArgumentError(position int64, err error) *function.FuncError {
	if err == nil {
		return nil
	}
	return function.NewArgumentFuncError(position, err.Error())
}

// Quote puts a text into quotes, shortened: it may be a whole file.
func Quote(text string) string {
	const maxQuoted = 60
	if runes := []rune(text); len(runes) > maxQuoted {
		text = string(runes[:maxQuoted]) + "…"
	}
	return strconv.Quote(text)
}
