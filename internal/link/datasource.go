package link

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

var (
	_ datasource.DataSourceWithConfigure      = (*DataSource[placeholderModel, placeholderModel, *placeholderModel])(nil)
	_ datasource.DataSourceWithValidateConfig = (*DataSource[placeholderModel, placeholderModel, *placeholderModel])(nil)
)

// DataSource is `data "paymentlinks_<vendor>_link"`: one link, whoever made it. Reading a link does not mark it as managed: a
// create whose answer was lost may have made it.
type DataSource[M, L any, PM driver.ModelPointer[M]] struct {
	configured[M, L, PM]
	attributes map[string]schema.Attribute
}

func newDataSource[M, L any, PM driver.ModelPointer[M]](d *vendorDefinition[M, L]) func() datasource.DataSource {
	attributes := d.singleLinkSchema()
	return func() datasource.DataSource {
		return &DataSource[M, L, PM]{configured[M, L, PM]{vendorDefinition: d}, attributes}
	}
}

// singleLinkSchema returns the attributes of a link, with those that name it as arguments.
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
		MarkdownDescription: "Reads a payment link at " + d.info.Title + ", including links not created with Terraform.",
		Attributes:          d.attributes,
	}
}

func (d *DataSource[M, L, PM]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	resp.Diagnostics.Append(d.configure(req.ProviderData)...)
}

// ValidateConfig refuses arguments that can name no link. Values may be unknown, and a scope may be the provider's.
func (d *DataSource[M, L, PM]) ValidateConfig(_ context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	arguments := diff.Attributes(req.Config.Raw)
	if by := d.info.Lookup; by != nil {
		resp.Diagnostics.Append(checkLookup(by, arguments)...)
	}
	if id := arguments["id"]; !id.IsNull() && id.IsKnown() {
		key := driver.Key{ID: diff.String(id), Scope: diff.String(arguments[d.info.Scope])}
		err := d.validateID(key.ID)
		if key.Scope != "" {
			err = d.validateKey(key)
		}
		resp.Diagnostics.Append(d.keyError(key, err)...)
	}
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
	resp.State.Raw = withArguments(value, arguments, req.Config.Raw.Type())
}

// withArguments returns an answer as a value of the data source; what the resource has no attribute for comes from the arguments.
func withArguments(answer tftypes.Value, arguments map[string]tftypes.Value, t tftypes.Type) tftypes.Value {
	object, _ := t.(tftypes.Object)
	answered, out := diff.Attributes(answer), map[string]tftypes.Value{}
	for name, inner := range object.AttributeTypes {
		if value, ok := answered[name]; ok {
			out[name] = project(value, inner)
		} else {
			out[name] = arguments[name]
		}
	}
	return tftypes.NewValue(t, out)
}
