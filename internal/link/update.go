package link

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
)

// Update changes what is ours: the policies, and values that an import could not read. Only an activation calls the vendor.
func (r *Resource[M, L, PM]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state M
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	private, diags := readPrivateState(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	limit, diags := PM(&plan).Common().Timeouts.Create(ctx, defaultCreate)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	key := r.key(req.State.Raw)
	value := req.Plan.Raw
	if activatable, activator, ok := r.activation(); ok && boolValue(diff.Attributes(value)[activateAttribute]) && r.needsActivation(activatable, &state) {
		if resp.Diagnostics.Append(r.checkAccount("activate", key, private)...); resp.Diagnostics.HasError() {
			return
		}
		answer, err := activator.Activate(ctx, key)
		if err != nil {
			resp.Diagnostics.Append(r.apiError("activate", err, "The link "+key.ID+" stays in state as it was. The next apply tries again.")...)
			return
		}
		fresh, diags := r.stateValue(ctx, answer)
		resp.Diagnostics.Append(diags...)
		if resp.Diagnostics.HasError() {
			return
		}
		var echo map[string]string
		value, echo = r.diff.MergeCreated(value, fresh)
		private.VendorForms = echo
	}
	value, _ = r.diff.MergeCreated(value, req.State.Raw) // what is still unknown stays as it was
	resp.State.Raw = value

	private.HiddenAtImport = slices.DeleteFunc(private.HiddenAtImport, func(name string) bool { return !diff.IsNullAt(value, name) })
	resp.Diagnostics.Append(private.write(ctx, resp.Private)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, key)...)
}
