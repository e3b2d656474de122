package link

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
)

// Update changes policies and attributes that an import could not read, without a request. Only an activation calls the vendor. A value
// that was not known while planning, and is not what the link has, is an error before anything is changed.
func (r *Resource[M, L, PM]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state M
	resp.Diagnostics.Append(r.decode(ctx, req.Plan.Raw, &plan)...)
	resp.Diagnostics.Append(r.decode(ctx, req.State.Raw, &state)...)
	private, diags := readPrivateState(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.checkUnchanged(req.State, req.Plan, req.Config, private)...)
	timeout, diags := PM(&plan).Common().Timeouts.Create(ctx, defaultCreateTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	key := r.key(req.State.Raw)
	value := req.Plan.Raw
	if activatable, activator, ok := r.activation(); ok && diff.Bool(diff.Attributes(value)[activateAttribute]) && needsActivation[M, PM](activatable, &state) {
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

	private.MissingAtImport = slices.DeleteFunc(private.MissingAtImport, func(name string) bool { return !diff.IsMissingAt(value, name) })
	resp.Diagnostics.Append(private.write(ctx, resp.Private)...)
	r.setIdentity(resp.Identity, key)
}
