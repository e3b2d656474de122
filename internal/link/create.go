package link

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Create makes one link, exactly once (package createonce). Once the link exists, failures are warnings: an error taints, and
// the next apply would replace a live link. The one exception is an answer that violates the plan (driver.Verifier), which
// revokes the link again.
func (r *Resource[M, L, PM]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan, config M
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	timeout, diags := PM(&plan).Common().Timeouts.Create(ctx, defaultCreateTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	created, diags := r.creator().Create(ctx, req.Plan.Raw, &plan, &config)
	if resp.Diagnostics.Append(diags...); resp.Diagnostics.HasError() {
		return
	}
	key := r.saveCreated(ctx, req.Plan.Raw, created.Answer, created.Began, resp)
	r.bulkReader().Invalidate(key)
	resp.Diagnostics.Append(created.Warnings...)
	if verifier, ok := r.vendor.(driver.Verifier[M, L]); ok {
		if violations := verifier.Verify(ctx, &plan, created.Answer); violations.HasError() {
			r.rollBack(ctx, key, created.Began, violations, resp)
			return
		}
	}
	if now := r.vendor.State(created.Answer, r.clock.Now()); now.Ended() {
		resp.Diagnostics.AddWarning("The new "+r.info.Title+" payment link has ended already: "+key.ID,
			"The create was answered with the link "+key.ID+" as `"+string(now)+"`: it can no longer be paid. It is in state, and `replace_when` decides whether the next plan replaces it. Look at it in "+r.info.Title+"'s console first.")
	}
	if answer, ok := r.activateAfterCreate(ctx, key, resp); ok {
		_, diags := r.stateValue(ctx, answer)
		if diags.HasError() { // the answer to the create stays in state
			resp.Diagnostics.Append(warnings(diags)...)
			return
		}
		r.saveCreated(ctx, req.Plan.Raw, answer, created.Began, resp)
	}
}

// creator returns what creates the vendor's links.
func (r *Resource[M, L, PM]) creator() *createonce.Creator[M, L] {
	return &createonce.Creator[M, L]{
		Vendor: r.vendor, Client: r.client, Info: r.info, Diff: r.diff, Registry: r.registry, Clock: r.clock, Budget: r.budget, InFlight: r.data.RequestTimeout,
		Journal: r.data.Journal, Account: r.journalAccount(),
		Value: r.stateValue, ID: r.idOf, Key: r.key, Scope: r.scopeOf, Find: r.find,
		Refused: func(err error) diag.Diagnostics { return r.apiError(opCreate, err, "Nothing was created.") },
		Explain: func(err error) string { return r.errorDetail(opRead, err) },
	}
}

// saveCreated writes an answer to state, identity and private state, before anything else is done.
func (r *Resource[M, L, PM]) saveCreated(ctx context.Context, plan tftypes.Value, answer L, began time.Time, resp *resource.CreateResponse) driver.Key {
	value, vendorForms := r.stateAfterCreate(ctx, plan, answer, &resp.Diagnostics)
	key := r.key(value)
	account := r.account(key)
	resp.State.Raw = value
	r.setIdentity(resp.Identity, key)
	resp.Diagnostics.Append(r.answerWarnings(answer)...)
	resp.Diagnostics.Append(warnings(privateState{Account: &account, Created: began, VendorForms: vendorForms}.write(ctx, resp.Private))...)
	return key
}

// stateAfterCreate returns the state of a link that now exists. If its answer cannot be mapped, the state keeps at least what it
// takes to find the link again.
func (r *Resource[M, L, PM]) stateAfterCreate(ctx context.Context, plan tftypes.Value, answer L, diags *diag.Diagnostics) (state tftypes.Value, vendorForms map[string]string) {
	value, mapping := r.stateValue(ctx, answer)
	diags.Append(warnings(mapping)...)
	if !mapping.HasError() {
		return r.diff.MergeCreated(plan, value)
	}
	m := r.vendor.Model(answer)
	common := PM(&m).Common()
	state = diff.With(plan, "id", tftypes.NewValue(tftypes.String, common.ID.ValueString()))
	state = diff.With(state, "url", tftypes.NewValue(tftypes.String, common.URL.ValueString()))
	if r.info.Scope != "" {
		state = diff.With(state, r.info.Scope, tftypes.NewValue(tftypes.String, r.scopeOf(plan)))
	}
	return diff.WithoutUnknowns(state), nil
}

// rollBack revokes a link whose answer violates the plan, so that nothing stays behind. If that fails too, the link stays in
// state, tainted by the error: the next apply revokes it and creates another.
func (r *Resource[M, L, PM]) rollBack(ctx context.Context, key driver.Key, created time.Time, violations diag.Diagnostics, resp *resource.CreateResponse) {
	resp.Diagnostics.Append(violations...)
	summary := "Cannot revoke the new " + r.info.Title + " payment link"
	if !r.revocable {
		resp.Diagnostics.AddError(summary, "The link "+key.ID+" was to be ended again, because of the error above, but no call of "+r.info.Title+" ends a link. "+
			"It stays in state, marked as tainted: the next apply lets it go and creates a new one, and both stay payable. Settle it at "+r.info.Title+" first.")
		return
	}
	result, diags := r.revokeLink(context.WithoutCancel(ctx), revokeRequest{
		key: key, created: created, consequence: "It was to be ended again, because of the error above. It stays in state, marked as tainted: the next apply revokes it and creates a new one.",
		advice: func(driver.State, time.Time) string { return "" },
	})
	switch {
	case diags.HasError():
		resp.Diagnostics.AddError(summary, diags[0].Detail())
	case result.notFound != nil:
		resp.Diagnostics.Append(r.apiError(opRevoke, result.notFound, "The link "+key.ID+" was to be ended again, because of the error above. It stays in state, marked as tainted: the next apply looks for it again.")...)
	default:
		resp.State.Raw = r.nullState()
	}
}

// activateAfterCreate activates a link that was created with `activate = true`; ok is false if there was nothing to do or it
// failed. A failure is a warning: the next plan shows the status as unknown and the next apply tries again.
func (r *Resource[M, L, PM]) activateAfterCreate(ctx context.Context, key driver.Key, resp *resource.CreateResponse) (answer L, ok bool) {
	activatable, activator, ok := r.activation()
	if !ok || !diff.Bool(diff.Attributes(resp.State.Raw)[activateAttribute]) {
		return answer, false
	}
	var state M
	resp.Diagnostics.Append(warnings(resp.State.Get(ctx, &state))...)
	if !needsActivation[M, PM](activatable, &state) {
		return answer, false
	}
	answer, err := r.activate(ctx, activator, key)
	if err != nil {
		resp.Diagnostics.AddWarning("Created, but not activated: "+r.info.Title+" payment link",
			"The link "+key.ID+" exists and is in state, but its activation failed: "+r.errorDetail(opActivate, err)+"\n\nThe next apply tries again.")
		return answer, false
	}
	return answer, true
}
