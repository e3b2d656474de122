package link

import (
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// apiError is a failed call as diagnostics: everything the vendor said, what became of it, and the attribute where the
// vendor names one.
func (a *configured[M, L, PM]) apiError(verb string, err error, next string) diag.Diagnostics {
	summary := "Cannot " + verb + " " + a.info.Title + " payment link"
	detail := a.errorDetail(err, verb != "read" && verb != "import" && verb != "find")
	if next != "" {
		detail += "\n\n" + next
	}
	if failed, ok := rest.AsError(err); ok {
		for _, field := range failed.Fields {
			if at, ok := a.attributePath(field.Pointer); ok {
				return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, summary, detail)}
			}
		}
	}
	return diag.Diagnostics{diag.NewErrorDiagnostic(summary, detail)}
}

// errorDetail is explain and, where the vendor did not take the credentials, what to do about them: another attempt with the
// same ones would end in the same way.
func (a *configured[M, L, PM]) errorDetail(err error, write bool) string {
	right := a.info.ReadPermission
	if write {
		right = a.info.WritePermission
	}
	detail := rest.Describe(err)
	if remedy := credentialAdvice(err, a.info.Title, right); remedy != "" {
		detail += "\n\n" + remedy
	}
	return detail
}

// credentialAdvice is empty where the failure is not about the credentials. right is what the vendor documents that it takes.
func credentialAdvice(err error, title, right string) string {
	failed, ok := rest.AsError(err)
	if ok {
		if token, asked := rest.AsError(failed.Cause); asked { // not sent, because the call for a token failed
			failed = token
		}
	}
	switch {
	case !ok || !isCredentialError(failed):
		return ""
	case failed.Status == http.StatusUnauthorized:
		return title + " does not accept the credentials. Check that they are whole and still valid, and that they belong to the environment in use."
	case right != "":
		return "The credentials may not do that at " + title + ": it takes " + right + ". Use credentials that have it."
	}
	return "The credentials may not do that at " + title + ". Check them, and what they are allowed to do."
}

// isCredentialError: the vendor refuses the credentials, and not what was asked with them.
func isCredentialError(failed *rest.Error) bool {
	return failed.Status == http.StatusUnauthorized || failed.Status == http.StatusForbidden
}

// warnings turns errors into warnings, for what comes after the vendor has acted.
func warnings(diags diag.Diagnostics) diag.Diagnostics {
	var out diag.Diagnostics
	for _, d := range diags {
		if d.Severity() == diag.SeverityError {
			d = diag.NewWarningDiagnostic(d.Summary(), d.Detail())
		}
		out.Append(d)
	}
	return out
}

// attributePath finds the attribute that a vendor's pointer ("/payment_link/items/0/vat_rate", "ebanx.user.taxNumber")
// means. Leading parts that are no attribute are the vendor's envelope.
func (a *configured[M, L, PM]) attributePath(pointer string) (path.Path, bool) {
	parts := strings.FieldsFunc(pointer, func(c rune) bool { return strings.ContainsRune("/.[]", c) })
	for len(parts) > 0 {
		if attribute, ok := a.schema.Attributes[toSnakeCase(parts[0])]; ok {
			at := path.Root(toSnakeCase(parts[0]))
			return resolvePath(at, attribute.GetType(), parts[1:]), true
		}
		parts = parts[1:]
	}
	return path.Empty(), false
}

// resolvePath follows the parts as far as the type goes.
func resolvePath(at path.Path, t attr.Type, parts []string) path.Path {
	if len(parts) == 0 {
		return at
	}
	switch t := t.(type) {
	case attr.TypeWithAttributeTypes:
		if nested, ok := t.AttributeTypes()[toSnakeCase(parts[0])]; ok {
			return resolvePath(at.AtName(toSnakeCase(parts[0])), nested, parts[1:])
		}
	case attr.TypeWithElementType:
		if i, err := strconv.Atoi(parts[0]); err == nil && i >= 0 && isList(t) {
			return resolvePath(at.AtListIndex(i), t.ElementType(), parts[1:])
		}
	}
	return at
}

func isList(t attr.Type) bool { return strings.HasPrefix(t.String(), "types.ListType") }

// toSnakeCase is a vendor's taxNumber as our tax_number.
func toSnakeCase(text string) string {
	var out strings.Builder
	for i, c := range text {
		if unicode.IsUpper(c) && i > 0 {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToLower(c))
	}
	return out.String()
}
