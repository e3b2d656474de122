package link

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// ImportState takes an id or an identity; the refresh after it fills the state.
func (r *Resource[M, L, PM]) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var key driver.Key
	if req.ID != "" {
		key = r.parseImportID(req.ID)
	} else {
		var id, scope types.String
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root("id"), &id)...)
		if r.info.Scope != "" {
			resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(r.info.Scope), &scope)...)
		}
		key = driver.Key{Scope: scope.ValueString(), ID: id.ValueString()}
	}
	if r.info.Scope != "" && key.Scope == "" && !strings.Contains(req.ID, "/") {
		key.Scope = r.defaultScope()
	}
	if err := r.validateKey(key); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("id"), r.errorSummary(opImport),
			fmt.Sprintf("Invalid import ID %q: %s. Write %s.", cmp.Or(req.ID, key.ImportID()), err, r.importIDFormat()))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), key.ID)...)
	if r.info.Scope != "" {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(r.info.Scope), key.Scope)...)
	}
	r.setIdentity(resp.Identity, key)
	data, diags := privateState{Imported: true}.encode()
	resp.Diagnostics.Append(append(diags, resp.Private.SetKey(ctx, PrivateStateKey, data)...)...)
}

func (r *Resource[M, L, PM]) parseImportID(text string) driver.Key {
	if r.info.Scope != "" {
		if scope, id, ok := strings.Cut(text, "/"); ok {
			return driver.Key{Scope: scope, ID: id}
		}
	}
	return driver.Key{ID: text}
}

func (r *Resource[M, L, PM]) importIDFormat() string {
	if r.info.Scope != "" {
		return "{" + r.info.Scope + "}/{id}, or {id} alone"
	}
	return "the link's ID"
}

// validateKey returns an error for an id or a scope that cannot be one, before it becomes part of a URL.
func (d *vendorDefinition[M, L]) validateKey(key driver.Key) error {
	if d.info.Scope == "" {
		return d.validateID(key.ID)
	}
	return cmp.Or(driver.ValidateSegment("ID", key.ID), driver.ValidateSegment(d.info.Scope, key.Scope), d.validateID(key.ID))
}

// validateID is validateKey while the scope is not known.
func (d *vendorDefinition[M, L]) validateID(id string) error {
	err := driver.ValidateSegment("ID", id)
	if err == nil && d.info.CheckID != nil {
		err = d.info.CheckID(id)
	}
	return err
}
