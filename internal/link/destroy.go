package link

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
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
	began := r.clock.Now()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	key := r.key(req.State.Raw)
	known := State(base.State.ValueString())
	if known == Revoked {
		return
	}
	if !r.about.Revocable {
		r.letGo(ctx, key, base, known, remembered, resp)
		return
	}
	if base.OnDestroy.ValueString() == onDestroyAbandon {
		if !known.ended() {
			resp.Diagnostics.AddWarning(r.about.Title+" payment link stays payable: "+key.ID,
				"`on_destroy` is `abandon`: the link "+key.ID+" is no longer managed, and "+base.URL.ValueString()+" can still be paid.")
		}
		return
	}
	if resp.Diagnostics.Append(r.foreign("revoke", key, remembered)...); resp.Diagnostics.HasError() {
		return
	}
	ended, diags := r.end(ctx, order{
		key: key, created: remembered.Created, until: began.Add(limit - lastCall), kept: "The link " + key.ID + " (" + base.URL.ValueString() + ") stays in state.",
		advice: r.advice,
	})
	resp.Diagnostics.Append(diags...)
	switch {
	case diags.HasError():
	case ended.gone != nil:
		r.gone(ctx, key, remembered, ended.gone, resp)
	case ended.state == Paid:
		resp.Diagnostics.Append(r.wasPaid(key, base))
	}
}

// foreign refuses to act on a link with credentials that are not the ones that made it.
func (a *access[M, L, PM]) foreign(verb string, key Key, remembered note) (diags diag.Diagnostics) {
	if remembered.Account == nil {
		return nil
	}
	if verdict, difference := remembered.Account.compare(a.account(key)); verdict == otherAccount {
		diags.AddError("Cannot "+verb+" "+a.about.Title+" payment link",
			"These are not the credentials that made the link "+key.ID+": "+difference+". No request was sent, and the link stays in state. Use the account that the link belongs to.")
	}
	return diags
}

// letGo is a destroy at a vendor without a revoke call: a guessed one is never sent. No such call tells that the link has
// ended since the refresh, so that it is looked at; when that fails, the worse is said.
func (r *Resource[M, L, PM]) letGo(ctx context.Context, key Key, base *Model, known State, remembered note, resp *resource.DeleteResponse) {
	if known.ended() {
		return
	}
	if r.foreign("look at", key, remembered) == nil {
		if answer, err := r.client.Get(ctx, key); err == nil && r.ended(answer) {
			if r.vendor.State(answer, r.clock.Now()) == Paid {
				resp.Diagnostics.Append(r.wasPaid(key, base))
			}
			return
		}
	}
	if base.OnDestroy.ValueString() == onDestroyFail {
		resp.Diagnostics.AddError("Cannot end "+r.about.Title+" payment link", r.unended(base)+
			" `on_destroy` is `fail`, so that it stays in state. To let it go: set `on_destroy = \"abandon\"`, apply, then destroy.")
		return
	}
	resp.Diagnostics.AddWarning(r.about.Title+" payment link stays payable: "+key.ID, r.unended(base))
}

// wasPaid tells of a link whose end was wanted, and that has been paid.
func (r *Resource[M, L, PM]) wasPaid(key Key, base *Model) diag.Diagnostic {
	return diag.NewWarningDiagnostic(r.about.Title+" payment link was paid: "+key.ID,
		"The link "+key.ID+" ("+base.URL.ValueString()+") was paid, so that there was nothing to end. It is no longer managed, and nothing was refunded.")
}

func (r *Resource[M, L, PM]) unended(base *Model) string {
	return r.about.Title + " documents no call that ends a link: " + base.ID.ValueString() + " (" + base.URL.ValueString() + ") stays payable until it is settled there."
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
		resp.Diagnostics.Append(r.failure("revoke", err, "The link "+key.ID+" stays in state. Try again later.")...)
	case !gone:
		resp.Diagnostics.AddError("Cannot revoke "+r.about.Title+" payment link",
			r.about.Title+" answers that the link "+key.ID+" does not exist, and yet lists it. It stays in state. Try again later.")
	}
}

// advice is what a person can do about a link whose destroy was refused.
func (r *Resource[M, L, PM]) advice(now State, from time.Time) string {
	abandon := "To let it go without ending it: set `on_destroy = \"abandon\"`, apply, then destroy."
	switch {
	case now == Processing:
		return "Somebody is paying: wait until the payment is through or has failed, then destroy again."
	case !from.IsZero():
		left := from.Sub(r.clock.Now())
		return fmt.Sprintf("It can be revoked from %s on, when it has expired (in %s). Destroy it then, or let the provider wait for it: set `timeouts = { delete = %q }`, apply, then destroy. %s",
			from.UTC().Format(time.RFC3339), left.Round(time.Second), (left + 5*time.Minute).Round(time.Minute).String(), abandon)
	}
	return abandon
}
