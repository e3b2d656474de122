package link

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

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
