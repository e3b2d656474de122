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
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

const iban = "iban"

// Validate refuses nothing: every link that exists can be described.
func (vendor) Validate(context.Context, *model) diag.Diagnostics { return nil }

// ValidateCreate checks the rules of a new link that span attributes: decimals (contract 8.20), redirect (contract 8.14 and 8.15),
// what answers may hide (contract 4.6), schemes and kinds (contract 4.3); and asks about an IBAN that cannot be right (contract 8.22).
func (vendor) ValidateCreate(_ context.Context, m *model) (diags diag.Diagnostics) {
	diags.Append(money.CheckScale(path.Root("amount"), m.Amount, m.Currency.ValueString())...)
	diags.Append(m.validateRedirect()...)
	if payer := tfvalue.Read(m.Payer); payer.IsKnown() {
		diags.Append(requireText(payer, path.Root("payer"), "identification", "A payer")...)
		diags.Append(requireText(payer, path.Root("payer"), "label", "A payer")...)
	}
	for _, holder := range m.identities() {
		identity, at := tfvalue.Read(holder.identity), path.Root(holder.name)
		diags.Append(requireIdentity(identity, at)...)
		diags.Append(warnScheme(identity, at)...)
	}
	diags.Append(warnIBAN(tfvalue.Read(m.Beneficiary), path.Root("beneficiary"))...)
	return append(diags, warnIBAN(tfvalue.Read(m.Payer), path.Root("payer"))...)
}

func (m *model) validateRedirect() (diags diag.Diagnostics) {
	at := path.Root("redirect_uri")
	uri := m.RedirectURI.ValueString()
	switch redirect := hasRedirect(m.Redirect, m.RedirectURI); {
	case redirect.IsUnknown():
	case redirect.ValueBool():
		if uri == "" && !m.RedirectURI.IsUnknown() {
			diags.AddAttributeError(at, "Missing redirect URI", "With `redirect = true`, the link requires `redirect_uri`.")
		}
	default:
		for name, value := range map[string]types.String{"redirect_uri": m.RedirectURI, "redirect_state": m.RedirectState} {
			if value.ValueString() != "" {
				diags.AddAttributeError(path.Root(name), "Redirect is switched off",
					fmt.Sprintf("`%s` has no effect without a redirect, and Powens may drop it. Remove it, or set `redirect_uri` and do not set `redirect` to `false`.", name))
			}
		}
	}
	u, err := url.Parse(uri)
	switch {
	case uri == "":
	case err != nil || !u.IsAbs():
		diags.AddAttributeError(at, "Invalid URL", "`redirect_uri` must be an absolute URL, such as https://shop.example.com/thanks.")
	case u.RawQuery != "" || u.ForceQuery:
		diags.AddAttributeWarning(at, "Redirect URI with a query", "Powens documents redirect URIs without a query (`?`), and adds its own. Use `redirect_state` to tell payments apart. The value is sent unchanged.")
	}
	return diags
}

// requireIdentity follows the matrix of kinds (contract 4.4). Nothing is known of a kind that it does not name.
func requireIdentity(identity tfvalue.Reader, at path.Path) (diags diag.Diagnostics) {
	kind := cmp.Or(identity.Text("kind"), individual)
	switch {
	case !identity.IsKnown() || identity.String("kind").IsUnknown() || kinds()[kind] == nil:
		return nil
	case kind != individual:
		diags.Append(requireText(identity, at, "scheme_name", "An organisation")...)
		return append(diags, requireText(identity, at, "identification", "An organisation")...)
	}
	diags.Append(requireText(identity, at, "first_name", "An individual")...)
	diags.Append(requireText(identity, at, "last_name", "An individual")...)
	if identity.Text("identification") != "" {
		diags.Append(requireText(identity, at, "scheme_name", "An `identification`")...)
	}
	return diags
}

// requireText refuses an object without one of its texts. who is the subject of the error's sentence.
func requireText(object tfvalue.Reader, at path.Path, name, who string) (diags diag.Diagnostics) {
	if value := object.String(name); !value.IsUnknown() && value.ValueString() == "" {
		diags.AddAttributeError(at.AtName(name), "Missing "+name, fmt.Sprintf("%s in a new link requires `%s` (in `%s`).", who, name, at))
	}
	return diags
}

// warnScheme warns of a scheme that does not suit the kind. The scheme is sensitive, so the text does not repeat it.
func warnScheme(identity tfvalue.Reader, at path.Path) (diags diag.Diagnostics) {
	kind, scheme := cmp.Or(identity.Text("kind"), individual), identity.Text("scheme_name")
	if suiting := kinds()[kind]; !identity.String("kind").IsUnknown() && suiting != nil && isScheme(scheme) && !slices.Contains(suiting, scheme) {
		diags.AddAttributeWarning(at.AtName("scheme_name"), "Scheme does not match the kind",
			fmt.Sprintf("`scheme_name` (in `%s`) is not a scheme that Powens documents for the kind `%s`: %s. The value is sent unchanged.", at, kind, strings.Join(suiting, ", ")))
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
	diags.AddAttributeWarning(at.AtName("identification"), "IBAN may be invalid",
		fmt.Sprintf("`identification` (in `%s`) is not an IBAN in capital letters and digits, without spaces, with correct check digits. "+
			"The value is sent unchanged; Powens may reject it, or return it in another form.", at))
	return diags
}

var ibanPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$`) })

// isIBAN checks form and check digits (ISO 13616): the number, turned round and in digits, leaves 1 modulo 97.
func isIBAN(text string) bool {
	if !ibanPattern().MatchString(text) {
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

// identityValidators returns the rules of one field of an Identity, besides its length. They warn: an imported link may break them.
func identityValidators(name string) []validator.String {
	var rule string
	var isValid func(string) bool
	switch name {
	case "scheme_name":
		rule, isValid = "should be one that Powens documents: "+strings.Join(schemes(), ", "), isScheme
	case "birth_date":
		rule, isValid = "should be a date as YYYY-MM-DD", isDate
	case "birth_country":
		rule, isValid = "should be two capital letters, as in ISO 3166-1", isCountry
	default:
		return nil
	}
	return []validator.String{tfvalue.StringRule{ // of a sensitive text; "" is a text left out
		Rule: rule, Summary: "Check the " + strings.ReplaceAll(name, "_", " "), Warns: true,
		IsValid: func(text string) bool { return text == "" || isValid(text) },
	}}
}

func schemes() []string {
	suiting := slices.Collect(maps.Values(kinds()))
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(suiting...))))
}

func isCountry(text string) bool {
	return len(text) == 2 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
