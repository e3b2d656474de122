package link

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// ModifyPlan is the one place where a replacement is decided. It returns an error only for what must block a destroy too.
func (r *Resource[M, L, PM]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	switch {
	case req.Plan.Raw.IsNull() && req.State.Raw.IsNull():
	case req.Plan.Raw.IsNull():
		r.planDestroy(ctx, req, resp)
	case req.State.Raw.IsNull():
		r.planCreate(ctx, req, resp)
	default:
		r.planChange(ctx, req, resp)
	}
}

func (r *Resource[M, L, PM]) planCreate(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if scope := r.info.Scope; scope != "" && diff.Attributes(req.Config.Raw)[scope].IsNull() && r.defaultScope() == "" {
		resp.Diagnostics.AddAttributeError(path.Root(scope), "Missing "+scope,
			"The link does not say which "+scope+" it belongs to, and neither does the provider. Set `"+scope+"` here, or in the provider's `"+r.info.Name+"` object.")
	}
	demander, ok := r.vendor.(driver.CreateValidator[M])
	if !ok {
		return
	}
	var config M
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(demander.ValidateCreate(ctx, &config)...)
	}
}

func (r *Resource[M, L, PM]) planDestroy(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var state M
	if resp.Diagnostics.Append(req.State.Get(ctx, &state)...); resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(r.previewWarnings(ctx, &state, nil)...)
	r.warnNotRevocable(PM(&state).Common(), resp)
}

// previewWarnings asks the vendor what will stand in the way of the link's end. The destroy reads its policies from state.
func (r *Resource[M, L, PM]) previewWarnings(ctx context.Context, state, plan *M) diag.Diagnostics {
	foreseer, ok := r.vendor.(driver.PlanWarner[M])
	if !ok {
		return nil
	}
	patience, diags := PM(state).Common().Timeouts.Delete(ctx, defaultDelete)
	now := r.clock.Now()
	return append(diags, foreseer.PlanWarnings(ctx, state, plan, now, now.Add(patience-revokeReserve))...)
}

// warnNotRevocable says at plan time what a destroy cannot do (Gigs).
func (r *Resource[M, L, PM]) warnNotRevocable(state *driver.Model, resp *resource.ModifyPlanResponse) {
	if r.revocable || driver.State(state.State.ValueString()).Ended() {
		return
	}
	if state.OnDestroy.ValueString() == onDestroyFail {
		resp.Diagnostics.AddError("Cannot end "+r.info.Title+" payment link", r.stillPayableDetail(state)+
			" `on_destroy` is `fail`. To let it go: set `on_destroy = \"abandon\"`, apply, then destroy.")
		return
	}
	resp.Diagnostics.AddWarning(r.info.Title+" payment link stays payable: "+state.ID.ValueString(), r.stillPayableDetail(state))
}

func (r *Resource[M, L, PM]) planChange(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state M
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	private, diags := readPrivateState(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	before := PM(&state).Common()
	now := driver.State(before.State.ValueString())
	replaced := r.diff.Replacements(req.State.Raw, req.Plan.Raw, private.HiddenAtImport)
	replaced = append(replaced, r.planActivation(ctx, &state, req, resp)...)

	if policy := PM(&plan).Common().ReplaceWhen; policy.IsUnknown() && now.Ended() {
		resp.Diagnostics.AddAttributeError(path.Root("replace_when"), "Value not known yet",
			"The link "+r.linkLabel(before)+" is `"+string(now)+"`: whether it is replaced depends on `replace_when`, which is not known yet. Write it out, or use a variable.")
		return
	}
	if PM(&plan).Common().ReplacesOn(now) {
		replaced = append(replaced, stateAttribute)
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(stateAttribute), types.StringUnknown())...)
		resp.Diagnostics.AddWarning(r.info.Title+" payment link will be replaced: "+before.ID.ValueString()+" is "+string(now),
			"The link "+r.linkLabel(before)+" is `"+string(now)+"`"+r.sinceClause(&state)+", and `replace_when` names that state: a new link with a new URL takes its place.")
	} else if len(replaced) == 0 && now.Ended() && !private.NotFoundReported {
		resp.Diagnostics.AddWarning(r.info.Title+" payment link is "+string(now),
			"The link "+r.linkLabel(before)+" is `"+string(now)+"`"+r.sinceClause(&state)+" and stays as it is. To have a new one: add \""+string(now)+"\" to `replace_when`, or plan with -replace.")
	}
	for _, name := range replaced {
		resp.RequiresReplace.Append(path.Root(name))
	}
	if len(replaced) == 0 {
		return
	}
	if foreseen := r.previewWarnings(ctx, &state, &plan); len(foreseen) > 0 {
		resp.Diagnostics.Append(foreseen...)
		return
	}
	r.warnReplacement(before, now, replaced, resp)
}

// Terraform shows warnings of one summary as one. What ends a URL or leaves one payable names its link there, so that
// none is hidden behind another; what only stays as it is may be folded.

// warnReplacement warns of a URL that is about to die in somebody's hand.
func (r *Resource[M, L, PM]) warnReplacement(state *driver.Model, now driver.State, replaced []string, resp *resource.ModifyPlanResponse) {
	if !r.revocable || state.OnDestroy.ValueString() == onDestroyAbandon {
		if !now.Ended() && r.revocable {
			resp.Diagnostics.AddWarning(r.info.Title+" payment link stays payable: "+state.ID.ValueString(),
				"The link "+r.linkLabel(state)+" will be replaced because of "+strings.Join(replaced, ", ")+", and `on_destroy` is `abandon`: the old and the new link will both be payable.")
		}
		r.warnNotRevocable(state, resp)
		return
	}
	if now == driver.Open {
		resp.Diagnostics.AddWarning("An open "+r.info.Title+" payment link will be replaced: "+state.ID.ValueString(),
			"A change of "+strings.Join(replaced, ", ")+" needs a new link: "+r.linkLabel(state)+" is revoked and its URL stops working for whoever holds it (but with `destroy = false` in its `lifecycle`, both stay payable). "+
				"Until the apply is through (and with create_before_destroy, between the two steps) more than one link may be payable.")
	}
}

// planActivation: true over a dormant link acts in place; false cannot take an activation back, so it replaces.
func (r *Resource[M, L, PM]) planActivation(ctx context.Context, state *M, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) []string {
	activatable, ok := r.vendor.(driver.Activatable[M])
	if !ok {
		return nil
	}
	planned, before := diff.Attributes(req.Plan.Raw)[activateAttribute], diff.Attributes(req.State.Raw)[activateAttribute]
	dormant := activatable.AwaitsActivation(state)
	switch {
	case boolValue(planned) && r.needsActivation(activatable, state):
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(statusAttribute), types.StringUnknown())...)
	case boolValue(before) && planned.IsKnown() && !planned.IsNull() && !boolValue(planned) && !dormant:
		return []string{activateAttribute}
	}
	return nil
}

// sinceClause says from when on the link is what its state says, as part of a sentence.
func (r *Resource[M, L, PM]) sinceClause(state *M) string {
	if dater, ok := r.vendor.(driver.StateTimer[M]); ok {
		if moment := dater.StateSince(state); moment != "" {
			return " since " + moment
		}
	}
	return " (" + r.info.Title + " does not say since when)"
}

func (r *Resource[M, L, PM]) linkLabel(state *driver.Model) string {
	return state.ID.ValueString() + " (" + state.URL.ValueString() + ")"
}
