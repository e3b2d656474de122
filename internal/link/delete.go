package link

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Delete revokes the link; an error keeps it in state. A link that is known as revoked costs no request.
func (r *Resource[M, L, PM]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	data, diags := req.Private.GetKey(ctx, PrivateStateKey)
	if !diags.HasError() { // without private state nothing tells whose link it is
		diags.Append(r.delete(ctx, req.State.Raw, data)...)
	}
	resp.Diagnostics.Append(diags...)
}

// delete is Delete; data is the encoded private state.
func (r *Resource[M, L, PM]) delete(ctx context.Context, value tftypes.Value, data []byte) diag.Diagnostics {
	var state M
	diags := r.decode(ctx, value, &state)
	private, more := decodePrivateState(data)
	diags.Append(more...)
	common := PM(&state).Common()
	timeout, more := common.Timeouts.Delete(ctx, defaultDeleteTimeout)
	if diags.Append(more...); diags.HasError() {
		return diags
	}
	began := r.clock.Now()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	key := r.key(value)
	r.markInState(ctx, key)
	known := driver.State(common.State.ValueString())
	switch {
	case known == driver.Revoked:
		return diags
	case !r.revocable:
		return append(diags, r.deleteUnrevocable(ctx, key, common, private)...)
	case common.OnDestroy.ValueString() == onDestroyAbandon:
		if !known.Ended() {
			diags.AddWarning(r.info.Title+" payment link can still be paid: "+key.ID,
				"`on_destroy` is `abandon`: Terraform no longer manages link "+key.ID+", and "+common.URL.ValueString()+" can still be paid.")
		}
		return diags
	}
	if diags.Append(r.checkAccount(opRevoke, key, private)...); diags.HasError() {
		return diags
	}
	result, more := r.revokeLink(ctx, revokeRequest{
		key: key, created: private.Created, waitUntil: began.Add(timeout - revokeReserve), consequence: "The link " + key.ID + " (" + common.URL.ValueString() + ") stays in state and may still accept payments.",
		advice: r.deleteAdvice,
	})
	diags.Append(more...)
	switch {
	case diags.HasError():
	case result.notFound != nil:
		diags.Append(r.believeNotFound(ctx, key, private, result.notFound, notFoundContext{
			op: opRevoke, inDoubt: opRevoke, consequence: "stays in state.", advice: "Try again later.",
		})...)
	case result.state == driver.Paid:
		diags.Append(r.paidWarning(key, common))
	}
	return diags
}

// deleteUnrevocable is Delete at a vendor without a revoke call, where a guessed one is never sent. It reads a link that was
// open, which may have ended since the refresh; if that fails, the link counts as still payable.
func (r *Resource[M, L, PM]) deleteUnrevocable(ctx context.Context, key driver.Key, state *driver.Model, private privateState) (diags diag.Diagnostics) {
	if driver.State(state.State.ValueString()).Ended() {
		return nil
	}
	if r.checkAccount(opRead, key, private) == nil {
		if answer, err := r.get(ctx, key); err == nil && r.isEnded(answer) {
			if r.vendor.State(answer, r.vendorNow()) == driver.Paid {
				diags.Append(r.paidWarning(key, state))
			}
			return diags
		}
	}
	return append(diags, r.staysPayable(state, ", so it stays in state", " Terraform no longer manages it."))
}

// paidWarning tells that a link was paid before it could be revoked.
func (r *Resource[M, L, PM]) paidWarning(key driver.Key, state *driver.Model) diag.Diagnostic {
	return diag.NewWarningDiagnostic(r.info.Title+" payment link was paid: "+key.ID,
		"The link "+key.ID+" ("+state.URL.ValueString()+") was already paid, so it was not revoked. Terraform no longer manages it; nothing was refunded.")
}

// staysPayable tells of a link that no call can end: an error where `on_destroy` is `fail`, with what follows, else a warning, with what
// happens.
func (c *configured[M, L, PM]) staysPayable(state *driver.Model, follows, happens string) diag.Diagnostic {
	detail := c.info.Title + " documents no call that revokes a link: " + linkLabel(state) + " can be paid until it is settled there."
	if state.OnDestroy.ValueString() == onDestroyFail {
		return diag.NewErrorDiagnostic("Cannot revoke "+c.info.Title+" payment link", detail+" `on_destroy` is `fail`"+follows+
			". To remove it from state without revoking it, set `on_destroy = \"abandon\"`, apply, then destroy.")
	}
	return diag.NewWarningDiagnostic(c.info.Title+" payment link can still be paid: "+state.ID.ValueString(), detail+happens)
}

// deleteAdvice is the revokeRequest.advice of a destroy.
func (r *Resource[M, L, PM]) deleteAdvice(now driver.State, revocableAt time.Time) string {
	abandon := "To remove it from state without revoking it, set `on_destroy = \"abandon\"`, apply, then destroy."
	switch {
	case now == driver.Processing:
		return strings.Join(strings.Fields("A payment is in progress. Wait until it succeeds or fails, then destroy again. "+r.info.PaymentsHint+" "+abandon), " ")
	case !revocableAt.IsZero():
		left := revocableAt.Sub(r.clock.Now())
		return fmt.Sprintf("It can be revoked from %s on, when it has expired (in %s), and can be paid until then. Destroy it then, or let the provider wait: set `timeouts = { delete = %q }`, apply, then destroy. %s",
			revocableAt.UTC().Format(time.RFC3339), left.Round(time.Second), (left + 5*time.Minute).Round(time.Minute).String(), abandon)
	}
	return abandon
}
