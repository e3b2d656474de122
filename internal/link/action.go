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

// actionLimit bounds one invocation, waits and repetitions included.
const actionLimit = 5 * time.Minute

// ActionKind is what an action does to a link.
type ActionKind int

const (
	ActionRevoke ActionKind = iota + 1
	ActionActivate
)

// ActionSpec is what is fixed about one action of a vendor.
type ActionSpec struct {
	Kind ActionKind
	// Verb is the vendor's own word ("deactivate"), the action's name and what its messages say.
	Verb        string
	Description string // Markdown of the action's page
}

var (
	_ action.ActionWithConfigure      = (*Action[placeholderModel, placeholderModel, *placeholderModel])(nil)
	_ action.ActionWithValidateConfig = (*Action[placeholderModel, placeholderModel, *placeholderModel])(nil)
	_ action.ActionWithModifyPlan     = (*Action[placeholderModel, placeholderModel, *placeholderModel])(nil)
)

type placeholderModel struct{ driver.Model }

// Action is `paymentlinks_<vendor>_<verb>_link`. It knows nothing of a state: what it did is read by the next refresh.
type Action[M, L any, PM driver.ModelPointer[M]] struct {
	configured[M, L, PM]
	spec ActionSpec
}

// newAction returns the constructor of a vendor's action.
func newAction[M, L any, PM driver.ModelPointer[M]](d *vendorDefinition[M, L], spec ActionSpec) func() action.Action {
	return func() action.Action { return &Action[M, L, PM]{configured[M, L, PM]{vendorDefinition: d}, spec} }
}

func (a *Action[M, L, PM]) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + a.info.Name + "_" + a.spec.Verb + "_link"
}

func (a *Action[M, L, PM]) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: a.spec.Description + " Actions need Terraform 1.14 or later; OpenTofu has none.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{MarkdownDescription: "The id of the " + a.info.Title + " payment link.", Required: true},
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

// ModifyPlan checks an id that validation did not know yet.
func (a *Action[M, L, PM]) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	_, diags := a.configuredKey(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
}

// Invoke acts at once; no plan stands between. The id is checked once more: it may come from what was just created.
func (a *Action[M, L, PM]) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	key, diags := a.configuredKey(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, actionLimit)
	defer cancel()
	say := func(format string, args ...any) {
		resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, args...)})
	}
	if a.spec.Kind == ActionActivate {
		resp.Diagnostics.Append(a.activate(ctx, key, say)...)
		return
	}
	resp.Diagnostics.Append(a.revoke(ctx, key, say)...)
}

// configuredKey is the link that the configuration names; without an error for an id that is not known yet.
func (a *Action[M, L, PM]) configuredKey(ctx context.Context, config tfsdk.Config) (driver.Key, diag.Diagnostics) {
	var id types.String
	diags := config.GetAttribute(ctx, path.Root("id"), &id)
	if diags.HasError() || id.IsUnknown() {
		return driver.Key{}, diags
	}
	key := driver.Key{ID: id.ValueString()}
	if a.info.Scope != "" {
		key.Scope = a.info.Scope // a stand-in, until there is a client
		if a.client != nil {
			key.Scope = a.defaultScope()
		}
	}
	if err := a.validateKey(key); err != nil {
		diags.AddAttributeError(path.Root("id"), a.errorSummary(), fmt.Sprintf("The id %q does not name a link: %s. No request was sent. Write the id of a %s payment link.", key.ID, err, a.info.Title))
	}
	return key, diags
}

func (a *Action[M, L, PM]) errorSummary() string {
	return "Cannot " + a.spec.Verb + " " + a.info.Title + " payment link"
}

// notFoundError is a 404. A link of the configuration would be there, so it is an error: a mistyped id must not look like
// success.
func (a *Action[M, L, PM]) notFoundError(key driver.Key, err error) diag.Diagnostics {
	return a.apiError(a.spec.Verb, err, fmt.Sprintf(
		"%s knows no link %s under the credentials in use, or does not show it any more. Nothing was changed. Check the id and the account.", a.info.Title, key.ID))
}
