package link

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// failure is a failed call as diagnostics: everything the vendor said, what became of it, and the attribute where the
// vendor names one.
func (a *access[M, L, PM]) failure(verb string, err error, next string) diag.Diagnostics {
	summary := "Cannot " + verb + " " + a.about.Title + " payment link"
	detail := explain(err)
	if next != "" {
		detail += "\n\n" + next
	}
	if failed, ok := rest.AsError(err); ok {
		for _, field := range failed.Fields {
			if at, ok := a.attribute(field.Pointer); ok {
				return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, summary, detail)}
			}
		}
	}
	return diag.Diagnostics{diag.NewErrorDiagnostic(summary, detail)}
}

// explain is all that is known about an error, over several lines where the vendor said several things.
func explain(err error) string {
	if failed, ok := rest.AsError(err); ok {
		return failed.Detail()
	}
	return err.Error()
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

// attribute finds the attribute that a vendor's pointer ("/payment_link/items/0/vat_rate", "ebanx.user.taxNumber")
// means. Leading parts that are no attribute are the vendor's envelope.
func (a *access[M, L, PM]) attribute(pointer string) (path.Path, bool) {
	parts := strings.FieldsFunc(pointer, func(c rune) bool { return strings.ContainsRune("/.[]", c) })
	for len(parts) > 0 {
		if attribute, ok := a.schema.Attributes[snake(parts[0])]; ok {
			at := path.Root(snake(parts[0]))
			return descend(at, attribute.GetType(), parts[1:]), true
		}
		parts = parts[1:]
	}
	return path.Empty(), false
}

// descend follows the parts as far as the type goes.
func descend(at path.Path, t attr.Type, parts []string) path.Path {
	if len(parts) == 0 {
		return at
	}
	switch t := t.(type) {
	case attr.TypeWithAttributeTypes:
		if nested, ok := t.AttributeTypes()[snake(parts[0])]; ok {
			return descend(at.AtName(snake(parts[0])), nested, parts[1:])
		}
	case attr.TypeWithElementType:
		if i, err := strconv.Atoi(parts[0]); err == nil && i >= 0 && isList(t) {
			return descend(at.AtListIndex(i), t.ElementType(), parts[1:])
		}
	}
	return at
}

func isList(t attr.Type) bool { return strings.HasPrefix(t.String(), "types.ListType") }

// snake is a vendor's taxNumber as our tax_number.
func snake(text string) string {
	var out strings.Builder
	for i, c := range text {
		if unicode.IsUpper(c) && i > 0 {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToLower(c))
	}
	return out.String()
}
