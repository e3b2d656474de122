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
	shown := "The list, read several times since then, shows no other link with this content. It may still appear."
	switch {
	case !c.canSearch():
		shown = "It has no call that lists links, so the provider could not search for another one."
	case err != nil:
		shown = "The search for another one failed: " + c.Explain(err)
	case len(others.links) > 0:
		shown = "The first request may have created:\n" + formatCandidates(others.links)
	}
	plan, look := diff.Attributes(a.value), "Check it"
	var named []string
	for _, name := range c.Info.Unique {
		if text := diff.String(plan[name]); text != "" {
			named = append(named, fmt.Sprintf("`%s` %q", name, text))
		}
	}
	if len(named) > 0 {
		look = "Check " + strings.Join(named, " and ")
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Another "+c.Info.Title+" payment link may have been created",
		fmt.Sprintf("The create request was sent again with the same idempotency key, because the first one got no usable response. The link %s is now in state. %s promises one link per key. %s\n\n"+
			"Anyone who has the URL of another link can pay it. %s in %s's console.", c.ID(answer), c.Info.Title, shown, look, c.Info.Title))}
}
