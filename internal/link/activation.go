package link

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// activation returns the vendor's and the client's part of an activation; false for a vendor whose links need none.
func (c *configured[M, L, PM]) activation() (driver.Activatable[M], driver.Activator[L], bool) {
	activatable, ok := c.vendor.(driver.Activatable[M])
	if !ok {
		return nil, nil, false
	}
	activator, ok := c.client.(driver.Activator[L])
	return activatable, activator, ok
}

// needsActivation reports whether a link awaits its activation and can still be activated.
func needsActivation[M any, PM driver.ModelPointer[M]](activatable driver.Activatable[M], state PM) bool {
	return activatable.AwaitsActivation(state) && !driver.State(state.Common().State.ValueString()).Ended()
}

// moneyDifferences returns the terms in which an answer asks for other money than its plan (driver.MoneyTeller), and those in which it
// may only be rounded differently. Of a state alone they tell that the create of a link asked for another amount, and could not be undone:
// such a link is replaced instead of activated.
func (c *configured[M, L, PM]) moneyDifferences(plan, answer *M) (different, rounded []driver.MoneyTerm) {
	teller, ok := c.vendor.(driver.MoneyTeller[M])
	if !ok {
		return nil, nil
	}
	for _, term := range teller.MoneyTerms(plan, answer) {
		differs := term.Differs()
		term.Answered = redact.StripControl(term.Answered) // in a message, a line of its own could look like another message
		switch {
		case !differs:
		case term.MayBeRounding:
			rounded = append(rounded, term)
		default:
			different = append(different, term)
		}
	}
	return different, rounded
}

// otherMoneyWarning tells of a link that is replaced instead of activated.
func (c *configured[M, L, PM]) otherMoneyWarning(state *M, terms []driver.MoneyTerm) (diags diag.Diagnostics) {
	common := PM(state).Common()
	for _, term := range terms {
		diags.AddAttributeWarning(term.Attribute, c.info.Title+" payment link will be replaced: "+common.ID.ValueString()+" has another "+string(term.Kind), fmt.Sprintf(
			"The configuration asks for %s (`%s`), but the link %s at %s asks for %s. It was never activated, so nobody can have paid it. It will be replaced by a new link with a new URL.",
			term.Asked, term.Attribute, linkLabel(common), c.info.Title, term.Answered))
	}
	return diags
}

// activate activates a link and returns it as it is afterwards.
func (c *configured[M, L, PM]) activate(ctx context.Context, activator driver.Activator[L], key driver.Key) (L, error) {
	c.bulkReader().Invalidate(key)
	answer, err := activator.Activate(ctx, key)
	return c.about(key, answer, err)
}

// mergeActivated merges the plan and the state of a link with the answer to its activation, and notes in private what of it is another
// form. What the answer leaves out is as it was.
func (c *configured[M, L, PM]) mergeActivated(ctx context.Context, plan, state tftypes.Value, answer L, private *privateState) (tftypes.Value, diag.Diagnostics) {
	fresh, diags := c.stateValue(ctx, answer)
	if diags.HasError() {
		return state, diags
	}
	_, forms := c.diff.MergeCreated(plan, fresh)
	merged, _ := c.diff.MergeCreated(plan, c.mergeRefreshed(state, fresh, *private))
	if private.VendorForms == nil {
		private.VendorForms = map[string]string{}
	}
	maps.Copy(private.VendorForms, forms)
	return merged, diags
}

// notPayableYet warns of a link that awaits an activation which nobody asks for: its state is open all the same. A new link has no state.
func (r *Resource[M, L, PM]) notPayableYet(state *M, activate tftypes.Value) (diags diag.Diagnostics) {
	activatable, ok := r.vendor.(driver.Activatable[M])
	if !ok || !activate.IsKnown() || diff.Bool(activate) || state != nil && !needsActivation[M, PM](activatable, state) {
		return nil
	}
	link := "The new link"
	if state != nil {
		link = "The link " + linkLabel(PM(state).Common())
	}
	diags.AddAttributeWarning(path.Root(activateAttribute), r.info.Title+" payment link is not payable yet",
		link+" is not activated: its URL accepts no payments until then, although its `state` is `open`. Set `activate = true` to activate it, now or later in place.")
	return diags
}
