package link

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Create makes one link, exactly once (once.go). From its success on nothing is an error any more: an error taints, and the next apply
// would replace a live link. The one exception is a broken promise (Verifier), which ends the link again.
func (r *Resource[M, L, PM]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan, config M
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	limit, diags := PM(&plan).Common().Timeouts.Create(ctx, defaultCreate)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	created, diags := r.creator().Create(ctx, req.Plan.Raw, &plan, &config)
	if resp.Diagnostics.Append(diags...); resp.Diagnostics.HasError() {
		return
	}
	answer := created.Answer

	key := r.saveCreated(ctx, req.Plan.Raw, answer, created.Began, resp)
	r.registry.MarkManaged(key)
	r.bulkReader().Invalidate(key)
	resp.Diagnostics.Append(created.Warnings...)
	if verifier, ok := r.vendor.(driver.Verifier[M, L]); ok {
		if violations := verifier.Verify(ctx, &plan, answer); violations.HasError() {
			r.rollBack(ctx, key, violations, resp)
			return
		}
	}
	if answer, ok := r.activateAfterCreate(ctx, key, resp); ok {
		_, diags := r.stateValue(ctx, answer)
		if diags.HasError() { // what the create answered stays
			resp.Diagnostics.Append(warnings(diags)...)
			return
		}
		r.saveCreated(ctx, req.Plan.Raw, answer, created.Began, resp)
	}
}

// saveCreated writes what the vendor answered to state, identity and private state, before anything else is done.
func (r *Resource[M, L, PM]) saveCreated(ctx context.Context, plan tftypes.Value, answer L, began time.Time, resp *resource.CreateResponse) driver.Key {
	value, echo := r.stateAfterCreate(ctx, plan, answer, &resp.Diagnostics)
	key := r.key(value)
	account := r.account(key)
	resp.State.Raw = value
	resp.Diagnostics.Append(warnings(r.setIdentity(ctx, resp.Identity, key))...)
	resp.Diagnostics.Append(warnings(privateState{Account: &account, Created: began, VendorForms: echo}.write(ctx, resp.Private))...)
	return key
}

// stateAfterCreate is the state of a link that now exists. Should its mapping fail, what it takes to find the link again is kept
// all the same.
func (r *Resource[M, L, PM]) stateAfterCreate(ctx context.Context, plan tftypes.Value, answer L, diags *diag.Diagnostics) (tftypes.Value, map[string]string) {
	value, mapping := r.stateValue(ctx, answer)
	diags.Append(warnings(mapping)...)
	if !mapping.HasError() {
		return r.diff.MergeCreated(plan, value)
	}
	m := r.vendor.Model(answer)
	base := PM(&m).Common()
	attributes := diff.Attributes(plan)
	attributes["id"] = tftypes.NewValue(tftypes.String, base.ID.ValueString())
	attributes["url"] = tftypes.NewValue(tftypes.String, base.URL.ValueString())
	if r.info.Scope != "" {
		attributes[r.info.Scope] = tftypes.NewValue(tftypes.String, r.scopeOf(plan))
	}
	return diff.WithoutUnknowns(tftypes.NewValue(plan.Type(), attributes)), nil
}

// rollBack ends a link whose answer broke a promise, so that nothing stays behind. When that fails too, the link stays in
// state, tainted by the error: the next apply ends it and makes a new one.
func (r *Resource[M, L, PM]) rollBack(ctx context.Context, key driver.Key, violations diag.Diagnostics, resp *resource.CreateResponse) {
	resp.Diagnostics.Append(violations...)
	err := errors.New("no call of " + r.info.Title + " ends a link")
	if revoker, ok := r.revoker(); ok {
		err = revoker.Revoke(context.WithoutCancel(ctx), key)
	}
	if err != nil {
		next := "the next apply revokes it and creates a new one."
		if !r.revocable {
			next = "the next apply lets it go and creates a new one, and both stay payable. Settle it at " + r.info.Title + " first."
		}
		resp.Diagnostics.AddError("Cannot revoke the new "+r.info.Title+" payment link",
			"The link "+key.ID+" was to be ended again, because of the error above, but: "+r.errorDetail(err, true)+"\n\nIt stays in state, marked as tainted: "+next)
		return
	}
	resp.State.Raw = r.nullState()
}

// activateAfterCreate activates a link that was created with `activate = true`. A failure leaves a warning; the next plan shows
// the status as unknown and the next apply tries again.
func (r *Resource[M, L, PM]) activateAfterCreate(ctx context.Context, key driver.Key, resp *resource.CreateResponse) (answer L, ok bool) {
	activatable, activator, ok := r.activation()
	if !ok || !boolValue(diff.Attributes(resp.State.Raw)[activateAttribute]) {
		return answer, false
	}
	var state M
	resp.Diagnostics.Append(warnings(resp.State.Get(ctx, &state))...)
	if !r.needsActivation(activatable, &state) {
		return answer, false
	}
	answer, err := activator.Activate(ctx, key)
	if err != nil {
		resp.Diagnostics.AddWarning("Created, but not activated: "+r.info.Title+" payment link",
			"The link "+key.ID+" exists and is in state, but its activation failed: "+r.errorDetail(err, true)+"\n\nThe next apply tries again.")
		return answer, false
	}
	return answer, true
}

// activation returns the vendor's and the client's part of it, where there is one.
func (r *Resource[M, L, PM]) activation() (driver.Activatable[M], driver.Activator[L], bool) {
	activatable, ok := r.vendor.(driver.Activatable[M])
	if !ok {
		return nil, nil, false
	}
	activator, ok := r.activator()
	return activatable, activator, ok
}

// needsActivation: the link waits for it, and is still there to be activated.
func (r *Resource[M, L, PM]) needsActivation(activatable driver.Activatable[M], state *M) bool {
	return activatable.AwaitsActivation(state) && !driver.State(PM(state).Common().State.ValueString()).Ended()
}

func boolValue(v tftypes.Value) bool {
	var out *bool
	if v.IsKnown() && v.Type() != nil && v.Type().Is(tftypes.Bool) {
		_ = v.As(&out)
	}
	return out != nil && *out
}
