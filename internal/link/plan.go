package link

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// ModifyPlan is modifyPlan behind the framework.
func (r *Resource[M, L, PM]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	data, diags := req.Private.GetKey(ctx, PrivateStateKey)
	resp.Diagnostics.Append(diags...)
	r.modifyPlan(ctx, data, req, resp)
}

// modifyPlan is the one place where a replacement is decided. It returns an error only for what must block a destroy too. data is the
// encoded private state.
func (r *Resource[M, L, PM]) modifyPlan(ctx context.Context, data []byte, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if !req.State.Raw.IsNull() {
		r.markInState(ctx, r.key(req.State.Raw))
	}
	switch {
	case req.Plan.Raw.IsNull() && req.State.Raw.IsNull():
	case req.Plan.Raw.IsNull():
		r.planDestroy(ctx, req, resp)
	case req.State.Raw.IsNull():
		r.planCreate(ctx, req, resp)
	default:
		r.planChange(ctx, data, req, resp)
	}
}

func (r *Resource[M, L, PM]) planCreate(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if scope := r.info.Scope; scope != "" && diff.Attributes(req.Config.Raw)[scope].IsNull() && r.defaultScope() == "" {
		resp.Diagnostics.AddAttributeError(path.Root(scope), "Missing "+scope,
			"Neither the link nor the provider sets a "+scope+". Set `"+scope+"` here, or in the provider's `"+r.info.Name+"` object.")
	}
	if !diff.Attributes(req.Plan.Raw)[renewBeforeAttribute].IsNull() {
		var plan M
		resp.Diagnostics.Append(r.decode(ctx, req.Plan.Raw, &plan)...)
		resp.Diagnostics.Append(checkRenewBefore(r.expiryOf(&plan, req.Plan.Raw, req.State.Raw))...)
	}
	r.planUnique(req, resp)
	r.planGone(req, resp)
	if validator, ok := r.vendor.(driver.CreateValidator[M]); ok {
		var config M
		resp.Diagnostics.Append(r.decode(ctx, req.Config.Raw, &config)...)
		if !resp.Diagnostics.HasError() {
			resp.Diagnostics.Append(validator.ValidateCreate(ctx, &config)...)
		}
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.notPayableYet(nil, diff.Attributes(req.Config.Raw)[activateAttribute])...)
		resp.Diagnostics.Append(r.creator().CheckWhole(ctx, req.Plan.Raw)...)
		resp.Diagnostics.Append(r.lookBeforeCreate(ctx, req.Plan.Raw)...)
		resp.Diagnostics.Append(r.creator().JournalWarning(r.data.Journal.Damage())...)
	}
}

func (r *Resource[M, L, PM]) planDestroy(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var state M
	if resp.Diagnostics.Append(r.decode(ctx, req.State.Raw, &state)...); resp.Diagnostics.HasError() {
		return
	}
	warnings := r.vendorWarnings(ctx, &state, nil)
	if len(warnings) == 0 {
		warnings = r.payingWarning(PM(&state).Common())
	}
	resp.Diagnostics.Append(warnings...)
	r.warnNotRevocable(PM(&state).Common(), resp)
}

// vendorWarnings asks the vendor what will prevent or delay the end of the link. A destroy reads its policies from state.
func (r *Resource[M, L, PM]) vendorWarnings(ctx context.Context, state, plan *M) diag.Diagnostics {
	warner, ok := r.vendor.(driver.PlanWarner[M])
	if !ok {
		return nil
	}
	timeout, diags := PM(state).Common().Timeouts.Delete(ctx, defaultDeleteTimeout)
	now := r.clock.Now()
	return append(diags, warner.PlanWarnings(ctx, state, plan, now, now.Add(timeout-revokeReserve))...)
}

// warnNotRevocable tells, at a vendor without a revoke call, that the link will can still be paid.
func (r *Resource[M, L, PM]) warnNotRevocable(state *driver.Model, resp *resource.ModifyPlanResponse) {
	if r.revocable || driver.State(state.State.ValueString()).Ended() {
		return
	}
	resp.Diagnostics.Append(r.staysPayable(state, "", " Terraform will no longer manage it."))
}

