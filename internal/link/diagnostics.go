package link

import (
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// operation is what a failed call was for.
type operation struct {
	verb  string // of the summary
	write bool   // it takes the permission to write
}

var (
	opRead     = operation{verb: "read"}
	opFind     = operation{verb: "find"}
	opImport   = operation{verb: "import"}
	opCreate   = operation{verb: "create", write: true}
	opActivate = operation{verb: "activate", write: true}
	opReplace  = operation{verb: "replace", write: true}
	opRevoke   = operation{verb: "revoke", write: true}
)

func (c *configured[M, L, PM]) errorSummary(op operation) string {
	return "Cannot " + op.verb + " " + c.info.Title + " payment link"
}

// apiError returns a failed call as an error: what the vendor said, what to do about it, and next, which tells what became of
// the link. It stands at the attribute that the vendor names, if any.
func (c *configured[M, L, PM]) apiError(op operation, err error, next string) diag.Diagnostics {
	summary, detail := c.errorSummary(op), c.errorDetail(op, err)
	if next != "" {
		detail += "\n\n" + next
	}
	if failed, ok := rest.AsError(err); ok {
		for _, field := range failed.Fields {
			if at, ok := c.attributePath(field.Pointer); ok {
				return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, summary, detail)}
			}
		}
	}
	return diag.Diagnostics{diag.NewErrorDiagnostic(summary, detail)}
}

// errorDetail describes a failed call. Where the vendor refused the credentials it adds what to do about them: another attempt
// with the same ones would fail in the same way.
func (c *configured[M, L, PM]) errorDetail(op operation, err error) string {
	permission := c.info.ReadPermission
	if op.write {
		permission = c.info.WritePermission
	}
	return describeError(err, c.info.Title, permission)
}

// ReadError returns the error of a failed read, for data sources of the vendor's own; next tells what to do.
func ReadError(info driver.Info, summary string, err error, next string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(summary, describeError(err, info.Title, info.ReadPermission)+"\n\n"+next)
}

// permission is what the vendor documents that the operation takes.
func describeError(err error, title, permission string) string {
	detail := rest.Describe(err)
	failed, ok := rest.AsError(err)
	if !ok {
		return detail
	}
	if tokenError, ok := rest.AsError(failed.Cause); ok { // not sent, because the request for a token failed
		failed = tokenError
	}
	switch {
	case !isCredentialError(failed):
		return detail
	case failed.Status == http.StatusUnauthorized:
		return detail + "\n\n" + title + " rejected the credentials. Check that they are complete, have not expired, and belong to the selected environment."
	case permission != "":
		return detail + "\n\nThese credentials lack permission at " + title + ". Required: " + permission + "."
	}
	return detail + "\n\nThese credentials lack permission at " + title + ". Check their permissions."
}

// isCredentialError reports whether the vendor refused the credentials rather than the request.
func isCredentialError(failed *rest.Error) bool {
	return failed.Status == http.StatusUnauthorized || failed.Status == http.StatusForbidden
}

// warnings turns errors into warnings, for failures after the vendor has acted.
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

// attributePath returns the path of the attribute that a vendor's pointer means ("/payment_link/items/0/vat_rate",
// "ebanx.user.taxNumber"). Leading parts that name no attribute are the vendor's envelope.
func (c *configured[M, L, PM]) attributePath(pointer string) (path.Path, bool) {
	parts := strings.FieldsFunc(pointer, func(r rune) bool { return strings.ContainsRune("/.[]", r) })
	for len(parts) > 0 {
		name := toSnakeCase(parts[0])
		if attribute, ok := c.schema.Attributes[name]; ok {
			return resolvePath(path.Root(name), attribute.GetType(), parts[1:]), true
		}
		parts = parts[1:]
	}
	return path.Empty(), false
}

// resolvePath appends the parts to a path as far as the type has them.
func resolvePath(at path.Path, t attr.Type, parts []string) path.Path {
	if len(parts) == 0 {
		return at
	}
	switch t := t.(type) {
	case attr.TypeWithAttributeTypes:
		name := toSnakeCase(parts[0])
		if nested, ok := t.AttributeTypes()[name]; ok {
			return resolvePath(at.AtName(name), nested, parts[1:])
		}
	case attr.TypeWithElementType:
		if _, ok := t.(basetypes.MapTypable); ok {
			return resolvePath(at.AtMapKey(parts[0]), t.ElementType(), parts[1:])
		}
		_, isList := t.(basetypes.ListTypable)
		if i, err := strconv.Atoi(parts[0]); err == nil && i >= 0 && isList {
			return resolvePath(at.AtListIndex(i), t.ElementType(), parts[1:])
		}
	}
	return at
}

// toSnakeCase converts "taxNumber" to "tax_number".
func toSnakeCase(text string) string {
	var out strings.Builder
	for i, r := range text {
		if unicode.IsUpper(r) && i > 0 {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}

// linkLabel names a link in a message.
func linkLabel(state *driver.Model) string {
	return state.ID.ValueString() + " (" + state.URL.ValueString() + ")"
}
