package link

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// revoke ends the link in Delete's way. A 404 is insisted on as for a new link: the action may follow the create.
func (a *Action[M, L, PM]) revoke(ctx context.Context, key Key, say func(string, ...any)) diag.Diagnostics {
	say("Asking %s to %s the payment link %s", a.info.Title, a.spec.Verb, key.ID)
	found, diags := a.revokeLink(ctx, revokeRequest{key: key, created: a.clock.Now(), consequence: "The link " + key.ID + " may still be payable.", advice: revokeRetryAdvice})
	switch {
	case diags.HasError():
		return diags
	case found.notFound != nil:
		return a.notFoundError(key, found.notFound)
	case found.state == Revoked:
		say("The payment link %s is revoked: its URL takes no more payers", key.ID)
	case found.state == Paid:
		say("There was nothing left to %s: the payment link %s was paid. Nothing is refunded", a.spec.Verb, key.ID)
	default:
		say("There was nothing left to %s: the payment link %s is %s", a.spec.Verb, key.ID, found.state)
	}
	return diags
}

// revokeRetryAdvice is when another invocation may do what this one could not.
func revokeRetryAdvice(now State, from time.Time) string {
	switch {
	case now == Processing:
		return "Somebody is paying: invoke the action again when the payment is through or has failed."
	case !from.IsZero():
		return "It can be revoked from " + from.UTC().Format(time.RFC3339) + " on: invoke the action again then."
	}
	return "Invoke the action again later."
}

// activate looks first, because a link that is active already may refuse another activation.
func (a *Action[M, L, PM]) activate(ctx context.Context, key Key, say func(string, ...any)) (diags diag.Diagnostics) {
	activatable, can := a.vendor.(Activatable[M])
	activator, has := a.activator()
	if !can || !has {
		diags.AddError(a.errorSummary(), "The provider has no call for it. This is a bug of the provider: please report it to its developers.")
		return diags
	}
	say("Looking at the %s payment link %s", a.info.Title, key.ID)
	answer, err := a.getWithRetry(ctx, key, a.clock.Now())
	if rest.IsNotFound(err) {
		return a.notFoundError(key, err)
	}
	if err != nil {
		return a.apiError(a.spec.Verb, err, "The link "+key.ID+" was not touched. The action may be repeated.")
	}
	if before := a.vendor.Model(answer); !activatable.AwaitsActivation(&before) {
		return a.checkAlreadyActive(key, answer, say)
	}
	say("Asking %s to %s it", a.info.Title, a.spec.Verb)
	answer, err = activator.Activate(ctx, key)
	if err != nil {
		return a.apiError(a.spec.Verb, err, "Whether the link "+key.ID+" is active is not known. The action may be repeated: it looks at the link first.")
	}
	if after := a.vendor.Model(answer); activatable.AwaitsActivation(&after) {
		diags.AddError(a.errorSummary(), a.info.Title+" accepted the request, and yet shows the link "+key.ID+" as one that waits for its activation. The action may be repeated.")
		return diags
	}
	say("The payment link %s is active", key.ID)
	return diags
}

// checkAlreadyActive is a link that does not wait for its activation: it had one, or it is too late for it.
func (a *Action[M, L, PM]) checkAlreadyActive(key Key, answer L, say func(string, ...any)) (diags diag.Diagnostics) {
	switch now := a.vendor.State(answer, a.clock.Now()); now {
	case Open, Processing, Paid:
		say("There was nothing to %s: the payment link %s is already active, and %s", a.spec.Verb, key.ID, now)
	case Unknown:
		diags.AddError(a.errorSummary(), "The link "+key.ID+" is in a state that the provider does not know, and was not touched. Look at it in "+a.info.Title+"'s console.")
	default:
		diags.AddError(a.errorSummary(), "The link "+key.ID+" is `"+string(now)+"`, and no call brings it back. To have one that can be paid, replace it: plan with -replace, or name the state in `replace_when`.")
	}
	return diags
}