func (r *Resource[M, L, PM]) planChange(ctx context.Context, data []byte, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state M
	private, diags := decodePrivateState(data)
	private = private.orAssumed(r.diff, req.State.Raw)
	resp.Diagnostics.Append(diags...)
	if !diags.HasError() && r.changesNothing(ctx, req, private) {
		return
	}
	changes := r.changes(req.State.Raw, req.Plan.Raw, req.Config.Raw, private)
	req.Plan.Raw = diff.WithRemoved(r.diff.KeepEqual(req.State.Raw, req.Plan.Raw), req.Config.Raw, changes.removed)
	resp.Plan.Raw = req.Plan.Raw
	resp.Diagnostics.Append(r.decode(ctx, req.Plan.Raw, &plan)...)
	resp.Diagnostics.Append(r.decode(ctx, req.State.Raw, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	before := PM(&state).Common()
	now := driver.State(before.State.ValueString())
	replaced := changes.replaced
	if trusted := r.diff.TakenOnTrust(req.State.Raw, req.Plan.Raw, private.MissingAtImport); len(replaced) == 0 && len(trusted) > 0 {
		resp.Diagnostics.AddWarning(r.info.Title+" payment link is adopted as configured: "+before.ID.ValueString(),
			"The link "+linkLabel(before)+" was imported, and "+r.info.Title+" did not return its "+strings.Join(trusted, ", ")+". The configured value is stored without a check, and the link is not changed. Compare it with the link's payment page.")
	}
	replaced = append(replaced, r.planActivation(&state, req, resp)...)
	resp.Diagnostics.Append(r.changeWarnings(before, changes)...)

	if now == driver.Open {
		resp.Diagnostics.Append(checkRenewBefore(r.expiryOf(&plan, req.Plan.Raw, req.State.Raw))...)
	}
	policy := PM(&plan).Common()
	if r.planPaid(before, policy, replaced, resp); resp.Diagnostics.HasError() {
		return
	}
	if policy.ReplaceWhen.IsUnknown() && now.Ended() {
		resp.Diagnostics.AddAttributeError(path.Root("replace_when"), "Value not known yet",
			"The link "+linkLabel(before)+" is `"+string(now)+"`. `replace_when` decides whether it is replaced, but its value is not known yet. Use a literal value or a variable.")
		return
	}
	if policy.ReplacesOn(now) {
		replaced = append(replaced, stateAttribute)
		planUnknown(stateAttribute, resp)
		then := ""
		if now == driver.Paid {
			then = " The new link requests the money again."
		}
		resp.Diagnostics.AddWarning(r.info.Title+" payment link will be replaced: "+before.ID.ValueString()+" is "+string(now),
			"The link "+linkLabel(before)+" "+r.isIn(now, &state)+", and `replace_when` contains that state. It is replaced by a new link with a new URL."+then)
	} else if len(replaced) == 0 && now.Ended() && !private.NotFoundReported {
		then := ". To create a new link, add \"" + string(now) + "\" to `replace_when`, or plan with -replace."
		if now == driver.Paid { // a `replace_when` with "paid" would request the money after every payment
			then = ", because `replace_when` does not contain that state. A new link would request the money again; to create one, plan with -replace."
		}
		resp.Diagnostics.AddWarning(r.info.Title+" payment link is "+string(now), "The link "+linkLabel(before)+" "+r.isIn(now, &state)+" and is kept"+then)
	}
	expiry, lead := r.expiryOf(&state, req.Plan.Raw, req.State.Raw)
	renewed := false
	if len(replaced) == 0 {
		attribute, diags := r.planRenewal(before, expiry, lead)
		resp.Diagnostics.Append(diags...)
		if renewed = attribute != ""; renewed {
			replaced = append(replaced, attribute)
			planUnknown(attribute, resp)
		}
	}
	for _, name := range replaced {
		resp.RequiresReplace.Append(path.Root(name))
	}
	if len(replaced) == 0 {
		resp.Diagnostics.Append(r.notPayableYet(&state, diff.Attributes(req.Plan.Raw)[activateAttribute])...)
		return
	}
	if r.revocable && now != driver.Revoked && before.OnDestroy.ValueString() != onDestroyAbandon { // it will be revoked
		if resp.Diagnostics.Append(r.checkAccount(opReplace, r.key(req.State.Raw), private)...); resp.Diagnostics.HasError() {
			return
		}
	}
	warnings := r.vendorWarnings(ctx, &state, &plan)
	if renewed {
		resp.Diagnostics.Append(r.renewalWarning(before, expiry, lead, len(warnings) > 0)...)
	}
	if resp.Diagnostics.Append(warnings...); renewed || len(warnings) > 0 {
		return
	}
	if !slices.Contains(replaced, stateAttribute) { // else it is told why
		r.warnReplacement(before, now, replaced, resp)
	}
}

// changesNothing reports whether a plan is the state, and nothing is to be said about the link either: so are most links at most times, and
// next to nothing is decoded for them.
func (r *Resource[M, L, PM]) changesNothing(ctx context.Context, req resource.ModifyPlanRequest, private privateState) bool {
	attributes := diff.Attributes(req.State.Raw)
	now := diff.String(attributes[stateAttribute])
	if driver.State(now).Ended() || slices.Contains(diff.Strings(attributes["replace_when"]), now) || !attributes[renewBeforeAttribute].IsNull() ||
		!req.Config.Raw.IsFullyKnown() || !tfvalue.Identical(req.Plan.Raw, req.State.Raw) || len(r.diff.Removed(req.State.Raw, req.Config.Raw, private.Written)) > 0 {
		return false
	}
	activatable, ok := r.vendor.(driver.Activatable[M])
	if !ok {
		return true
	}
	var state M
	return !r.decode(ctx, req.State.Raw, &state).HasError() && !needsActivation[M, PM](activatable, &state)
}

// Terraform folds warnings of one summary into one. A warning that a URL dies or can still be paid names its link in the summary, so
// that none is hidden; a warning that nothing changes may be folded.

// warnReplacement warns that a link in somebody's hands is about to die, or that two links will be payable.
func (r *Resource[M, L, PM]) warnReplacement(state *driver.Model, now driver.State, replaced []string, resp *resource.ModifyPlanResponse) {
	if !r.revocable || state.OnDestroy.ValueString() == onDestroyAbandon {
		if !now.Ended() && r.revocable {
			resp.Diagnostics.AddWarning(r.info.Title+" payment link can still be paid: "+state.ID.ValueString(),
				"The link "+linkLabel(state)+" will be replaced because of "+strings.Join(replaced, ", ")+", and `on_destroy` is `abandon`: both the old and the new link will be payable.")
		}
		r.warnNotRevocable(state, resp)
		return
	}
	if now == driver.Open {
		resp.Diagnostics.AddWarning("An open "+r.info.Title+" payment link will be replaced: "+state.ID.ValueString(),
			"Changing "+strings.Join(replaced, ", ")+" requires a new link: "+linkLabel(state)+" is revoked and its URL stops working for everyone who has it"+r.data.unlessForgotten()+". "+
				"Until the apply completes (with create_before_destroy, between the two steps), both links may be payable.")
	}
}

// planActivation returns `activate` if its change needs a new link: no call takes an activation back. Setting it on a link that
// awaits its activation changes the link in place, unless it asks for other money.
func (r *Resource[M, L, PM]) planActivation(state *M, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) []string {
	activatable, ok := r.vendor.(driver.Activatable[M])
	if !ok {
		return nil
	}
	planned, before := diff.Attributes(req.Plan.Raw)[activateAttribute], diff.Attributes(req.State.Raw)[activateAttribute]
	switch {
	case diff.Bool(planned) && needsActivation[M, PM](activatable, state):
		if other, _ := r.moneyDifferences(state, state); len(other) > 0 {
			resp.Diagnostics.Append(r.otherMoneyWarning(state, other)...)
			planUnknown(stateAttribute, resp)
			return []string{stateAttribute}
		}
		planUnknown(statusAttribute, resp)
	case diff.Bool(before) && planned.IsKnown() && !planned.IsNull() && !diff.Bool(planned) && !activatable.AwaitsActivation(state):
		return []string{activateAttribute}
	}
	return nil
}

// planUnknown plans that an attribute of the vendor's changes.
func planUnknown(name string, resp *resource.ModifyPlanResponse) {
	resp.Plan.Raw = diff.With(resp.Plan.Raw, name, tftypes.NewValue(tftypes.String, tftypes.UnknownValue))
}

// isIn tells that the link is in its state, and since when, as part of a sentence.
func (r *Resource[M, L, PM]) isIn(now driver.State, state *M) string {
	if timer, ok := r.vendor.(driver.StateTimer[M]); ok {
		if since := timer.StateSince(state); since != "" {
			return "has been `" + string(now) + "` since " + redact.StripControl(since)
		}
	}
	return "is `" + string(now) + "`"
}
