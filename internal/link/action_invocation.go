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
	i.progress("Asking %s to %s the payment link %s", i.info.Title, i.op.verb, i.key.ID)
	found, diags := i.revokeLink(ctx, revokeRequest{
		key: i.key, created: i.clock.Now(), consequence: "The link " + i.key.ID + " may still be payable.", advice: i.repeatAdvice,
	})
	switch {
	case diags.HasError():
		return diags
	case found.notFound != nil:
		return i.notFoundError(found.notFound)
	case found.state == driver.Revoked:
		i.progress("The payment link %s is revoked: its URL takes no more payers", i.key.ID)
	case found.state == driver.Paid:
		i.progress("There was nothing left to %s: the payment link %s was paid. Nothing is refunded", i.op.verb, i.key.ID)
	default:
		i.progress("There was nothing left to %s: the payment link %s is %s", i.op.verb, i.key.ID, found.state)
	}
	return diags
}

// repeatAdvice is the revokeRequest.advice of an action.
func (i invocation[M, L, PM]) repeatAdvice(now driver.State, revocableAt time.Time) string {
	switch {
	case now == driver.Processing:
		return "Somebody is paying: invoke the action again when the payment is through or has failed. " + i.info.PaymentsHint
	case !revocableAt.IsZero():
		return "It can be revoked from " + revocableAt.UTC().Format(time.RFC3339) + " on: invoke the action again then."
	}
	return "Invoke the action again later."
}

// activate reads the link first, because a link that is active already may refuse another activation.
func (i invocation[M, L, PM]) activate(ctx context.Context) (diags diag.Diagnostics) {
	activatable, activator, ok := i.activation()
	if !ok {
		diags.AddError(i.errorSummary(i.op), "The provider has no call for it. This is a bug of the provider: please report it to its developers.")
		return diags
	}
	i.progress("Looking at the %s payment link %s", i.info.Title, i.key.ID)
	answer, err := i.getWithRetry(ctx, i.key, i.clock.Now())
	if rest.IsNotFound(err) {
		return i.notFoundError(err)
	}
	if err != nil {
		return i.apiError(i.op, err, "The link "+i.key.ID+" was not touched. The action may be repeated.")
	}
	if before := i.vendor.Model(answer); !activatable.AwaitsActivation(&before) {
		return i.reportNothingToActivate(answer)
	}
	i.progress("Asking %s to %s it", i.info.Title, i.op.verb)
	answer, err = i.configured.activate(ctx, activator, i.key)
	if err != nil {
		return i.apiError(i.op, err, "Whether the link "+i.key.ID+" is active is not known. The action may be repeated: it looks at the link first.")
	}
	if after := i.vendor.Model(answer); activatable.AwaitsActivation(&after) {
		diags.AddError(i.errorSummary(i.op), i.info.Title+" accepted the request, and yet shows the link "+i.key.ID+" as one that waits for its activation. The action may be repeated.")
		return diags
	}
	i.progress("The payment link %s is active", i.key.ID)
	return diags
}

// reportNothingToActivate tells why a link does not await its activation: it is active already, or has ended.
func (i invocation[M, L, PM]) reportNothingToActivate(answer L) (diags diag.Diagnostics) {
	switch now := i.vendor.State(answer, i.clock.Now()); now {
	case driver.Open, driver.Processing, driver.Paid:
		i.progress("There was nothing to %s: the payment link %s is already active, and %s", i.op.verb, i.key.ID, now)
	case driver.Unknown:
		diags.AddError(i.errorSummary(i.op), "The link "+i.key.ID+" is in a state that the provider does not know, and was not touched. Look at it in "+i.info.Title+"'s console.")
	default:
		diags.AddError(i.errorSummary(i.op), "The link "+i.key.ID+" is `"+string(now)+"`, and no call brings it back. To have one that can be paid, replace it: plan with -replace, or name the state in `replace_when`.")
	}
	return diags
}

// notFoundError returns a 404 as an error: an action has no state, so that a mistyped id would look like success.
func (i invocation[M, L, PM]) notFoundError(err error) diag.Diagnostics {
	return i.apiError(i.op, err, fmt.Sprintf(
		"%s knows no link %s under the credentials in use, or does not show it any more. Nothing was changed. Check the id and the account.", i.info.Title, i.key.ID))
}
