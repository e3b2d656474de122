package link

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// revoke ends the link in Delete's way. A 404 is insisted on as for a new link: the action may follow the create.
func (a *Action[M, L, PM]) revoke(ctx context.Context, key driver.Key, say func(string, ...any)) diag.Diagnostics {
	say("Asking %s to %s the payment link %s", a.info.Title, a.spec.Verb, key.ID)
	found, diags := a.revokeLink(ctx, revokeRequest{key: key, created: a.clock.Now(), consequence: "The link " + key.ID + " may still be payable.", advice: revokeRetryAdvice})
	switch {
	case diags.HasError():
		return diags
	case found.notFound != nil:
		return a.notFoundError(key, found.notFound)
	case found.state == driver.Revoked:
		say("The payment link %s is revoked: its URL takes no more payers", key.ID)
	case found.state == driver.Paid:
		say("There was nothing left to %s: the payment link %s was paid. Nothing is refunded", a.spec.Verb, key.ID)
	default:
		say("There was nothing left to %s: the payment link %s is %s", a.spec.Verb, key.ID, found.state)
	}
	return diags
}

// revokeRetryAdvice is when another invocation may do what this one could not.
func revokeRetryAdvice(now driver.State, from time.Time) string {
	switch {
	case now == driver.Processing:
		return "Somebody is paying: invoke the action again when the payment is through or has failed."
	case !from.IsZero():
		return "It can be revoked from " + from.UTC().Format(time.RFC3339) + " on: invoke the action again then."
	}
	return "Invoke the action again later."
}
