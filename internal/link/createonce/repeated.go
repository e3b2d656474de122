package createonce

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
)

// warnRepeated tells that a create was sent more than once, and of any other link that its first request may have made: the vendor
// promises one link for one key, and nothing else keeps it to that. It looks as long as lists lag.
func (c *Creator[M, L]) warnRepeated(ctx context.Context, a attempt[M], answer L) diag.Diagnostics {
	others, err := c.searchWithRetry(ctx, a)
	shown := "The list, looked at since, shows no other of this content. It may still appear."
	switch {
	case !c.canSearch():
		shown = "It has no call that lists links, so that no other could be looked for."
	case err != nil:
		shown = "Looking for another one failed: " + c.Explain(err)
	case len(others.links) > 0:
		shown = "The list shows what may have come of the first request:\n" + formatCandidates(others.links)
	}
	plan, look := diff.Attributes(a.value), "Look at it"
	var named []string
	for _, name := range c.Info.Unique {
		if text := diff.String(plan[name]); text != "" {
			named = append(named, fmt.Sprintf("`%s` %q", name, text))
		}
	}
	if len(named) > 0 {
		look = "Look at " + strings.Join(named, " and ")
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Another "+c.Info.Title+" payment link may have been created",
		fmt.Sprintf("The create was sent again under its idempotency key, because the answer to the first request was lost, and the link %s is now in state. %s promises one link for one key. %s\n\n"+
			"Whoever holds the URL of another one can pay it. %s in %s's console.", c.ID(answer), c.Info.Title, shown, look, c.Info.Title))}
}
