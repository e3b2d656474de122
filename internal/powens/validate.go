package powens

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

const iban = "iban"

// Validate checks the rules that span attributes: decimals (contract 8.20), redirect (contract 8.14 and 8.15), schemes
// and kinds (contract 4.3), and asks about an IBAN that cannot be right (contract 8.22).
func (vendor) Validate(_ context.Context, m *model) (diags diag.Diagnostics) {
	diags.Append(money.CheckScale(path.Root("amount"), m.Amount, m.Currency.ValueString())...)
	diags.Append(m.validateRedirect()...)
	for _, holder := range m.identities() {
		diags.Append(validateScheme(tfvalue.Read(holder.identity), path.Root(holder.name))...)
	}
	diags.Append(warnIBAN(tfvalue.Read(m.Beneficiary), path.Root("beneficiary"))...)
	return append(diags, warnIBAN(tfvalue.Read(m.Payer), path.Root("payer"))...)
}

func (m *model) validateRedirect() (diags diag.Diagnostics) {
	at := path.Root("redirect_uri")
	uri := m.RedirectURI.ValueString()
	switch redirect := m.hasRedirect(); {
	case redirect.IsUnknown():
	case redirect.ValueBool():
		if uri == "" && !m.RedirectURI.IsUnknown() {
			diags.AddAttributeError(at, "Missing redirect URI", "With `redirect` the link needs `redirect_uri`, where the payer is sent at the end.")
		}
	default:
		for name, value := range map[string]types.String{"redirect_uri": m.RedirectURI, "redirect_state": m.RedirectState} {
			if value.ValueString() != "" {
				diags.AddAttributeError(path.Root(name), "A redirect that is switched off",
					fmt.Sprintf("`%s` means nothing without a redirect, and Powens may forget it. Leave it out, or set `redirect_uri` and have `redirect` true or left out.", name))
			}
		}
	}
	if u, err := url.Parse(uri); uri != "" && (err != nil || !u.IsAbs()) {
		diags.AddAttributeError(at, "Not an address", "`redirect_uri` must be a whole URL, such as https://shop.example.com/thanks.")
	}
	return diags
}

// validateScheme refuses a scheme that does not suit the kind. The scheme is sensitive, so the text does not repeat it.
func validateScheme(identity tfvalue.Reader, at path.Path) (diags diag.Diagnostics) {
	kind, scheme := identity.String("kind"), identity.String("scheme_name")
	if kind.IsUnknown() || !isScheme(scheme.ValueString()) {
		return nil
	}
	name := cmp.Or(kind.ValueString(), individual)
	suiting, ok := kinds()[name]
	if ok && !slices.Contains(suiting, scheme.ValueString()) {
		diags.AddAttributeError(at.AtName("scheme_name"), "A scheme that does not suit the kind",
			fmt.Sprintf("`scheme_name` (in `%s`) names no scheme of the kind `%s`. Use one of %s.", at, name, strings.Join(suiting, ", ")))
	}
	return diags
}

func isScheme(name string) bool { return slices.Contains(schemes(), name) }

// warnIBAN asks, and does not refuse: what Powens takes is not documented. The number is not repeated, as it may be a payer's.
func warnIBAN(account tfvalue.Reader, at path.Path) (diags diag.Diagnostics) {
	number := account.Text("identification")
	if account.Text("scheme_name") != iban || number == "" || isIBAN(number) {
		return nil
	}
	diags.AddAttributeWarning(at.AtName("identification"), "Is this an IBAN?",
		fmt.Sprintf("`identification` (in `%s`) is not an IBAN in its plain form (capital letters and digits without blanks) whose check digits are right. "+
			"It is sent as it is written; Powens may refuse it, or answer it in another form.", at))
	return diags
}

var ibanPattern = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$`)

// isIBAN checks form and check digits (ISO 13616): the number, turned round and in digits, leaves 1 modulo 97.
func isIBAN(text string) bool {
	if !ibanPattern.MatchString(text) {
		return false
	}
	rest := 0
	for _, c := range text[4:] + text[:4] {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest == 1
}

// identityValidators returns the rules of one field of an Identity, besides its length.
func identityValidators(name string) []validator.String {
	var rule string
	var isValid func(string) bool
	switch name {
	case "scheme_name":
		rule, isValid = "must be one of "+strings.Join(schemes(), ", "), isScheme
	case "birth_date":
		rule, isValid = "must be a date as YYYY-MM-DD", isDate
	case "birth_country":
		rule, isValid = "must be two capital letters, as in ISO 3166-1", isCountry
	default:
		return nil
	}
	return []validator.String{tfvalue.StringRule{ // of a sensitive text; "" is a text left out
		Rule: rule, Summary: "Not a " + strings.ReplaceAll(name, "_", " "),
		IsValid: func(text string) bool { return text == "" || isValid(text) },
	}}
}

func schemes() []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(slices.Collect(maps.Values(kinds()))...))))
}

func isCountry(text string) bool {
	return len(text) == 2 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
