package powens

import (
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
)

const iban = "iban"

// Validate checks the rules that span attributes: decimals (row 20), redirect (rows 14 and 15), schemes and kinds (4.2),
// and asks about an IBAN that cannot be right (row 22).
func (vendor) Validate(_ context.Context, m *model) (diags diag.Diagnostics) {
	diags.Append(money.CheckScale(path.Root("amount"), m.Amount, m.Currency.ValueString())...)
	diags.Append(m.validateRedirect()...)
	for _, holder := range m.identities() {
		diags.Append(validateScheme(holder.identity, path.Root(holder.name))...)
	}
	diags.Append(warnIBAN(m.Beneficiary, path.Root("beneficiary"))...)
	return append(diags, warnIBAN(m.Payer, path.Root("payer"))...)
}

func (m *model) validateRedirect() (diags diag.Diagnostics) {
	at := path.Root("redirect_uri")
	uri := m.RedirectURI.ValueString()
	switch m.redirects() {
	case yes:
		if uri == "" && !m.RedirectURI.IsUnknown() {
			diags.AddAttributeError(at, "Missing redirect URI", "With `redirect` the link needs `redirect_uri`, where the payer is sent at the end.")
		}
	case no:
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

// validateScheme: a scheme suits some kinds only. The scheme is sensitive, so the text does not repeat it.
func validateScheme(o types.Object, at path.Path) (diags diag.Diagnostics) {
	kind, scheme := text(o, "kind"), text(o, "scheme_name")
	if kind.IsUnknown() || scheme.IsUnknown() || scheme.ValueString() == "" || !knownScheme(scheme.ValueString()) {
		return nil
	}
	name := kind.ValueString()
	if kind.IsNull() {
		name = individual
	}
	suiting, ok := kinds()[name]
	if ok && !slices.Contains(suiting, scheme.ValueString()) {
		diags.AddAttributeError(at.AtName("scheme_name"), "A scheme that does not suit the kind",
			fmt.Sprintf("`scheme_name` (in `%s`) names no scheme of the kind `%s`. Use one of %s.", at, name, strings.Join(suiting, ", ")))
	}
	return diags
}

func knownScheme(name string) bool {
	for _, suiting := range kinds() {
		if slices.Contains(suiting, name) {
			return true
		}
	}
	return false
}

// warnIBAN asks, and does not refuse: what Powens takes is not documented. The number is not repeated, as it may be a payer's.
func warnIBAN(o types.Object, at path.Path) (diags diag.Diagnostics) {
	number := text(o, "identification")
	if text(o, "scheme_name").ValueString() != iban || number.IsUnknown() || number.ValueString() == "" || isIBAN(number.ValueString()) {
		return nil
	}
	diags.AddAttributeWarning(at.AtName("identification"), "Is this an IBAN?",
		fmt.Sprintf("`identification` (in `%s`) is not an IBAN in its plain form (capital letters and digits without blanks) whose check digits are right. "+
			"It is sent as it is written; Powens may refuse it, or answer it in another form.", at))
	return diags
}

var ibanForm = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$`)

// isIBAN checks form and check digits (ISO 13616): the number, turned round and in digits, leaves 1 modulo 97.
func isIBAN(text string) bool {
	if !ibanForm.MatchString(text) {
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

// checks are the rules of single fields of an Identity, besides their length.
func checks(name string) []validator.String {
	switch name {
	case "scheme_name":
		return []validator.String{textThat{"must be one of " + strings.Join(schemes(), ", "), knownScheme}}
	case "birth_date":
		return []validator.String{textThat{"must be a date as YYYY-MM-DD", isDate}}
	case "birth_country":
		return []validator.String{textThat{"must be two capital letters, as in ISO 3166-1", isCountry}}
	}
	return nil
}

func schemes() []string {
	out := map[string]bool{}
	for _, suiting := range kinds() {
		for _, name := range suiting {
			out[name] = true
		}
	}
	return slices.Sorted(maps.Keys(out))
}

func isCountry(text string) bool {
	return len(text) == 2 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// textThat checks a sensitive text, which its errors do not repeat. "" is a text left out.
type textThat struct {
	rule  string
	holds func(string) bool
}

func (v textThat) Description(context.Context) string { return "value " + v.rule }

func (v textThat) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v textThat) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.ValueString() != "" && !v.holds(req.ConfigValue.ValueString()) {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a "+strings.ReplaceAll(last(req.Path), "_", " "), req.Path.String()+": the value "+v.rule+".")
	}
}

func last(at path.Path) string {
	steps := at.Steps()
	return steps[len(steps)-1].String()
}
