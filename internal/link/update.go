package link

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Update changes what is ours: the policies, and values that an import could not read. Only an activation calls the vendor.
func (r *Resource[M, L, PM]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state M
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	remembered, diags := readNote(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	limit, diags := PM(&plan).base().Timeouts.Create(ctx, defaultCreate)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	key := r.key(req.State.Raw)
	value := req.Plan.Raw
	if activatable, activator, ok := r.activation(); ok && truth(attributesOf(value)[activateAttribute]) && r.wantsActivation(activatable, &state) {
		if resp.Diagnostics.Append(r.foreign("activate", key, remembered)...); resp.Diagnostics.HasError() {
			return
		}
		answer, err := activator.Activate(ctx, key)
		if err != nil {
			resp.Diagnostics.Append(r.failure("activate", err, "The link "+key.ID+" stays in state as it was. The next apply tries again.")...)
			return
		}
		fresh, diags := r.answered(ctx, answer)
		resp.Diagnostics.Append(diags...)
		if resp.Diagnostics.HasError() {
			return
		}
		var echo map[string]string
		value, echo = r.shape.created(value, fresh)
		remembered.Echo = echo
	}
	value, _ = r.shape.created(value, req.State.Raw) // what is still unknown stays as it was
	resp.State.Raw = value

	remembered.Hidden = slices.DeleteFunc(remembered.Hidden, func(name string) bool { return !nullAt(value, name) })
	resp.Diagnostics.Append(remembered.write(ctx, resp.Private)...)
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, key)...)
}
