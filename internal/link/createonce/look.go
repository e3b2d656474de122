package createonce

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Newest are the open links among a vendor's newest, read once a plan.
type Newest[L any] struct {
	mu    sync.Mutex
	links map[string][]candidate[L] // by scope
}

// NewNewest returns a Newest that has read nothing yet.
func NewNewest[L any]() *Newest[L] { return &Newest[L]{links: map[string][]candidate[L]{}} }

// Look names, before a create, the open links among the newest that have its content, or something that no two links share: one that
// no state here has shown may be what an apply elsewhere, or a run that was killed at its very end, left behind. read reads the links.
func (c *Creator[M, L]) Look(ctx context.Context, plan tftypes.Value, newest *Newest[L], read func() []L) diag.Diagnostics {
	var found []candidate[L]
	for _, one := range c.newest(ctx, c.Scope(plan), newest, read) {
		key := c.Key(one.value)
		if c.isTwin(plan, one.value) && !c.Registry.IsKnown(key) && c.Journal.MayBeLost(ctx, c.Account, key.ID) {
			found = append(found, one)
		}
	}
	if len(found) == 0 {
		return nil
	}
	share := "1 link has the same content, or a value that no two links should share"
	if n := len(found); n > 1 {
		share = fmt.Sprintf("%d links have the same content, or a value that no two links should share", n)
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("An open "+c.Info.Title+" payment link matches the one to create: "+c.ID(found[0].answer),
		fmt.Sprintf("Among the newest links at %s, %s:\n%s\n\nIf another state or configuration manages it, check that both links are intended: each of them can be paid. If it is yours, import it before you apply:%s",
			c.Info.Title, share, formatCandidates(found), c.importBlocks(found)))}
}

// newest returns the open links of a scope, by id. They are read and mapped at the first call.
func (c *Creator[M, L]) newest(ctx context.Context, scope string, newest *Newest[L], read func() []L) []candidate[L] {
	newest.mu.Lock()
	defer newest.mu.Unlock()
	if open, done := newest.links[scope]; done {
		return open
	}
	open := []candidate[L]{}
	for _, answer := range read() {
		value, diags := c.Value(ctx, answer)
		if !diags.HasError() && c.Key(value).ID != "" && !driver.State(diff.String(diff.Attributes(value)["state"])).Ended() {
			open = append(open, candidate[L]{answer, value})
		}
	}
	slices.SortFunc(open, func(a, b candidate[L]) int { return strings.Compare(c.ID(a.answer), c.ID(b.answer)) })
	newest.links[scope] = open
	return open
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
