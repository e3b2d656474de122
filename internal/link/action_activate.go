package link

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// activate looks first, because a link that is active already may refuse another activation.
func (a *Action[M, L, PM]) activate(ctx context.Context, key driver.Key, say func(string, ...any)) (diags diag.Diagnostics) {
	activatable, can := a.vendor.(driver.Activatable[M])
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
func (a *Action[M, L, PM]) checkAlreadyActive(key driver.Key, answer L, say func(string, ...any)) (diags diag.Diagnostics) {
	switch now := a.vendor.State(answer, a.clock.Now()); now {
	case driver.Open, driver.Processing, driver.Paid:
		say("There was nothing to %s: the payment link %s is already active, and %s", a.spec.Verb, key.ID, now)
	case driver.Unknown:
		diags.AddError(a.errorSummary(), "The link "+key.ID+" is in a state that the provider does not know, and was not touched. Look at it in "+a.info.Title+"'s console.")
	default:
		diags.AddError(a.errorSummary(), "The link "+key.ID+" is `"+string(now)+"`, and no call brings it back. To have one that can be paid, replace it: plan with -replace, or name the state in `replace_when`.")
	}
	return diags
}
