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
)

// Update changes policies and attributes that an import could not read, without a request. Only an activation calls the vendor. A value
// that was not known while planning, and is not what the link has, is an error before anything is changed.
func (r *Resource[M, L, PM]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state M
	resp.Diagnostics.Append(r.decode(ctx, req.Plan.Raw, &plan)...)
	resp.Diagnostics.Append(r.decode(ctx, req.State.Raw, &state)...)
	data, diags := req.Private.GetKey(ctx, PrivateStateKey)
	resp.Diagnostics.Append(diags...)
	private, diags := decodePrivateState(data)
	resp.Diagnostics.Append(diags...)
	private = private.orAssumed(r.diff, req.State.Raw)
	resp.Diagnostics.Append(r.checkUnchanged(req.State.Raw, req.Plan.Raw, req.Config.Raw, private)...)
	timeout, diags := PM(&plan).Common().Timeouts.Create(ctx, defaultCreateTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	key := r.key(req.State.Raw)
	value := req.Plan.Raw
	otherMoney, _ := r.moneyDifferences(&state, &state)
	activatable, activator, ok := r.activation()
	if ok && diff.Bool(diff.Attributes(value)[activateAttribute]) && needsActivation[M, PM](activatable, &state) && len(otherMoney) == 0 {
		if resp.Diagnostics.Append(r.checkAccount(opActivate, key, private)...); resp.Diagnostics.HasError() {
			return
		}
		answer, err := r.activate(ctx, activator, key)
		if err != nil {
			resp.Diagnostics.Append(r.apiError(opActivate, err, "The link "+key.ID+" stays in state as it was. The next apply tries again.")...)
			return
		}
		value, diags = r.mergeActivated(ctx, value, req.State.Raw, answer, &private)
		if resp.Diagnostics.Append(diags...); resp.Diagnostics.HasError() {
			return
		}
	}
	value, _ = r.diff.MergeCreated(value, req.State.Raw) // what is still unknown stays as it was
	resp.State.Raw = value

	missing := r.diff.MissingArguments(value)
	private.MissingAtImport = slices.DeleteFunc(private.MissingAtImport, func(name string) bool { return !diff.IsWithin(missing, name) })
	data, diags = private.encode()
	resp.Diagnostics.Append(append(diags, resp.Private.SetKey(ctx, PrivateStateKey, data)...)...)
	r.setIdentity(resp.Identity, key)
}

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
func (r *Resource[M, L, PM]) checkUnchanged(state, plan, config tftypes.Value, private privateState) (diags diag.Diagnostics) {
	for _, name := range r.changes(state, plan, config, private).replaced {
		diags.AddAttributeError(path.Root(name), "Apply again: "+r.info.Title+" payment link has another "+name,
			"During planning, `"+name+"` was not known yet. Its value differs from that of link "+r.key(state).ID+", and a link cannot be changed. Nothing was changed. Apply again: the new plan replaces the link.")
	}
	return diags
}

func codeList(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }
