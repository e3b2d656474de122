package link

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// expiryOf returns when a link expires, and how long before that it is renewed; zero where it is not. A `renew_before` that is not
// known yet is that of the state.
func (r *Resource[M, L, PM]) expiryOf(link *M, plan, state tftypes.Value) (driver.Expiry, time.Duration) {
	expirer, ok := r.vendor.(driver.Expirer[M])
	if !ok {
		return driver.Expiry{}, 0
	}
	text := diff.Attributes(plan)[renewBeforeAttribute]
	if !text.IsKnown() {
		text = diff.Attributes(state)[renewBeforeAttribute]
	}
	before, _ := time.ParseDuration(diff.String(text))
	return expirer.Expiry(link), before
}

// checkRenewBefore refuses a `renew_before` because of which every plan would replace the link.
func checkRenewBefore(expiry driver.Expiry, before time.Duration) (diags diag.Diagnostics) {
	if before > 0 && expiry.Life > 0 && before >= expiry.Life {
		diags.AddAttributeError(path.Root(renewBeforeAttribute), "Invalid renew_before",
			fmt.Sprintf("The link lives for %s, and `renew_before` is %s: every plan would replace it. Nothing is planned for it. Set `renew_before` to less than the link's life. "+
				"A destroy plans the configuration too: to destroy the link as it is, destroy with -refresh=false.", expiry.Life, before))
	}
	return diags
}

// planRenewal returns the attribute because of which an open link is replaced that is about to expire; "" where none is.
func (r *Resource[M, L, PM]) planRenewal(before *driver.Model, expiry driver.Expiry, lead time.Duration) (attribute string, diags diag.Diagnostics) {
	switch {
	case lead == 0 || driver.State(before.State.ValueString()) != driver.Open:
	case expiry.At.IsZero():
		diags.AddWarning(r.info.Title+" payment link is not renewed: "+before.ID.ValueString(),
			r.info.Title+" does not say when the link "+linkLabel(before)+" expires, so that `renew_before` does nothing. To have a new link, plan with -replace.")
	case !r.clock.Now().Before(expiry.At.Add(-lead)):
		attribute = expiry.Attribute
	}
	return attribute, diags
}

// renewalWarning tells that a link is renewed, and what becomes of the old one; told says whether the vendor's warnings do.
func (r *Resource[M, L, PM]) renewalWarning(before *driver.Model, expiry driver.Expiry, lead time.Duration, told bool) (diags diag.Diagnostics) {
	old := " The old one is revoked, and its URL stops working for whoever holds it" + r.data.unlessForgotten() + "."
	if !r.revocable || before.OnDestroy.ValueString() == onDestroyAbandon {
		old = " The old one can still be paid until it expires."
	}
	if told {
		old = ""
	}
	diags.AddWarning(r.info.Title+" payment link will be renewed: "+before.ID.ValueString(),
		fmt.Sprintf("The link %s expires at %s, and `renew_before` is %s: a new link takes its place.%s Hand out the URL of the new one.",
			linkLabel(before), expiry.At.UTC().Format(time.RFC3339), lead, old))
	return diags
}
