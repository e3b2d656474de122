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
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
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

// invocation is one run of an action on one link.
type invocation[M, L any, PM driver.ModelPointer[M]] struct {
	*configured[M, L, PM]
	op       operation // with the vendor's own verb
	key      driver.Key
	progress func(format string, args ...any)
}

// revoke ends the link as a destroy does. A 404 is retried as for a new link, because the action may follow the create.
func (i invocation[M, L, PM]) revoke(ctx context.Context) diag.Diagnostics {
	i.progress("Sending the %s request to %s for payment link %s", i.op.verb, i.info.Title, i.key.ID)
	found, diags := i.revokeLink(ctx, revokeRequest{
		key: i.key, created: i.clock.Now(), consequence: "The link " + i.key.ID + " may still accept payments.", advice: i.repeatAdvice,
	})
	switch {
	case diags.HasError():
		return diags
	case found.notFound != nil:
		return i.notFoundError(found.notFound)
	case found.state == driver.Revoked:
		i.progress("Payment link %s revoked: its URL no longer accepts payments", i.key.ID)
	case found.state == driver.Paid:
		i.progress("Payment link %s was already paid: nothing to %s, nothing refunded", i.key.ID, i.op.verb)
	default:
		i.progress("Payment link %s is already %s: nothing to %s", i.key.ID, found.state, i.op.verb)
	}
	return diags
}

// repeatAdvice is the revokeRequest.advice of an action.
func (i invocation[M, L, PM]) repeatAdvice(now driver.State, revocableAt time.Time) string {
	switch {
	case now == driver.Processing:
		return "A payment is in progress. Run the action again when it has succeeded or failed. " + i.info.PaymentsHint
	case !revocableAt.IsZero():
		return "It can be revoked from " + revocableAt.UTC().Format(time.RFC3339) + " on. Run the action again then."
	}
	return "Run the action again later."
}

// activate reads the link first, because a link that is active already may refuse another activation.
func (i invocation[M, L, PM]) activate(ctx context.Context) (diags diag.Diagnostics) {
	activatable, activator, ok := i.activation()
	if !ok {
		diags.AddError(i.errorSummary(i.op), "The provider has no call for it. This is a bug in the provider: please report it to the provider developers.")
		return diags
	}
	i.progress("Reading %s payment link %s", i.info.Title, i.key.ID)
	answer, err := i.getWithRetry(ctx, i.key, i.clock.Now())
	if rest.IsNotFound(err) {
		return i.notFoundError(err)
	}
	if err != nil {
		return i.apiError(i.op, err, "The link "+i.key.ID+" was not changed. You can run the action again.")
	}
	if before := i.vendor.Model(answer); !activatable.AwaitsActivation(&before) {
		return i.reportNothingToActivate(answer)
	}
	i.progress("Sending the %s request to %s for payment link %s", i.op.verb, i.info.Title, i.key.ID)
	answer, err = i.configured.activate(ctx, activator, i.key)
	if err != nil {
		return i.apiError(i.op, err, "It is not known whether link "+i.key.ID+" was activated. You can run the action again: it reads the link first.")
	}
	if after := i.vendor.Model(answer); activatable.AwaitsActivation(&after) {
		diags.AddError(i.errorSummary(i.op), i.info.Title+" accepted the request, but link "+i.key.ID+" is still not active. You can run the action again.")
		return diags
	}
	i.progress("Payment link %s is active", i.key.ID)
	return diags
}

// reportNothingToActivate tells why a link does not await its activation: it is active already, or has ended.
func (i invocation[M, L, PM]) reportNothingToActivate(answer L) (diags diag.Diagnostics) {
	switch now := i.vendor.State(answer, i.vendorNow()); now {
	case driver.Open, driver.Processing, driver.Paid:
		i.progress("Payment link %s is already active and %s: nothing to %s", i.key.ID, now, i.op.verb)
	case driver.Unknown:
		diags.AddError(i.errorSummary(i.op), "Link "+i.key.ID+" has a status that "+i.info.Title+" does not document. It was not changed. Check it in "+i.info.Title+"'s console.")
	default:
		diags.AddError(i.errorSummary(i.op), "The link "+i.key.ID+" is `"+string(now)+"` and cannot be reactivated. To get a payable link, replace it: plan with -replace, or add the state to `replace_when`.")
	}
	return diags
}

// notFoundError returns a 404 as an error: an action has no state, so that a mistyped id would look like success.
func (i invocation[M, L, PM]) notFoundError(err error) diag.Diagnostics {
	return i.apiError(i.op, err, fmt.Sprintf(
		"%s found no link %s for these credentials. Nothing was changed. Check the ID and the account.", i.info.Title, i.key.ID))
}
