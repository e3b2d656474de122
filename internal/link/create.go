package link

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Created is what a create leaves.
type Created struct {
	State       tftypes.Value // null for none
	Private     []byte        // what private state holds under PrivateStateKey
	Key         *driver.Key   // nil if no link was made
	Diagnostics diag.Diagnostics
}

// Create is create behind the framework.
func (r *Resource[M, L, PM]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	out := r.create(ctx, req.Config.Raw, req.Plan.Raw)
	resp.State.Raw, resp.Diagnostics = out.State, out.Diagnostics
	if out.Key != nil {
		r.setIdentity(resp.Identity, *out.Key)
		resp.Diagnostics.Append(warnings(resp.Private.SetKey(ctx, PrivateStateKey, out.Private))...)
	}
}

// create makes one link, exactly once (package createonce). Once the link exists, failures are warnings: an error taints, and
// the next apply would replace a live link. The one exception is an answer that asks for other money than the plan (rejectMoney).
func (r *Resource[M, L, PM]) create(ctx context.Context, config, plan tftypes.Value) (out Created) {
	out.State = r.nullState()
	var planned, configured M
	out.Diagnostics.Append(r.decode(ctx, plan, &planned)...)
	out.Diagnostics.Append(r.decode(ctx, config, &configured)...)
	timeout, diags := PM(&planned).Common().Timeouts.Create(ctx, defaultCreateTimeout)
	if out.Diagnostics.Append(diags...); out.Diagnostics.HasError() {
		return out
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	created, diags := r.creator().Create(ctx, plan, &planned, &configured)
	if out.Diagnostics.Append(diags...); out.Diagnostics.HasError() {
		return out
	}
	private := r.saveCreated(ctx, plan, created, &out)
	private.Written = r.diff.Written(config)
	answered := r.vendor.Model(created.Answer)
	different, rounded := r.moneyDifferences(&planned, &answered)
	if len(different) > 0 {
		r.rejectMoney(ctx, different, private, &out)
	} else {
		r.warnRounding(*out.Key, rounded, &out)
		r.finishCreated(ctx, plan, created.Answer, &private, &out)
	}
	data, diags := private.encode()
	out.Private = data
	out.Diagnostics.Append(warnings(diags)...)
	return out
}

func (r *Resource[M, L, PM]) creator() *createonce.Creator[M, L] {
	return &createonce.Creator[M, L]{
		Vendor: r.vendor, Client: r.client, Info: r.info, Diff: r.diff, Registry: r.registry, Clock: r.clock, Budget: r.data.RetryBudget, InFlight: r.data.RequestTimeout,
		Journal: r.data.Journal, Account: r.journalAccount(), EngineQueries: r.data.engineIsAtLeast("1.14", false),
		Value: r.stateValue, ID: r.idOf, Key: r.key, Scope: r.scopeOf, Find: r.find,
		Refused: func(err error) diag.Diagnostics { return r.apiError(opCreate, err, "Nothing was created.") },
		Explain: func(err error) string { return r.errorDetail(opRead, err) },
	}
}

// saveCreated takes over an answer, before anything else is done with the link.
func (r *Resource[M, L, PM]) saveCreated(ctx context.Context, plan tftypes.Value, created createonce.Created[L], out *Created) privateState {
	value, vendorForms := r.stateAfterCreate(ctx, plan, created.Answer, &out.Diagnostics)
	key := r.key(value)
	account := r.account(key)
	out.State, out.Key = value, &key
	out.Diagnostics.Append(r.answerWarnings(created.Answer)...)
	if by := r.info.Lookup; by != nil {
		r.lookups.Store(diff.String(diff.Attributes(value)[by.Attribute]), r.clock.Now())
	}
	r.bulkReader().Invalidate(key)
	out.Diagnostics.Append(created.Warnings...)
	return privateState{Account: &account, Created: created.Began, VendorForms: vendorForms}
}

// finishCreated says what is special about a new link, and activates it if its plan wants that.
func (r *Resource[M, L, PM]) finishCreated(ctx context.Context, plan tftypes.Value, answer L, private *privateState, out *Created) {
	if now := r.vendor.State(answer, r.vendorNow()); now.Ended() {
		out.Diagnostics.AddWarning("The new "+r.info.Title+" payment link has already ended: "+out.Key.ID,
			"The response to the create shows link "+out.Key.ID+" as `"+string(now)+"`: it can no longer be paid. It is in state, and `replace_when` decides whether the next plan replaces it. First check it in "+r.info.Title+"'s console.")
	}
	answer, ok := r.activateAfterCreate(ctx, out)
	if !ok {
		return
	}
	value, diags := r.mergeActivated(ctx, plan, out.State, answer, private)
	out.Diagnostics.Append(warnings(diags)...)
	if !diags.HasError() { // else the answer to the create stays in state
		out.State = value
		out.Diagnostics.Append(r.answerWarnings(answer)...)
	}
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
	state = diff.With(state, "url", tftypes.NewValue(tftypes.String, driver.URLOf(common.URL.ValueString())))
	if r.info.Scope != "" {
		state = diff.With(state, r.info.Scope, tftypes.NewValue(tftypes.String, r.scopeOf(plan)))
	}
	return diff.WithoutUnknowns(state), nil
}

// activateAfterCreate activates a link that was created with `activate = true`; ok is false if there was nothing to do or it
// failed. A failure is a warning: the next plan shows the status as unknown and the next apply tries again.
func (r *Resource[M, L, PM]) activateAfterCreate(ctx context.Context, out *Created) (answer L, ok bool) {
	activatable, activator, ok := r.activation()
	if !ok || !diff.Bool(diff.Attributes(out.State)[activateAttribute]) {
		return answer, false
	}
	var state M
	out.Diagnostics.Append(warnings(r.decode(ctx, out.State, &state))...)
	if !needsActivation[M, PM](activatable, &state) {
		return answer, false
	}
	answer, err := r.activate(ctx, activator, *out.Key)
	if err != nil {
		out.Diagnostics.AddWarning(r.info.Title+" payment link created but not activated",
			"The link "+out.Key.ID+" exists and is in state, but its activation failed: "+r.errorDetail(opActivate, err)+"\n\nThe next apply tries again.")
		return answer, false
	}
	return answer, true
}

// warnRounding tells of a new link whose amount was rounded differently.
func (r *Resource[M, L, PM]) warnRounding(key driver.Key, rounded []driver.MoneyTerm, out *Created) {
	for _, term := range rounded {
		out.Diagnostics.AddAttributeWarning(term.Attribute, r.info.Title+" payment link rounded differently: "+key.ID, fmt.Sprintf(
			"The configuration asks for %s (`%s`), but %s returned %s for the new payment link %s. This may be rounding, and the link is kept. Check whether the difference is acceptable.",
			term.Asked, term.Attribute, r.info.Title, term.Answered, key.ID))
	}
}

// rejectMoney revokes a link that asks for other money than its plan: an error, and nothing in state. Where nothing ends the link, it
// stays in state with a warning: an error would taint it, and the next apply would make a second one.
func (r *Resource[M, L, PM]) rejectMoney(ctx context.Context, different []driver.MoneyTerm, private privateState, out *Created) {
	key, kept := *out.Key, r.info.Title+" documents no call that revokes a link. It can be paid until it is settled there, even after a new link replaces it."
	if r.revocable {
		kept = r.revokeNewLink(ctx, key, private.Created)
	}
	if kept == "" {
		out.State = r.nullState()
	}
	for _, term := range different {
		if r.revocable { // what it has different from its plan is drift later, which replaces it
			delete(private.VendorForms, term.Attribute.String())
		}
		summary := "Wrong " + string(term.Kind) + " on the new " + r.info.Title + " payment link"
		what := fmt.Sprintf("The configuration asks for %s (`%s`), but %s returned %s for the new payment link %s.", term.Asked, term.Attribute, r.info.Title, term.Answered, key.ID)
		if kept == "" {
			out.Diagnostics.AddAttributeError(term.Attribute, summary, what+" The link was revoked, and nothing is in state. "+
				cmp.Or(term.Advice, "Apply again. If it happens again, contact "+r.info.Title+"."))
			continue
		}
		out.Diagnostics.AddAttributeWarning(term.Attribute, summary+": "+key.ID, strings.TrimSpace(
			what+" It is in state: do not hand out its URL, "+diff.String(diff.Attributes(out.State)["url"])+". "+kept+" "+term.Advice))
	}
}

// revokeNewLink revokes a link right after its create, and returns why it is still there; "" if nobody can pay it any more.
func (r *Resource[M, L, PM]) revokeNewLink(ctx context.Context, key driver.Key, created time.Time) string {
	const next = " Replace it: if the next plan does not, plan with -replace."
	result, diags := r.revokeLink(context.WithoutCancel(ctx), revokeRequest{
		key: key, created: created, consequence: "The provider tried to revoke it, but it can still be paid.", advice: func(driver.State, time.Time) string { return "" },
	})
	switch {
	case diags.HasError():
		return diags[0].Detail() + next
	case result.notFound != nil:
		return "The provider tried to revoke it, but it was not found: " + r.errorDetail(opRevoke, result.notFound) + next
	case result.state == driver.Paid:
		return "The provider tried to revoke it, but it was already paid."
	}
	return ""
}
