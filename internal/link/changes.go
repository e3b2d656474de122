package link

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// changes is what a plan changes of a link, as far as that is known.
type changes struct {
	replaced []string // the top-level attributes whose change needs a new link, sorted
	removed  []string // arguments (value paths) that the configuration no longer sets; their attributes are in replaced
	unknown  []string // arguments (value paths) that are not known yet, and may turn out to be changes
}

func (r *Resource[M, L, PM]) changes(state, plan, config tftypes.Value, private privateState) changes {
	out := changes{
		replaced: r.diff.Replacements(state, r.diff.FromWriteOnly(state, plan, config), private.MissingAtImport),
		removed:  r.diff.Removed(state, config, private.Written),
		unknown:  r.diff.Unknown(state, config, private.MissingAtImport),
	}
	for _, name := range out.removed {
		root, _, _ := strings.Cut(name, ".")
		out.replaced = append(out.replaced, root)
	}
	slices.Sort(out.replaced)
	out.replaced = slices.Compact(out.replaced)
	return out
}

// planned returns a plan in which equal values keep the form of the state, and removed ones are no longer the state's.
func (r *Resource[M, L, PM]) planned(state, plan, config tftypes.Value, removed []string) tftypes.Value {
	return diff.WithRemoved(r.diff.KeepEqual(state, plan), config, removed)
}

// changeWarnings tells which arguments the link was made with, and the configuration no longer has; where nothing is replaced, it tells
// which may turn out to be others.
func (r *Resource[M, L, PM]) changeWarnings(state *driver.Model, c changes) (diags diag.Diagnostics) {
	if len(c.removed) > 0 {
		diags.AddWarning("Removed arguments replace the "+r.info.Title+" payment link: "+state.ID.ValueString(),
			"The link "+linkLabel(state)+" was created with "+codeList(c.removed)+", which the configuration no longer sets. A link cannot be changed, so it is replaced. To keep it, set the arguments again.")
	}
	if len(c.replaced) == 0 && len(c.unknown) > 0 {
		diags.AddWarning(r.info.Title+" payment link: a value is not known yet",
			codeList(c.unknown)+" of the link "+linkLabel(state)+" is not known yet. If the value equals the link's, nothing happens. "+
				"If it differs, the apply stops before anything is changed. Apply again: the new plan replaces the link.")
	}
	return diags
}

// checkUnchanged refuses to update a link in place whose arguments turned out to be others than while planning.
func (r *Resource[M, L, PM]) checkUnchanged(state tfsdk.State, plan tfsdk.Plan, config tfsdk.Config, private privateState) (diags diag.Diagnostics) {
	c := r.changes(state.Raw, plan.Raw, config.Raw, private)
	for _, name := range c.replaced {
		diags.AddAttributeError(path.Root(name), "Apply again: "+r.info.Title+" payment link has another "+name,
			"During planning, `"+name+"` was not known yet. Its value differs from that of link "+r.key(state.Raw).ID+", and a link cannot be changed. Nothing was changed. Apply again: the new plan replaces the link.")
	}
	return diags
}

func codeList(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }
