package link

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

var (
	_ datasource.DataSourceWithConfigure      = (*DataSource[placeholderModel, placeholderModel, *placeholderModel])(nil)
	_ datasource.DataSourceWithValidateConfig = (*DataSource[placeholderModel, placeholderModel, *placeholderModel])(nil)
)

// DataSource is `data "paymentlinks_<vendor>_link"`: one link, whoever made it. What it reads is not noted as known to this
// state: a create that lost its answer may have made it.
type DataSource[M, L any, PM driver.ModelPointer[M]] struct {
	configured[M, L, PM]
	attributes map[string]schema.Attribute
}

// newDataSource returns the constructor of a vendor's single data source.
func newDataSource[M, L any, PM driver.ModelPointer[M]](d *vendorDefinition[M, L]) func() datasource.DataSource {
	attributes := d.singleLinkSchema()
	return func() datasource.DataSource {
		return &DataSource[M, L, PM]{configured[M, L, PM]{vendorDefinition: d}, attributes}
	}
}

// singleLinkSchema is what a data source answers of a link, with what names it as arguments.
func (d *vendorDefinition[M, L]) singleLinkSchema() map[string]schema.Attribute {
	out := d.dataSourceAttributes()
	id := schema.StringAttribute{MarkdownDescription: out["id"].GetMarkdownDescription(), Required: true}
	if by := d.info.Lookup; by != nil {
		id.Required, id.Optional, id.Computed = false, true, true
		id.MarkdownDescription += " Exactly one of `id` and `" + by.Attribute + "`."
		out[by.Attribute] = schema.StringAttribute{
			MarkdownDescription: out[by.Attribute].GetMarkdownDescription() + " With it, " + d.info.Title + "'s list is searched for the link.",
			Optional:            true, Computed: true, Validators: []validator.String{filterValidator{}},
		}
		out[by.Argument] = schema.StringAttribute{
			MarkdownDescription: by.Narrow.Description, Optional: true, Validators: []validator.String{filterValidator{}},
		}
	}
	out["id"] = id
	if scope := d.info.Scope; scope != "" {
		out[scope] = schema.StringAttribute{
			MarkdownDescription: "The " + scope + " the link belongs to. Default: the provider's.", Optional: true, Computed: true,
			Validators: []validator.String{filterValidator{}},
		}
	}
	return out
}

func (d *DataSource[M, L, PM]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.info.Name + "_link"
}

func (d *DataSource[M, L, PM]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "One payment link at " + d.info.Title + ", whether or not it was made with Terraform. Reading it changes nothing.",
		Attributes:          d.attributes,
	}
}

func (d *DataSource[M, L, PM]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	resp.Diagnostics.Append(d.configure(req.ProviderData)...)
}

// ValidateConfig refuses, before any request, what can name no link. Values may be unknown.
func (d *DataSource[M, L, PM]) ValidateConfig(_ context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	arguments := diff.Attributes(req.Config.Raw)
	if by := d.info.Lookup; by != nil {
		resp.Diagnostics.Append(checkLookup(by, arguments)...)
	}
	if id := arguments["id"]; !id.IsNull() && id.IsKnown() {
		key := driver.Key{ID: diff.String(id), Scope: diff.String(arguments[d.info.Scope])}
		if key.Scope == "" {
			key.Scope = d.info.Scope // a stand-in: the provider's own, or not known yet
		}
		resp.Diagnostics.Append(d.checkKeyArgument(key)...)
	}
}

func (d *DataSource[M, L, PM]) checkKeyArgument(key driver.Key) (diags diag.Diagnostics) {
	if err := d.validateKey(key); err != nil {
		diags.AddAttributeError(path.Root("id"), d.errorSummary(), fmt.Sprintf("The id %q does not name a link: %s. Write the id of a %s payment link.", key.ID, err, d.info.Title))
	}
	return diags
}

func (d *DataSource[M, L, PM]) errorSummary() string {
	return "Cannot read " + d.info.Title + " payment link"
}

func (d *DataSource[M, L, PM]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	ctx = rest.WithRetryBudget(ctx)
	arguments := diff.Attributes(req.Config.Raw)
	answer, diags := d.lookUp(ctx, arguments)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(d.answerWarnings(answer)...)
	value, diags := d.stateValue(ctx, answer)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.State.Raw = d.withArguments(value, arguments, req.Config.Raw.Type())
}

// withArguments is the answer, and what only the configuration says.
func (d *DataSource[M, L, PM]) withArguments(answer tftypes.Value, arguments map[string]tftypes.Value, t tftypes.Type) tftypes.Value {
	object, _ := t.(tftypes.Object)
	from, out := diff.Attributes(answer), map[string]tftypes.Value{}
	for name, inner := range object.AttributeTypes {
		if value, ok := from[name]; ok {
			out[name] = project(value, inner)
		} else {
			out[name] = arguments[name]
		}
	}
	return tftypes.NewValue(t, out)
}

// lookUp asks for the link that the configuration names.
func (d *DataSource[M, L, PM]) lookUp(ctx context.Context, arguments map[string]tftypes.Value) (answer L, diags diag.Diagnostics) {
	if by := d.info.Lookup; by != nil && arguments["id"].IsNull() {
		return d.search(ctx, *by, diff.String(arguments[by.Attribute]), diff.String(arguments[by.Argument]))
	}
	key := driver.Key{ID: diff.String(arguments["id"])}
	if scope := d.info.Scope; scope != "" {
		if key.Scope = diff.String(arguments[scope]); key.Scope == "" {
			key.Scope = d.defaultScope()
		}
	}
	if diags := d.checkKeyArgument(key); diags.HasError() {
		return answer, diags
	}
	made := d.clock.Now()
	if !d.registry.IsManaged(key) { // nobody made it in this run: a 404 is no lag
		made = made.Add(-2 * newLinkGracePeriod)
	}
	answer, err := d.getWithRetry(ctx, key, made)
	if rest.IsNotFound(err) {
		return answer, d.apiError("read", err, d.info.Title+" knows no link "+key.ID+" under "+d.credentials(key)+", or does not show it any more. Check the id and the account.")
	}
	if err != nil {
		return answer, d.apiError("read", err, "Nothing is known about the link "+key.ID+" now. Try again once the cause is mended.")
	}
	return answer, nil
}

// credentials says whose links the provider was looking at.
func (a *configured[M, L, PM]) credentials(key driver.Key) string {
	account := a.account(key)
	text := "the credentials in use (" + account.BaseURL
	if account.Owner != "" {
		text += ", " + account.Owner
	}
	if account.Name != "" {
		text += ", account " + account.Name
	}
	return text + ")"
}
