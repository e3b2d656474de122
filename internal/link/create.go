package link

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// Create makes one link, exactly once (package createonce). Once the link exists, failures are warnings: an error taints, and
// the next apply would replace a live link. The one exception is an answer that asks for other money than the plan (rejectMoney).
func (r *Resource[M, L, PM]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	own := createResponse{State: resp.State, Identity: resp.Identity, Private: resp.Private}
	r.create(ctx, req, &own)
	resp.State, resp.Identity, resp.Diagnostics = own.State, own.Identity, own.Diagnostics
}

func (r *Resource[M, L, PM]) create(ctx context.Context, req resource.CreateRequest, resp *createResponse) {
	var plan, config M
	resp.Diagnostics.Append(r.decode(ctx, req.Plan.Raw, &plan)...)
	resp.Diagnostics.Append(r.decode(ctx, req.Config.Raw, &config)...)
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
	different, rounded := r.moneyDifferences(&plan, created.Answer)
	key := r.saveCreated(ctx, req, created, resp, different...)
	if by := r.info.Lookup; by != nil {
		r.lookups.add(diff.String(diff.Attributes(resp.State.Raw)[by.Attribute]), r.clock.Now())
	}
	r.bulkReader().Invalidate(key)
	resp.Diagnostics.Append(created.Warnings...)
	if len(different) > 0 {
		r.rejectMoney(ctx, key, created.Began, different, resp)
		return
	}
	r.warnRounding(key, rounded, resp)
	if now := r.vendor.State(created.Answer, r.vendorNow()); now.Ended() {
		resp.Diagnostics.AddWarning("The new "+r.info.Title+" payment link has already ended: "+key.ID,
			"The response to the create shows link "+key.ID+" as `"+string(now)+"`: it can no longer be paid. It is in state, and `replace_when` decides whether the next plan replaces it. First check it in "+r.info.Title+"'s console.")
	}
	if answer, ok := r.activateAfterCreate(ctx, key, resp); ok {
		private, diags := readPrivateState(ctx, resp.Private)
		value, more := r.mergeActivated(ctx, req.Plan.Raw, resp.State.Raw, answer, &private)
		if diags.Append(more...); diags.HasError() { // the answer to the create stays in state
			resp.Diagnostics.Append(warnings(diags)...)
			return
		}
		resp.State.Raw = value
		resp.Diagnostics.Append(r.answerWarnings(answer)...)
		resp.Diagnostics.Append(warnings(private.write(ctx, resp.Private))...)
	}
}

func (r *Resource[M, L, PM]) creator() *createonce.Creator[M, L] {
	return &createonce.Creator[M, L]{
		Vendor: r.vendor, Client: r.client, Info: r.info, Diff: r.diff, Registry: r.registry, Clock: r.clock, Budget: r.budget, InFlight: r.data.RequestTimeout,
		Journal: r.data.Journal, Account: r.journalAccount(), EngineQueries: r.data.engineIsAtLeast("1.14", false),
		Value: r.stateValue, ID: r.idOf, Key: r.key, Scope: r.scopeOf, Find: r.find,
		Refused: func(err error) diag.Diagnostics { return r.apiError(opCreate, err, "Nothing was created.") },
		Explain: func(err error) string { return r.errorDetail(opRead, err) },
	}
}

// saveCreated writes an answer to state, identity and private state, before anything else is done. Where a link can be revoked, what
// it has different from its plan is drift later, which replaces it.
func (r *Resource[M, L, PM]) saveCreated(ctx context.Context, req resource.CreateRequest, created createonce.Created[L], resp *createResponse, different ...driver.MoneyTerm) driver.Key {
	value, vendorForms := r.stateAfterCreate(ctx, req.Plan.Raw, created.Answer, &resp.Diagnostics)
	for _, term := range different {
		if r.revocable {
			delete(vendorForms, term.Attribute.String())
		}
	}
	key := r.key(value)
	account := r.account(key)
	resp.State.Raw = value
	r.setIdentity(resp.Identity, key)
	resp.Diagnostics.Append(r.answerWarnings(created.Answer)...)
	private := privateState{Account: &account, Created: created.Began, VendorForms: vendorForms, Written: r.diff.Written(req.Config.Raw)}
	resp.Diagnostics.Append(warnings(private.write(ctx, resp.Private))...)
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
	state = diff.With(state, "url", tftypes.NewValue(tftypes.String, driver.URLOf(common.URL.ValueString())))
	if r.info.Scope != "" {
		state = diff.With(state, r.info.Scope, tftypes.NewValue(tftypes.String, r.scopeOf(plan)))
	}
	return diff.WithoutUnknowns(state), nil
}

