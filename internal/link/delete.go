package link

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Delete revokes first and looks only when that is refused: a look before each would double the requests of a large
// destroy. An error keeps the link in state.
func (r *Resource[M, L, PM]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state M
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	private, diags := readPrivateState(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	base := PM(&state).Common()
	limit, diags := base.Timeouts.Delete(ctx, defaultDelete)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	began := r.clock.Now()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	key := r.key(req.State.Raw)
	known := driver.State(base.State.ValueString())
	if known == driver.Revoked {
		return
	}
	if !r.revocable {
		r.deleteUnrevocable(ctx, key, base, known, private, resp)
		return
	}
	if base.OnDestroy.ValueString() == onDestroyAbandon {
		if !known.Ended() {
			resp.Diagnostics.AddWarning(r.info.Title+" payment link stays payable: "+key.ID,
				"`on_destroy` is `abandon`: the link "+key.ID+" is no longer managed, and "+base.URL.ValueString()+" can still be paid.")
		}
		return
	}
	if resp.Diagnostics.Append(r.checkAccount("revoke", key, private)...); resp.Diagnostics.HasError() {
		return
	}
	ended, diags := r.revokeLink(ctx, revokeRequest{
		key: key, created: private.Created, waitUntil: began.Add(limit - revokeReserve), consequence: "The link " + key.ID + " (" + base.URL.ValueString() + ") stays in state.",
		advice: r.deleteAdvice,
	})
	resp.Diagnostics.Append(diags...)
	switch {
	case diags.HasError():
	case ended.notFound != nil:
		resp.Diagnostics.Append(r.believeNotFound(ctx, key, private, ended.notFound, notFoundContext{
			doubt: "revoke", verb: "revoke", consequence: "The link " + key.ID + " stays in state.", next: "Try again later.",
		})...)
	case ended.state == driver.Paid:
		resp.Diagnostics.Append(r.paidWarning(key, base))
	}
}

// deleteUnrevocable is a destroy at a vendor without a revoke call: a guessed one is never sent. No such call tells that the link has
// ended since the refresh, so that it is looked at; when that fails, the worse is said.
func (r *Resource[M, L, PM]) deleteUnrevocable(ctx context.Context, key driver.Key, base *driver.Model, known driver.State, private privateState, resp *resource.DeleteResponse) {
	if known.Ended() {
		return
	}
	if r.checkAccount("look at", key, private) == nil {
		if answer, err := r.client.Get(ctx, key); err == nil && r.isEnded(answer) {
			if r.vendor.State(answer, r.clock.Now()) == driver.Paid {
				resp.Diagnostics.Append(r.paidWarning(key, base))
			}
			return
		}
	}
	if base.OnDestroy.ValueString() == onDestroyFail {
		resp.Diagnostics.AddError("Cannot end "+r.info.Title+" payment link", r.stillPayableDetail(base)+
			" `on_destroy` is `fail`, so that it stays in state. To let it go: set `on_destroy = \"abandon\"`, apply, then destroy.")
		return
	}
	resp.Diagnostics.AddWarning(r.info.Title+" payment link stays payable: "+key.ID, r.stillPayableDetail(base))
}

// paidWarning tells of a link whose end was wanted, and that has been paid.
func (r *Resource[M, L, PM]) paidWarning(key driver.Key, base *driver.Model) diag.Diagnostic {
	return diag.NewWarningDiagnostic(r.info.Title+" payment link was paid: "+key.ID,
		"The link "+key.ID+" ("+base.URL.ValueString()+") was paid, so that there was nothing to end. It is no longer managed, and nothing was refunded.")
}

func (r *Resource[M, L, PM]) stillPayableDetail(base *driver.Model) string {
	return r.info.Title + " documents no call that ends a link: " + base.ID.ValueString() + " (" + base.URL.ValueString() + ") stays payable until it is settled there."
}

// deleteAdvice is what a person can do about a link whose destroy was refused.
func (r *Resource[M, L, PM]) deleteAdvice(now driver.State, from time.Time) string {
	abandon := "To let it go without ending it: set `on_destroy = \"abandon\"`, apply, then destroy."
	switch {
	case now == driver.Processing:
		return "Somebody is paying: wait until the payment is through or has failed, then destroy again."
	case !from.IsZero():
		left := from.Sub(r.clock.Now())
		return fmt.Sprintf("It can be revoked from %s on, when it has expired (in %s). Destroy it then, or let the provider wait for it: set `timeouts = { delete = %q }`, apply, then destroy. %s",
			from.UTC().Format(time.RFC3339), left.Round(time.Second), (left + 5*time.Minute).Round(time.Minute).String(), abandon)
	}
	return abandon
}
