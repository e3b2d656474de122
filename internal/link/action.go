package link

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// actionTimeout bounds one invocation, with its waits and retries.
const actionTimeout = 5 * time.Minute

// ActionKind is what an action does to a link.
type ActionKind int

const (
	ActionRevoke ActionKind = iota + 1
	ActionActivate
)

// ActionSpec describes an action of a vendor.
type ActionSpec struct {
	Kind ActionKind
	// Verb is the vendor's own word ("deactivate"), part of the action's name and of its messages.
	Verb        string
	Description string // Markdown of the action's page
}

var (
	_ action.ActionWithConfigure      = (*Action[placeholderModel, placeholderModel, *placeholderModel])(nil)
	_ action.ActionWithValidateConfig = (*Action[placeholderModel, placeholderModel, *placeholderModel])(nil)
	_ action.ActionWithModifyPlan     = (*Action[placeholderModel, placeholderModel, *placeholderModel])(nil)
)

// placeholderModel instantiates generic types for interface assertions.
type placeholderModel struct{ driver.Model }

// Action is `paymentlinks_<vendor>_<verb>_link`. It knows no state: the next refresh reads what it did.
type Action[M, L any, PM driver.ModelPointer[M]] struct {
	configured[M, L, PM]
	spec ActionSpec
}

func newAction[M, L any, PM driver.ModelPointer[M]](d *vendorDefinition[M, L], spec ActionSpec) func() action.Action {
	return func() action.Action { return &Action[M, L, PM]{configured[M, L, PM]{vendorDefinition: d}, spec} }
}

func (a *Action[M, L, PM]) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + a.info.Name + "_" + a.spec.Verb + "_link"
}

func (a *Action[M, L, PM]) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: a.spec.Description + " Actions require Terraform 1.14 or later; they are not available in OpenTofu.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{MarkdownDescription: "ID of the " + a.info.Title + " payment link.", Required: true},
		},
	}
}

func (a *Action[M, L, PM]) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	resp.Diagnostics.Append(a.configure(req.ProviderData)...)
}

func (a *Action[M, L, PM]) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	_, diags := a.configuredKey(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
}

// ModifyPlan checks an id that was unknown at validation.
func (a *Action[M, L, PM]) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	_, diags := a.configuredKey(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
}

// Invoke checks the id once more, because it may come from a resource that was just created.
func (a *Action[M, L, PM]) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	key, diags := a.configuredKey(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, actionTimeout)
	defer cancel()
	run := invocation[M, L, PM]{configured: &a.configured, op: a.operation(), key: key, progress: func(format string, args ...any) {
		resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, args...)})
	}}
	if a.spec.Kind == ActionActivate {
		resp.Diagnostics.Append(run.activate(ctx)...)
		return
	}
	resp.Diagnostics.Append(run.revoke(ctx)...)
}

func (a *Action[M, L, PM]) operation() operation { return operation{verb: a.spec.Verb, write: true} }

// configuredKey returns the link that the configuration names. It returns no error for an id that is still unknown. Before the
// provider is configured nothing is known of its scope.
func (a *Action[M, L, PM]) configuredKey(ctx context.Context, config tfsdk.Config) (driver.Key, diag.Diagnostics) {
	var id types.String
	diags := config.GetAttribute(ctx, path.Root("id"), &id)
	if diags.HasError() || id.IsUnknown() {
		return driver.Key{}, diags
	}
	key := driver.Key{ID: id.ValueString()}
	err := a.validateID(key.ID)
	if a.client != nil && a.info.Scope != "" {
		key.Scope = a.defaultScope()
		err = a.validateKey(key)
	}
	if err != nil {
		diags.AddAttributeError(path.Root("id"), a.errorSummary(a.operation()), fmt.Sprintf("Invalid link ID %q: %s. No request was sent. Use the ID of a %s payment link.", key.ID, err, a.info.Title))
	}
	return key, diags
}
