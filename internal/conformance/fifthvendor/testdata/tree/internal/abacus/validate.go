package abacus

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// Validate refuses an amount that cannot be counted in thousandths (contract 4.1).
func (vendor) Validate(_ context.Context, m *model) diag.Diagnostics {
	return money.CheckScaleOf(path.Root("amount"), m.Amount, m.Currency.ValueString(), millDigits)
}

// currencyForm accepts three capital letters. Whether the shop may use it is the vendor's to say (contract 4.2).
func currencyForm() validator.String {
	return tfvalue.StringRule{
		Rule: "must be three capital letters", Summary: "Not a currency", Advice: ", as in EUR", RepeatsValue: true,
		IsValid: func(text string) bool {
			return len(text) == 3 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
		},
	}
}
