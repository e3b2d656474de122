package link

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// validateCreate checks what the vendor demands of a new link (driver.CreateValidator).
func (r *Resource[M, L, PM]) validateCreate(ctx context.Context, config tfsdk.Config) diag.Diagnostics {
	validator, ok := r.vendor.(driver.CreateValidator[M])
	if !ok {
		return nil
	}
	var m M
	if diags := config.Get(ctx, &m); diags.HasError() {
		return diags
	}
	return validator.ValidateCreate(ctx, &m)
}

// validateReplacement checks the link that is to take another one's place: what its configuration leaves out is as planned. What holds
// of the link that exists as well is nothing new: an imported one may break the vendor's rules.
func (r *Resource[M, L, PM]) validateReplacement(ctx context.Context, req resource.ModifyPlanRequest) diag.Diagnostics {
	next, before := req.Config, req.Config
	next.Raw, before.Raw = diff.FillNulls(req.Config.Raw, req.Plan.Raw), req.State.Raw
	known := r.validateCreate(ctx, before)
	return slices.DeleteFunc(r.validateCreate(ctx, next), func(d diag.Diagnostic) bool {
		return slices.ContainsFunc(known, func(k diag.Diagnostic) bool {
			return k.Summary() == d.Summary() && placeOf(k).Equal(placeOf(d))
		})
	})
}

// placeOf returns where a diagnostic stands.
func placeOf(d diag.Diagnostic) path.Path {
	if at, ok := d.(diag.DiagnosticWithPath); ok {
		return at.Path()
	}
	return path.Empty()
}
