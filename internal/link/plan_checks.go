package link

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/bulkread"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// planPaid refuses to replace a link whose money was paid, or may have been, because of changed arguments: the new link would ask for
// it again. `replace_paid` allows it, with a warning; so does a `replace_when` that names the state, with its own.
func (r *Resource[M, L, PM]) planPaid(before, policy *driver.Model, changed []string, resp *resource.ModifyPlanResponse) {
	now := driver.State(before.State.ValueString())
	if len(changed) == 0 || !now.MayBePaid() || policy.ReplacesOn(now) {
		return
	}
	is := "is `" + string(now) + "`"
	why := map[driver.State]string{
		driver.Processing: ": a payment is in progress",
		driver.Unknown:    ": " + r.info.Title + " does not document its status, and it may have been paid",
	}[now]
	change := "Changing " + strings.Join(changed, ", ") + " requires a new link"
	if policy.ReplacePaid.ValueBool() {
		resp.Diagnostics.AddWarning(r.info.Title+" payment link "+is+" and will be replaced: "+before.ID.ValueString(),
			"The link "+linkLabel(before)+" "+is+why+". "+change+", and `replace_paid` is `true`: the new link requests the money again.")
		return
	}
	resp.Diagnostics.AddAttributeError(path.Root(slices.Min(changed)), r.info.Title+" payment link "+is+" and cannot be changed: "+before.ID.ValueString(),
		"The link "+linkLabel(before)+" "+is+why+". "+change+", which would request the money again. "+
			"Undo the change, or set `replace_paid = true` to request the money again. A destroy also plans the configuration: if it still contains the change, destroy with -refresh=false.")
}

// payingWarning tells what the destroy of a link does that somebody is paying. Where no call ends a link, others tell.
func (r *Resource[M, L, PM]) payingWarning(state *driver.Model) (diags diag.Diagnostics) {
	if driver.State(state.State.ValueString()) != driver.Processing || !r.revocable {
		return nil
	}
	then := "The destroy sends a revoke request to " + r.info.Title + ". If it is rejected, the link stays in state with an error. If not, the URL stops working, but the payment in progress may still succeed. " +
		"To be sure, wait until it succeeds or fails."
	if state.OnDestroy.ValueString() == onDestroyAbandon {
		then = "`on_destroy` is `abandon`: no request is sent, and the payment continues."
	}
	diags.AddWarning("A payment is in progress on the "+r.info.Title+" payment link: "+state.ID.ValueString(), "The link "+linkLabel(state)+" is `processing`. "+then)
	return diags
}

// droppedLinks holds, by key, a droppedLink for each link that this run's refresh dropped, because it is gone.
type droppedLinks struct{ sync.Map }

type droppedLink struct {
	state tftypes.Value
	as    driver.State // that `replace_when` named
}

// planGone refuses to recreate a link that is gone, where the new `replace_when` does not ask for it. It is an error, because the plan
// cannot keep the link:
//   - A read knows the `replace_when` of the state alone, and what it dropped is planned as a create without a prior state.
//   - A create that plans to take the old state back is planned again at apply, by another process, without that plan's private data:
//     it plans a new link then, which is the engine's "Provider produced inconsistent final plan".
//   - A read that dropped nothing, and left it to the plan to replace a link that is kept as ended, would cost what people rely on:
//     the engine would no longer say "has been deleted" and would announce the destroy of what does not exist; `prevent_destroy` would
//     refuse the new link; and outputs would go on handing out a dead URL after -refresh-only.
func (r *Resource[M, L, PM]) planGone(req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	for _, dropped := range sharedByVendor(r.data, r.info.Name, newShared[droppedLinks]).Range {
		gone, _ := dropped.(droppedLink)
		policy := diff.Attributes(req.Plan.Raw)["replace_when"]
		if !policy.IsFullyKnown() || slices.Contains(diff.Strings(policy), string(gone.as)) || r.diff.Likeness(req.Plan.Raw, gone.state, nil) != diff.Same {
			continue
		}
		id, as := r.key(gone.state).ID, "`"+string(gone.as)+"`"
		resp.Diagnostics.AddAttributeError(path.Root("replace_when"), r.info.Title+" payment link was deleted outside Terraform and is not recreated: "+id,
			"The link "+id+" ("+diff.String(diff.Attributes(gone.state)["url"])+") no longer exists at "+r.info.Title+". The `replace_when` of the last apply contains "+as+", so this refresh removed the link from state. The configured `replace_when` does not contain it, so no new link is planned. "+
				"To keep the link in state as "+as+", apply the new `replace_when` with -refresh=false. To create a new link, add \""+string(gone.as)+"\" to `replace_when`.")
		return
	}
}

// plannedValues are the unique values of the new links that were planned under one configuration of the provider. An engine
// configures the provider again for each plan and for each apply, and in one of them asks for each new link once (of a replacement, for
// the create half): what comes twice are two links, whatever else they share.
type plannedValues struct{ sync.Map }

// ForgetPlanned begins a new run: what was planned before is no second link.
func (d *ProviderData) ForgetPlanned() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for key := range d.shared {
		if key.kind == reflect.TypeFor[*plannedValues]() {
			delete(d.shared, key)
		}
	}
}

// planUnique reports two new links of one run that share an argument which tells links apart: an error where the vendor refuses the
// second one, else a warning.
func (r *Resource[M, L, PM]) planUnique(req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	planned := sharedByVendor(r.data, r.info.Name, newShared[plannedValues])
	for _, name := range r.info.Unique {
		text := diff.String(diff.Attributes(req.Plan.Raw)[name])
		if text == "" {
			continue
		}
		if _, twice := planned.LoadOrStore(strings.Join([]string{r.scopeOf(req.Plan.Raw), name, text}, "\n"), true); !twice {
			continue
		}
		summary := "Two new " + r.info.Title + " payment links with the same " + name + ": " + text
		twice := "Another link created in this run has the same `" + name + "`, \"" + text + "\""
		if lookup := r.info.Lookup; lookup != nil && lookup.Attribute == name {
			resp.Diagnostics.AddAttributeError(path.Root(name), summary, twice+", and "+r.info.Title+" accepts it only once: the second create would be rejected. Use a different value, or remove one of the two links.")
			continue
		}
		resp.Diagnostics.AddAttributeWarning(path.Root(name), summary, twice+": both links would request the same money. Look for a duplicate row or block.")
	}
}

// expiryOf returns when a link expires, and how long before that it is renewed; zero where it is not. A `renew_before` that is not
// known yet is that of the state.
func (r *Resource[M, L, PM]) expiryOf(link *M, plan, state tftypes.Value) (driver.Expiry, time.Duration) {
	expirer, ok := r.vendor.(driver.Expirer[M])
	if !ok {
		return driver.Expiry{}, 0
	}
	text := diff.Attributes(plan)[renewBeforeAttribute]
	if !text.IsKnown() {
		text = diff.Attributes(state)[renewBeforeAttribute]
	}
	before, _ := time.ParseDuration(diff.String(text))
	return expirer.Expiry(link), before
}

// checkRenewBefore refuses a `renew_before` because of which every plan would replace the link.
func checkRenewBefore(expiry driver.Expiry, before time.Duration) (diags diag.Diagnostics) {
	if before > 0 && expiry.Life > 0 && before >= expiry.Life {
		diags.AddAttributeError(path.Root(renewBeforeAttribute), "Invalid renew_before",
			fmt.Sprintf("The link lives for %s, and `renew_before` is %s: every plan would replace it. Nothing is planned for it. Set `renew_before` to less than the link's life. "+
				"A destroy plans the configuration too: to destroy the link as it is, destroy with -refresh=false.", expiry.Life, before))
	}
	return diags
}

// planRenewal returns the attribute because of which an open link is replaced that is about to expire; "" where none is.
func (r *Resource[M, L, PM]) planRenewal(before *driver.Model, expiry driver.Expiry, lead time.Duration) (attribute string, diags diag.Diagnostics) {
	switch {
	case lead == 0 || driver.State(before.State.ValueString()) != driver.Open:
	case expiry.At.IsZero():
		diags.AddWarning(r.info.Title+" payment link is not renewed: "+before.ID.ValueString(),
			r.info.Title+" does not say when the link "+linkLabel(before)+" expires, so `renew_before` has no effect. To create a new link, plan with -replace.")
	case !r.clock.Now().Before(expiry.At.Add(-lead)):
		attribute = expiry.Attribute
	}
	return attribute, diags
}

// renewalWarning tells that a link is renewed, and what becomes of the old one; told says whether the vendor's warnings do.
func (r *Resource[M, L, PM]) renewalWarning(before *driver.Model, expiry driver.Expiry, lead time.Duration, told bool) (diags diag.Diagnostics) {
	old := " The old one is revoked, and its URL stops working for everyone who has it" + r.data.unlessForgotten() + "."
	if !r.revocable || before.OnDestroy.ValueString() == onDestroyAbandon {
		old = " The old one can still be paid until it expires."
	}
	if told {
		old = ""
	}
	diags.AddWarning(r.info.Title+" payment link will be renewed: "+before.ID.ValueString(),
		fmt.Sprintf("The link %s expires at %s, and `renew_before` is %s: a new link replaces it.%s Hand out the URL of the new one.",
			linkLabel(before), expiry.At.UTC().Format(time.RFC3339), lead, old))
	return diags
}

// lookBeforeCreate warns of an open link that may be the one to create. The first page of the list is read for it, once a plan, and is the
// refresh's where that reads pages. A list that cannot be read is no reason to say anything.
func (r *Resource[M, L, PM]) lookBeforeCreate(ctx context.Context, plan tftypes.Value) diag.Diagnostics {
	pager, ok := r.client.(driver.Pager[L])
	if !ok || !r.data.LookBeforeCreate {
		return nil
	}
	scope := r.scopeOf(plan)
	return r.creator().Look(ctx, plan, sharedByVendor(r.data, r.info.Name, createonce.NewNewest[L]), func() []L {
		if !r.data.Journal.FirstLook(ctx, r.journalAccount()+"\n"+scope) {
			return nil
		}
		if reader := r.bulkReader(); reader != nil {
			return reader.First(ctx, scope)
		}
		var page bulkread.FirstPage[L]
		if _, err := pager.PageAt(ctx, scope, "", page.Add); err != nil {
			return nil
		}
		return page.Links()
	})
}
