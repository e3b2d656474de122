package functions

import (
	"context"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

func minorUnits() function.Function {
	return New("minor_units", function.Definition{
		Summary: "Converts an amount to minor units",
		MarkdownDescription: "Converts an amount to the currency's minor units, exactly: `\"10.50\"` in `EUR` is `1050`, `\"1500\"` in `JPY` is `1500`, `\"1.234\"` in `KWD` is `1234`. " +
			"Returns a whole number.\n\n" +
			"The number of decimals is that of ISO 4217. Nothing is rounded: an amount with more decimals than the currency has is an error, unless they are zeros.",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name:                "amount",
				MarkdownDescription: "Amount as a decimal string, at most 40 digits, such as `\"10.50\"`; negative for a discount.",
			},
			currencyParameter(),
		},
		Return: function.NumberReturn{},
	}, toMinorUnits)
}

func toMinorUnits(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var text, currency string
	if failure := arguments.Get(ctx, &text, &currency); failure != nil {
		return nil, failure
	}
	amount, failure := Amount(0, text)
	if failure != nil {
		return nil, failure
	}
	digits, err := money.MinorUnitsOrError(currency)
	if err != nil {
		return nil, ArgumentError(1, err)
	}
	return new(big.Float).SetInt(money.ToMinorUnits(amount, digits)), ArgumentError(0, money.CheckDecimals(amount, currency, digits))
}

func majorUnits() function.Function {
	return New("major_units", function.Definition{
		Summary: "Converts minor units to an amount",
		MarkdownDescription: "Converts a number of minor units to an amount, exactly and with the currency's decimals: `1050` in `EUR` is `\"10.50\"`, `1500` in `JPY` is `\"1500\"`, `1234` in `KWD` is `\"1.234\"`. " +
			"Returns a decimal string, as used for the amounts of links.\n\n" +
			"The number of decimals is that of ISO 4217. The reverse is [`minor_units`](minor_units.md).",
		Parameters: []function.Parameter{
			function.NumberParameter{
				Name:                "units",
				MarkdownDescription: "Number of minor units: a whole number of at most 40 digits; negative for a discount.",
			},
			currencyParameter(),
		},
		Return: function.StringReturn{},
	}, toMajorUnits)
}

func toMajorUnits(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var number *big.Float
	var currency string
	if failure := arguments.Get(ctx, &number, &currency); failure != nil {
		return nil, failure
	}
	units, err := money.WholeNumber(number)
	if err != nil {
		return nil, function.NewArgumentFuncError(0, fmt.Sprintf("%s: %s; minor units are counted in whole numbers of at most %d digits", numberText(number), err, money.MaxDigits))
	}
	digits, err := money.MinorUnitsOrError(currency)
	if err != nil {
		return nil, ArgumentError(1, err)
	}
	return money.FromMinorUnits(units, digits), nil
}

// numberText is the number for a person, unless it is too long to be written out.
func numberText(number *big.Float) string {
	const bits = 200
	if exponent := number.MantExp(nil); exponent > bits || exponent < -bits {
		return "the number"
	}
	return number.Text('g', 30)
}
