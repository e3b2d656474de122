package link

import (
	"context"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// Delete revokes first and looks only when that is refused: a look before each would double the requests of a large
// destroy. An error keeps the link in state.
func (r *Resource[M, L, PM]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state M
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	remembered, diags := readNote(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	base := PM(&state).base()
	limit, diags := base.Timeouts.Delete(ctx, defaultDelete)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	key := r.key(req.State.Raw)
	known := State(base.State.ValueString())
	if known == Revoked {
		return
	}
	if !r.about.Revocable {
		r.letGo(base, known, resp)
		return
	}
	if base.OnDestroy.ValueString() == onDestroyAbandon {
		if !known.ended() {
			resp.Diagnostics.AddWarning(r.about.Title+" payment link stays payable",
				"`on_destroy` is `abandon`: the link "+key.ID+" is no longer managed, and "+base.URL.ValueString()+" can still be paid.")
		}
		return
	}
	if resp.Diagnostics.Append(r.foreign("revoke", key, remembered)...); resp.Diagnostics.HasError() {
		return
	}
	revoker, ok := r.client.(Revoker)
	if !ok {
		resp.Diagnostics.AddError("Cannot revoke "+r.about.Title+" payment link", "The provider has no call for it. Please report this to its developers.")
		return
	}
	if err := revoker.Revoke(ctx, key); err != nil {
		r.refused(ctx, key, base, remembered, err, resp)
	}
}

// foreign refuses to act on a link with credentials that are not the ones that made it.
func (r *Resource[M, L, PM]) foreign(verb string, key Key, remembered note) (diags diag.Diagnostics) {
	if remembered.Account == nil {
		return nil
	}
	if verdict, difference := remembered.Account.compare(r.account(key)); verdict == otherAccount {
		diags.AddError("Cannot "+verb+" "+r.about.Title+" payment link",
			"These are not the credentials that made the link "+key.ID+": "+difference+". No request was sent and the link stays in state. Use the account that the link belongs to.")
	}
	return diags
}

// letGo is a destroy at a vendor without a revoke call: a guessed one is never sent.
func (r *Resource[M, L, PM]) letGo(base *Model, known State, resp *resource.DeleteResponse) {
	if known.ended() {
		return
	}
	if base.OnDestroy.ValueString() == onDestroyFail {
		resp.Diagnostics.AddError("Cannot end "+r.about.Title+" payment link", r.unended(base)+
			" `on_destroy` is `fail`, so it stays in state. To let it go: set `on_destroy = \"abandon\"`, apply, then destroy.")
		return
	}
	resp.Diagnostics.AddWarning(r.about.Title+" payment link stays payable", r.unended(base))
}

func (r *Resource[M, L, PM]) unended(base *Model) string {
	return r.about.Title + " documents no call that ends a link: " + base.ID.ValueString() + " (" + base.URL.ValueString() + ") stays payable until it is settled there."
}

// refused looks at a link that could not be revoked. Revoked, expired, paid or gone is what was wanted; anything else
// is an error that names the state.
func (r *Resource[M, L, PM]) refused(ctx context.Context, key Key, base *Model, remembered note, refusal error, resp *resource.DeleteResponse) {
	if !worthALook(refusal) {
		resp.Diagnostics.Append(r.failure("revoke", refusal, "The link "+key.ID+" stays in state. Apply again.")...)
		return
	}
	answer, err := r.look(ctx, key, remembered.Created)
	if revoker, ok := r.client.(Revoker); ok && err == nil && rest.IsNotFound(refusal) && !r.ended(answer) {
		// It was only too new to be found.
		if refusal = revoker.Revoke(ctx, key); refusal == nil {
			return
		}
		answer, err = r.client.Get(ctx, key)
	}
	switch {
	case rest.IsNotFound(err):
		r.gone(ctx, key, remembered, err, resp)
		return
	case err != nil:
		resp.Diagnostics.Append(r.failure("revoke", refusal, "A look at the link failed too: "+explain(err)+"\n\nThe link "+key.ID+" stays in state.")...)
		return
	}
	switch now := r.vendor.State(answer, r.clock.Now()); now {
	case Revoked, Expired:
	case Paid:
		resp.Diagnostics.AddWarning(r.about.Title+" payment link was paid",
			"The link "+key.ID+" ("+base.URL.ValueString()+") could not be revoked, because it was paid meanwhile. It is no longer managed; nothing was refunded.")
	default:
		if r.ended(answer) {
			return
		}
		resp.Diagnostics.Append(r.failure("revoke", refusal, "The link "+key.ID+" is `"+string(now)+"` and stays in state. "+advice(now))...)
	}
}

// ended: there is nothing left to revoke, by the link's state or because the vendor says so in another way.
func (r *Resource[M, L, PM]) ended(answer L) bool {
	now := r.clock.Now()
	ender, ok := r.vendor.(Ender[L])
	return r.vendor.State(answer, now).ended() || ok && ender.Ended(answer, now)
}

// gone is a 404 at a destroy: done, when these credentials would see the link.
func (r *Resource[M, L, PM]) gone(ctx context.Context, key Key, remembered note, err error, resp *resource.DeleteResponse) {
	if remembered.Account != nil {
		if doubt := r.doubt(key, remembered); doubt != "" {
			resp.Diagnostics.Append(r.failure("revoke", err, doubt)...)
			return
		}
	}
	gone, err := r.confirmGone(ctx, key)
	switch {
	case err != nil:
		resp.Diagnostics.Append(r.failure("revoke", err, "The link "+key.ID+" stays in state.")...)
	case !gone:
		resp.Diagnostics.AddError("Cannot revoke "+r.about.Title+" payment link",
			"The vendor answers that the link "+key.ID+" does not exist, and yet lists it. It stays in state; try again.")
	}
}

func advice(s State) string {
	if s == Processing {
		return "Somebody is paying: wait until the payment is through or has failed, then destroy again."
	}
	return "To let it go without ending it: set `on_destroy = \"abandon\"`, apply, then destroy."
}

// worthALook: the vendor refused because of the link's state, or the outcome is unknown. A refusal of the credentials
// or of the rate would meet the look as well.
func worthALook(err error) bool {
	failed, ok := rest.AsError(err)
	if !ok {
		return false
	}
	if failed.Outcome == rest.Unknown {
		return true
	}
	switch failed.Status {
	case http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusConflict, http.StatusGone, http.StatusPreconditionFailed, http.StatusUnprocessableEntity:
		return true
	}
	return false
}
