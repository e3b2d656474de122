package link

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// invocation is one run of an action on one link.
type invocation[M, L any, PM driver.ModelPointer[M]] struct {
	*configured[M, L, PM]
	op       operation // with the vendor's own verb
	key      driver.Key
	progress func(format string, args ...any)
}

// revoke ends the link as a destroy does. A 404 is retried as for a new link, because the action may follow the create.
func (i invocation[M, L, PM]) revoke(ctx context.Context) diag.Diagnostics {
	i.progress("Sending the %s request to %s for payment link %s", i.op.verb, i.info.Title, i.key.ID)
	found, diags := i.revokeLink(ctx, revokeRequest{
		key: i.key, created: i.clock.Now(), consequence: "The link " + i.key.ID + " may still accept payments.", advice: i.repeatAdvice,
	})
	switch {
	case diags.HasError():
		return diags
	case found.notFound != nil:
		return i.notFoundError(found.notFound)
	case found.state == driver.Revoked:
		i.progress("Payment link %s revoked: its URL no longer accepts payments", i.key.ID)
	case found.state == driver.Paid:
		i.progress("Payment link %s was already paid: nothing to %s, nothing refunded", i.key.ID, i.op.verb)
	default:
		i.progress("Payment link %s is already %s: nothing to %s", i.key.ID, found.state, i.op.verb)
	}
	return diags
}

// repeatAdvice is the revokeRequest.advice of an action.
func (i invocation[M, L, PM]) repeatAdvice(now driver.State, revocableAt time.Time) string {
	switch {
	case now == driver.Processing:
		return "A payment is in progress. Run the action again when it has succeeded or failed. " + i.info.PaymentsHint
	case !revocableAt.IsZero():
		return "It can be revoked from " + revocableAt.UTC().Format(time.RFC3339) + " on. Run the action again then."
	}
	return "Run the action again later."
}

// activate reads the link first, because a link that is active already may refuse another activation.
func (i invocation[M, L, PM]) activate(ctx context.Context) (diags diag.Diagnostics) {
	activatable, activator, ok := i.activation()
	if !ok {
		diags.AddError(i.errorSummary(i.op), "The provider has no call for it. This is a bug in the provider: please report it to the provider developers.")
		return diags
	}
	i.progress("Reading %s payment link %s", i.info.Title, i.key.ID)
	answer, err := i.getWithRetry(ctx, i.key, i.clock.Now())
	if rest.IsNotFound(err) {
		return i.notFoundError(err)
	}
	if err != nil {
		return i.apiError(i.op, err, "The link "+i.key.ID+" was not changed. You can run the action again.")
	}
	if before := i.vendor.Model(answer); !activatable.AwaitsActivation(&before) {
		return i.reportNothingToActivate(answer)
	}
	i.progress("Sending the %s request to %s for payment link %s", i.op.verb, i.info.Title, i.key.ID)
	answer, err = i.configured.activate(ctx, activator, i.key)
	if err != nil {
		return i.apiError(i.op, err, "It is not known whether link "+i.key.ID+" was activated. You can run the action again: it reads the link first.")
	}
	if after := i.vendor.Model(answer); activatable.AwaitsActivation(&after) {
		diags.AddError(i.errorSummary(i.op), i.info.Title+" accepted the request, but link "+i.key.ID+" is still not active. You can run the action again.")
		return diags
	}
	i.progress("Payment link %s is active", i.key.ID)
	return diags
}

// reportNothingToActivate tells why a link does not await its activation: it is active already, or has ended.
func (i invocation[M, L, PM]) reportNothingToActivate(answer L) (diags diag.Diagnostics) {
	switch now := i.vendor.State(answer, i.clock.Now()); now {
	case driver.Open, driver.Processing, driver.Paid:
		i.progress("Payment link %s is already active and %s: nothing to %s", i.key.ID, now, i.op.verb)
	case driver.Unknown:
		diags.AddError(i.errorSummary(i.op), "Link "+i.key.ID+" has a status that "+i.info.Title+" does not document. It was not changed. Check it in "+i.info.Title+"'s console.")
	default:
		diags.AddError(i.errorSummary(i.op), "The link "+i.key.ID+" is `"+string(now)+"` and cannot be reactivated. To get a payable link, replace it: plan with -replace, or add the state to `replace_when`.")
	}
	return diags
}

// notFoundError returns a 404 as an error: an action has no state, so that a mistyped id would look like success.
func (i invocation[M, L, PM]) notFoundError(err error) diag.Diagnostics {
	return i.apiError(i.op, err, fmt.Sprintf(
		"%s found no link %s for these credentials. Nothing was changed. Check the ID and the account.", i.info.Title, i.key.ID))
}