// activateAfterCreate activates a link that was created with `activate = true`; ok is false if there was nothing to do or it
// failed. A failure is a warning: the next plan shows the status as unknown and the next apply tries again.
func (r *Resource[M, L, PM]) activateAfterCreate(ctx context.Context, key driver.Key, resp *createResponse) (answer L, ok bool) {
	activatable, activator, ok := r.activation()
	if !ok || !diff.Bool(diff.Attributes(resp.State.Raw)[activateAttribute]) {
		return answer, false
	}
	var state M
	resp.Diagnostics.Append(warnings(r.decode(ctx, resp.State.Raw, &state))...)
	if !needsActivation[M, PM](activatable, &state) {
		return answer, false
	}
	answer, err := r.activate(ctx, activator, key)
	if err != nil {
		resp.Diagnostics.AddWarning(r.info.Title+" payment link created but not activated",
			"The link "+key.ID+" exists and is in state, but its activation failed: "+r.errorDetail(opActivate, err)+"\n\nThe next apply tries again.")
		return answer, false
	}
	return answer, true
}

// moneyDifferences returns the terms in which a new link asks for other money than its plan (driver.MoneyTeller), and those in which it
// may only be rounded otherwise.
func (r *Resource[M, L, PM]) moneyDifferences(plan *M, answer L) (different, rounded []driver.MoneyTerm) {
	teller, ok := r.vendor.(driver.MoneyTeller[M])
	if !ok {
		return nil, nil
	}
	created := r.vendor.Model(answer)
	for _, term := range teller.MoneyTerms(plan, &created) {
		differs := term.Differs()
		term.Answered = redact.StripControl(term.Answered) // in a message, a line of its own could look like another message
		switch {
		case !differs:
		case term.MayBeRounding:
			rounded = append(rounded, term)
		default:
			different = append(different, term)
		}
	}
	return different, rounded
}

// warnRounding tells of a new link that is rounded otherwise than was reckoned.
func (r *Resource[M, L, PM]) warnRounding(key driver.Key, rounded []driver.MoneyTerm, resp *createResponse) {
	for _, term := range rounded {
		resp.Diagnostics.AddAttributeWarning(term.Attribute, r.info.Title+" payment link rounded differently: "+key.ID, fmt.Sprintf(
			"The configuration asks for %s (`%s`), but %s returned %s for the new payment link %s. This may be rounding, and the link is kept. Check whether the difference is acceptable.",
			term.Asked, term.Attribute, r.info.Title, term.Answered, key.ID))
	}
}

// rejectMoney revokes a link that asks for other money than its plan: an error, and nothing in state. Where nothing ends the link, it
// stays in state with a warning: an error would taint it, and the next apply would make a second one.
func (r *Resource[M, L, PM]) rejectMoney(ctx context.Context, key driver.Key, created time.Time, different []driver.MoneyTerm, resp *createResponse) {
	kept := r.info.Title + " documents no call that revokes a link. It can be paid until it is settled there, even after a new link replaces it."
	if r.revocable {
		kept = r.endNewLink(ctx, key, created)
	}
	if kept == "" {
		resp.State.Raw = r.nullState()
	}
	for _, term := range different {
		summary := "Wrong " + string(term.Kind) + " on the new " + r.info.Title + " payment link"
		what := fmt.Sprintf("The configuration asks for %s (`%s`), but %s returned %s for the new payment link %s.", term.Asked, term.Attribute, r.info.Title, term.Answered, key.ID)
		if kept == "" {
			resp.Diagnostics.AddAttributeError(term.Attribute, summary, what+" The link was revoked, and nothing is in state. "+
				cmp.Or(term.Advice, "Apply again. If it happens again, contact "+r.info.Title+"."))
			continue
		}
		resp.Diagnostics.AddAttributeWarning(term.Attribute, summary+": "+key.ID, strings.TrimSpace(
			what+" It is in state: do not hand out its URL, "+diff.String(diff.Attributes(resp.State.Raw)["url"])+". "+kept+" "+term.Advice))
	}
}

// endNewLink revokes a link right after its create, and returns why it is still there; "" if nobody can pay it any more.
func (r *Resource[M, L, PM]) endNewLink(ctx context.Context, key driver.Key, created time.Time) string {
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

// createResponse is the framework's, where anything may remember a link.
type createResponse struct {
	State       tfsdk.State
	Identity    *tfsdk.ResourceIdentity
	Private     privateStore
	Diagnostics diag.Diagnostics
}
