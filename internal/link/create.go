package link

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Create makes one link, exactly once (once.go). From its success on nothing is an error any more: an error taints, and the next apply
// would replace a live link. The one exception is a broken promise (Verifier), which ends the link again.
func (r *Resource[M, L, PM]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan, config M
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	limit, diags := PM(&plan).base().Timeouts.Create(ctx, defaultCreate)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	b, release, err := r.prepare(ctx, req.Plan.Raw, &plan, &config)
	if err != nil {
		resp.Diagnostics.Append(r.failure("create", err, "Nothing was created.")...)
		return
	}
	defer release()
	answer, adopted, failed := r.once(ctx, b)
	if failed != nil {
		resp.Diagnostics.Append(failed...)
		return
	}

	key := r.record(ctx, req.Plan.Raw, answer, b.began, resp)
	r.ledger.know(key)
	r.refresher().wrote(key)
	resp.Diagnostics.Append(adopted...)
	if verifier, ok := r.vendor.(Verifier[M, L]); ok {
		if broken := verifier.Verify(ctx, &plan, answer); broken.HasError() {
			r.undo(ctx, key, broken, resp)
			return
		}
	}
	if answer, ok := r.activateNew(ctx, key, resp); ok {
		_, diags := r.answered(ctx, answer)
		if diags.HasError() { // what the create answered stays
			resp.Diagnostics.Append(warnings(diags)...)
			return
		}
		r.record(ctx, req.Plan.Raw, answer, b.began, resp)
	}
}

// record writes what the vendor answered to state, identity and private state, before anything else is done.
func (r *Resource[M, L, PM]) record(ctx context.Context, plan tftypes.Value, answer L, began time.Time, resp *resource.CreateResponse) Key {
	value, echo := r.landed(ctx, plan, answer, &resp.Diagnostics)
	key := r.key(value)
	account := r.account(key)
	resp.State.Raw = value
	resp.Diagnostics.Append(warnings(r.identify(ctx, resp.Identity, key))...)
	resp.Diagnostics.Append(warnings(note{Account: &account, Created: began, Echo: echo}.write(ctx, resp.Private))...)
	return key
}

// landed is the state of a link that now exists. Should its mapping fail, what it takes to find the link again is kept
// all the same.
func (r *Resource[M, L, PM]) landed(ctx context.Context, plan tftypes.Value, answer L, diags *diag.Diagnostics) (tftypes.Value, map[string]string) {
	value, mapping := r.answered(ctx, answer)
	diags.Append(warnings(mapping)...)
	if !mapping.HasError() {
		return r.shape.created(plan, value)
	}
	m := r.vendor.Model(answer)
	base := PM(&m).base()
	attributes := attributesOf(plan)
	attributes["id"] = tftypes.NewValue(tftypes.String, base.ID.ValueString())
	attributes["url"] = tftypes.NewValue(tftypes.String, base.URL.ValueString())
	if r.about.Scope != "" {
		attributes[r.about.Scope] = tftypes.NewValue(tftypes.String, r.scopeOf(plan))
	}
	return known(tftypes.NewValue(plan.Type(), attributes)), nil
}

// undo ends a link whose answer broke a promise, so that nothing stays behind. When that fails too, the link stays in
// state, tainted by the error: the next apply ends it and makes a new one.
func (r *Resource[M, L, PM]) undo(ctx context.Context, key Key, broken diag.Diagnostics, resp *resource.CreateResponse) {
	resp.Diagnostics.Append(broken...)
	err := errors.New("no call of " + r.about.Title + " ends a link")
	if revoker, ok := r.revoker(); ok {
		err = revoker.Revoke(context.WithoutCancel(ctx), key)
	}
	if err != nil {
		next := "the next apply revokes it and creates a new one."
		if !r.about.Revocable {
			next = "the next apply lets it go and creates a new one, and both stay payable. Settle it at " + r.about.Title + " first."
		}
		resp.Diagnostics.AddError("Cannot revoke the new "+r.about.Title+" payment link",
			"The link "+key.ID+" was to be ended again, because of the error above, but: "+r.explained(err, true)+"\n\nIt stays in state, marked as tainted: "+next)
		return
	}
	resp.State.Raw = r.null()
}

// activateNew activates a link that was created with `activate = true`. A failure leaves a warning; the next plan shows
// the status as unknown and the next apply tries again.
func (r *Resource[M, L, PM]) activateNew(ctx context.Context, key Key, resp *resource.CreateResponse) (answer L, ok bool) {
	activatable, activator, ok := r.activation()
	if !ok || !truth(attributesOf(resp.State.Raw)[activateAttribute]) {
		return answer, false
	}
	var state M
	resp.Diagnostics.Append(warnings(resp.State.Get(ctx, &state))...)
	if !r.wantsActivation(activatable, &state) {
		return answer, false
	}
	answer, err := activator.Activate(ctx, key)
	if err != nil {
		resp.Diagnostics.AddWarning("Created, but not activated: "+r.about.Title+" payment link",
			"The link "+key.ID+" exists and is in state, but its activation failed: "+r.explained(err, true)+"\n\nThe next apply tries again.")
		return answer, false
	}
	return answer, true
}

// activation returns the vendor's and the client's part of it, where there is one.
func (r *Resource[M, L, PM]) activation() (Activatable[M], Activator[L], bool) {
	activatable, ok := r.vendor.(Activatable[M])
	if !ok {
		return nil, nil, false
	}
	activator, ok := r.activator()
	return activatable, activator, ok
}

// wantsActivation: the link waits for it, and is still there to be activated.
func (r *Resource[M, L, PM]) wantsActivation(activatable Activatable[M], state *M) bool {
	return activatable.Dormant(state) && !State(PM(state).base().State.ValueString()).ended()
}

func truth(v tftypes.Value) bool {
	var out *bool
	if v.IsKnown() && v.Type() != nil && v.Type().Is(tftypes.Bool) {
		_ = v.As(&out)
	}
	return out != nil && *out
}
