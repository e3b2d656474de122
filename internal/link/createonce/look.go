package createonce

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Look names, before a create, the open links among those given that have its content, or something that no two links share: one that
// no state here has shown may be what an apply elsewhere, or a run that was killed at its very end, left behind.
func (c *Creator[M, L]) Look(ctx context.Context, plan tftypes.Value, links []L) diag.Diagnostics {
	var found []candidate[L]
	for _, answer := range links {
		value, diags := c.Value(ctx, answer)
		if diags.HasError() || driver.State(diff.String(diff.Attributes(value)["state"])).Ended() || !c.isTwin(plan, value) {
			continue
		}
		key := c.Key(value)
		if key.ID != "" && !c.Registry.IsKnown(key) && c.Journal.MayBeLost(ctx, c.Account, key.ID) {
			found = append(found, candidate[L]{answer, value})
		}
	}
	if len(found) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("An open "+c.Info.Title+" payment link matches the one to create: "+c.ID(found[0].answer),
		fmt.Sprintf("Among the newest links at %s, %s has the same content, or a value that no two links should share:\n%s\n\nIf another state or configuration manages it, there is nothing to do. %s",
			c.Info.Title, pluralLinks(len(found)), formatCandidates(found), c.importInstructions(found)))}
}

// isTwin reports whether a link has the content of a plan, or one of its unique arguments.
func (c *Creator[M, L]) isTwin(plan, value tftypes.Value) bool {
	plans, values := diff.Attributes(plan), diff.Attributes(value)
	for _, name := range c.Info.Unique {
		if text := diff.String(plans[name]); text != "" && text == diff.String(values[name]) {
			return true
		}
	}
	return c.Diff.Likeness(plan, value, c.unique()) == diff.Same
}
