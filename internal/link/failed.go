package link

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// mayExist is the error of a create that may have left a link behind: what could be it, and how to take it over.
func (r *Resource[M, L, PM]) mayExist(err error, seen []found[L], lookErr error) diag.Diagnostics {
	detail := "The request was sent, but no answer says what became of it: a payment link may exist at " + r.info.Title + " that this state does not know.\n\n" + errorText(err)
	switch {
	case lookErr != nil:
		detail += "\n\nLooking for it failed too: " + r.errorDetail(lookErr, false)
	case len(seen) == 0:
		detail += "\n\nThe list of links, looked at right after, shows none with this content. It may still appear."
	default:
		detail += fmt.Sprintf("\n\nThe list of links shows %s with this content that may be it:\n%s", count(len(seen)), r.describe(seen))
	}
	detail += "\n\n" + r.howToImport(seen)
	return diag.Diagnostics{diag.NewErrorDiagnostic("Cannot tell whether the "+r.info.Title+" payment link was created", detail)}
}

func (r *Resource[M, L, PM]) scopeOf(v tftypes.Value) string {
	if scope := r.key(v).Scope; scope != "" || r.info.Scope == "" {
		return scope
	}
	return r.client.Account().Scope
}

func (r *Resource[M, L, PM]) describe(candidates []found[L]) string {
	var lines []string
	for _, candidate := range candidates {
		attributes := Attributes(candidate.value)
		line := "  - " + String(attributes["id"]) + "  " + String(attributes["url"])
		if made := String(attributes["created_at"]); made != "" {
			line += "  created " + made
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// pasted is an id that is itself in HCL and in a shell.
var pasted = regexp.MustCompile(`^[A-Za-z0-9_./-]+$`)

// howToImport gives the block and the command for each candidate, or for one still to be found.
func (r *Resource[M, L, PM]) howToImport(candidates []found[L]) string {
	ids := []string{"ID"}
	text := "Look for it at " + r.info.Title + " before you apply again: another apply creates another link. If it exists, take it over."
	if len(candidates) > 0 {
		ids = ids[:0]
		for _, candidate := range candidates {
			ids = append(ids, importID(r.key(candidate.value)))
		}
		text = "Applying again creates another link. If it is yours, take it over first."
	}
	for _, id := range ids {
		if !pasted.MatchString(id) { // it would say something else to a shell or in a template
			continue
		}
		text += fmt.Sprintf("\n\n  import {\n    to = paymentlinks_%s_link.NAME\n    id = %q\n  }\n\nor: terraform import paymentlinks_%s_link.NAME %s", r.info.Name, id, r.info.Name, id)
	}
	return text
}

func count(n int) string {
	if n == 1 {
		return "1 link"
	}
	return fmt.Sprintf("%d links", n)
}
