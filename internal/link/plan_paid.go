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
		driver.Processing: ": somebody is paying",
		driver.Unknown:    ": " + r.info.Title + "'s documents do not name its status, and it may have been paid",
	}[now]
	change := "A change of " + strings.Join(changed, ", ") + " needs a new link"
	if policy.ReplacePaid.ValueBool() {
		resp.Diagnostics.AddWarning(r.info.Title+" payment link "+is+" and will be replaced: "+before.ID.ValueString(),
			"The link "+linkLabel(before)+" "+is+why+". "+change+", and `replace_paid` is `true`: the money will be asked for again.")
		return
	}
	resp.Diagnostics.AddAttributeError(path.Root(slices.Min(changed)), r.info.Title+" payment link "+is+" and cannot be changed: "+before.ID.ValueString(),
		"The link "+linkLabel(before)+" "+is+why+". "+change+", which would ask for the money again. Nothing is planned for it. "+
			"Take the change back; or, if the money is to be asked for again, set `replace_paid = true`. A destroy plans the configuration too: with the change still in it, destroy with -refresh=false.")
}

// payingWarning tells what the destroy of a link does that somebody is paying. Where no call ends a link, others tell.
func (r *Resource[M, L, PM]) payingWarning(state *driver.Model) (diags diag.Diagnostics) {
	if driver.State(state.State.ValueString()) != driver.Processing || !r.revocable {
		return nil
	}
	then := "The destroy asks " + r.info.Title + " to revoke it: if that is refused, the link stays in state, with an error; if not, its URL stops working, and the payment that is under way may go through all the same. " +
		"To be sure, wait until it is through or has failed."
	if state.OnDestroy.ValueString() == onDestroyAbandon {
		then = "`on_destroy` is `abandon`: nothing is sent, and the payment goes on."
	}
	diags.AddWarning("Somebody is paying the "+r.info.Title+" payment link: "+state.ID.ValueString(), "The link "+linkLabel(state)+" is `processing`. "+then)
	return diags
}
