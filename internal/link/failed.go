package link

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

const (
	// clockAllowance is how far a vendor's clock may be behind ours.
	clockAllowance = 2 * time.Minute
	// lookLimit bounds the look for a link that may exist; the create's own context may have ended.
	lookLimit = 30 * time.Second
)

// createFailed says what a person must know after a create without an answer in hand: nothing exists, or one may.
func (r *Resource[M, L, PM]) createFailed(ctx context.Context, plan tftypes.Value, began time.Time, err error) diag.Diagnostics {
	failed, ok := rest.AsError(err)
	if !ok || failed.Outcome == rest.Refused {
		return r.failure("create", err, "Nothing was created.")
	}
	detail := "The request was sent, but no answer says what became of it: a payment link may exist at " + r.about.Title + " that this state does not know.\n\n" + explain(err)
	candidates, lookErr := r.candidates(ctx, plan, began)
	switch {
	case lookErr != nil:
		detail += "\n\nLooking for it failed too: " + explain(lookErr)
	case len(candidates) == 0:
		detail += "\n\nA look at the list of links, right after, showed none with this content. It may still appear."
	default:
		detail += fmt.Sprintf("\n\nThe list of links shows %s with this content that may be it:\n%s", count(len(candidates)), r.describe(candidates))
	}
	detail += "\n\n" + r.howToImport(candidates)
	return diag.Diagnostics{diag.NewErrorDiagnostic("Cannot tell whether the "+r.about.Title+" payment link was created", detail)}
}

// candidates lists the links that could be what the create left behind: same content, made since it began (where the
// vendor says when), still alive.
func (r *Resource[M, L, PM]) candidates(ctx context.Context, plan tftypes.Value, began time.Time) ([]tftypes.Value, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookLimit)
	defer cancel()
	var out []tftypes.Value
	for answer, err := range r.client.List(ctx, r.scopeOf(plan)) {
		if err != nil {
			return nil, err
		}
		if made := r.vendor.Created(answer); !made.IsZero() && made.Before(began.Add(-clockAllowance)) {
			continue
		}
		value, diags := r.answered(ctx, answer)
		if diags.HasError() || State(textOf(attributesOf(value)[stateAttribute])).ended() {
			continue
		}
		if r.shape.alike(plan, value) {
			out = append(out, value)
		}
	}
	return out, nil
}

func (r *Resource[M, L, PM]) scopeOf(v tftypes.Value) string {
	if scope := r.key(v).Scope; scope != "" || r.about.Scope == "" {
		return scope
	}
	return r.client.Account().Scope
}

// alike: everything that was asked for is what the answer shows. What the answer hides proves nothing either way.
func (s shape) alike(plan, answer tftypes.Value) bool {
	_, echo := s.created(plan, answer)
	return len(echo) == 0
}

func (r *Resource[M, L, PM]) describe(candidates []tftypes.Value) string {
	var lines []string
	for _, candidate := range candidates {
		attributes := attributesOf(candidate)
		line := "  - " + textOf(attributes["id"]) + "  " + textOf(attributes["url"])
		if made := textOf(attributes["created_at"]); made != "" {
			line += "  created " + made
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// howToImport gives the block and the command for each candidate, or for one still to be found.
func (r *Resource[M, L, PM]) howToImport(candidates []tftypes.Value) string {
	ids := []string{"ID"}
	text := "Look for it at " + r.about.Title + " before you apply again: another apply creates another link. If it exists, take it over"
	if len(candidates) > 0 {
		ids = ids[:0]
		for _, candidate := range candidates {
			ids = append(ids, importID(r.key(candidate)))
		}
		text = "Applying again creates another link. If it is yours, take it over first"
	}
	for _, id := range ids {
		text += fmt.Sprintf("\n\n  import {\n    to = paymentlinks_%s_link.NAME\n    id = %q\n  }\n\nor: terraform import paymentlinks_%s_link.NAME %s", r.about.Name, id, r.about.Name, id)
	}
	return text
}

func count(n int) string {
	if n == 1 {
		return "1 link"
	}
	return fmt.Sprintf("%d links", n)
}
