package link

import (
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// This file makes a new `replace_when` count for a link that is gone: as an error, because the plan cannot keep the link.
//   - A read knows the `replace_when` of the state alone, and what it dropped is planned as a create without a prior state.
//   - A create that plans to take the old state back is planned again at apply, by another process, without that plan's private data:
//     it plans a new link then, which is the engine's "Provider produced inconsistent final plan".
//   - A read that dropped nothing, and left it to the plan to replace a link that is kept as ended, would cost what people rely on:
//     the engine would no longer say "has been deleted" and would announce the destroy of what does not exist; `prevent_destroy` would
//     refuse the new link; and outputs would go on handing out a dead URL after -refresh-only.

// droppedLinks are the states of the links that this run's refresh dropped, because they are gone.
type droppedLinks struct {
	mu    sync.Mutex
	links []droppedLink
}

type droppedLink struct {
	state tftypes.Value
	as    driver.State // that `replace_when` named
}

func newDroppedLinks() *droppedLinks { return &droppedLinks{} }

func (d *droppedLinks) add(link droppedLink) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.links = append(d.links, link)
}

// all returns the links so far.
func (d *droppedLinks) all() []droppedLink {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.links
}

// planGone refuses to make a link anew that is gone, where the new `replace_when` does not ask for it.
func (r *Resource[M, L, PM]) planGone(req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	for _, gone := range sharedByVendor(r.data, r.info.Name, newDroppedLinks).all() {
		policy := diff.Attributes(req.Plan.Raw)["replace_when"]
		if !policy.IsFullyKnown() || slices.Contains(diff.Strings(policy), string(gone.as)) || r.diff.Likeness(req.Plan.Raw, gone.state, nil) != diff.Same {
			continue
		}
		id, as := r.key(gone.state).ID, "`"+string(gone.as)+"`"
		resp.Diagnostics.AddAttributeError(path.Root("replace_when"), r.info.Title+" payment link was deleted outside Terraform and is not recreated: "+id,
			"The link "+id+" ("+diff.String(diff.Attributes(gone.state)["url"])+") no longer exists at "+r.info.Title+". This refresh dropped it, because the `replace_when` of the last apply names "+as+
				"; that of the configuration does not, so that no new link is planned. To keep the link in state as "+as+", apply the new `replace_when` with -refresh=false. To have a new link, let `replace_when` name "+as+".")
		return
	}
}
