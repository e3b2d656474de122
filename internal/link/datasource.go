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
)

var (
	_ datasource.DataSourceWithConfigure      = (*DataSource[none, none, *none])(nil)
	_ datasource.DataSourceWithValidateConfig = (*DataSource[none, none, *none])(nil)
)

// DataSource is `data "paymentlinks_<vendor>_link"`: one link, whoever made it. What it reads is not noted as known to this
// state: a create that lost its answer may have made it.
type DataSource[M, L any, PM Linked[M]] struct {
	access[M, L, PM]
	attributes map[string]schema.Attribute
}

// NewDataSource returns the constructor of a vendor's single data source.
func NewDataSource[M, L any, PM Linked[M]](vendor Vendor[M, L]) func() datasource.DataSource {
	d := define(vendor)
	attributes := d.oneLink()
	return func() datasource.DataSource {
		return &DataSource[M, L, PM]{access[M, L, PM]{definition: d}, attributes}
	}
}

// oneLink is what a data source answers of a link, with what names it as arguments.
func (d *definition[M, L]) oneLink() map[string]schema.Attribute {
	out := d.computed()
	id := schema.StringAttribute{MarkdownDescription: out["id"].GetMarkdownDescription(), Required: true}
	if by := d.about.Lookup; by != nil {
		id.Required, id.Optional, id.Computed = false, true, true
		id.MarkdownDescription += " Exactly one of `id` and `" + by.Attribute + "`."
		out[by.Attribute] = schema.StringAttribute{
			MarkdownDescription: out[by.Attribute].GetMarkdownDescription() + " With it, " + d.about.Title + "'s list is searched for the link.",
			Optional:            true, Computed: true, Validators: []validator.String{goodFilter{}},
		}
		out[by.Argument] = schema.StringAttribute{
			MarkdownDescription: by.Narrow.Description, Optional: true, Validators: []validator.String{goodFilter{}},
		}
	}
	out["id"] = id
	if scope := d.about.Scope; scope != "" {
		out[scope] = schema.StringAttribute{
			MarkdownDescription: "The " + scope + " the link belongs to. Default: the provider's.", Optional: true, Computed: true,
			Validators: []validator.String{goodFilter{}},
		}
	}
	return out
}

func (d *DataSource[M, L, PM]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.about.Name + "_link"
}

func (d *DataSource[M, L, PM]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "One payment link at " + d.about.Title + ", whether or not it was made with Terraform. Reading it changes nothing.",
		Attributes:          d.attributes,
	}
}

func (d *DataSource[M, L, PM]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	resp.Diagnostics.Append(d.connect(req.ProviderData)...)
}

// ValidateConfig refuses, before any request, what can name no link. Values may be unknown.
func (d *DataSource[M, L, PM]) ValidateConfig(_ context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	arguments := attributesOf(req.Config.Raw)
	if by := d.about.Lookup; by != nil {
		resp.Diagnostics.Append(by.check(arguments)...)
	}
	if id := arguments["id"]; !id.IsNull() && id.IsKnown() {
		key := Key{ID: textOf(id), Scope: textOf(arguments[d.about.Scope])}
		if key.Scope == "" {
			key.Scope = d.about.Scope // a stand-in: the provider's own, or not known yet
		}
		resp.Diagnostics.Append(d.badKey(key)...)
	}
}

func (d *DataSource[M, L, PM]) badKey(key Key) (diags diag.Diagnostics) {
	if err := d.checkKey(key); err != nil {
		diags.AddAttributeError(path.Root("id"), d.cannot(), fmt.Sprintf("The id %q does not name a link: %s. Write the id of a %s payment link.", key.ID, err, d.about.Title))
	}
	return diags
}

func (d *DataSource[M, L, PM]) cannot() string {
	return "Cannot read " + d.about.Title + " payment link"
}

func (d *DataSource[M, L, PM]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	ctx = rest.WithRetryBudget(ctx)
	arguments := attributesOf(req.Config.Raw)
	answer, diags := d.find(ctx, arguments)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if remarker, ok := d.vendor.(Remarker[L]); ok {
		resp.Diagnostics.Append(remarker.Remark(answer)...)
	}
	value, diags := d.answered(ctx, answer)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.State.Raw = d.filled(value, arguments, req.Config.Raw.Type())
}

// filled is the answer, and what only the configuration says.
func (d *DataSource[M, L, PM]) filled(answer tftypes.Value, arguments map[string]tftypes.Value, t tftypes.Type) tftypes.Value {
	object, _ := t.(tftypes.Object)
	from, out := attributesOf(answer), map[string]tftypes.Value{}
	for name, inner := range object.AttributeTypes {
		if value, ok := from[name]; ok {
			out[name] = projected(value, inner)
		} else {
			out[name] = arguments[name]
		}
	}
	return tftypes.NewValue(t, out)
}

// find asks for the link that the configuration names.
func (d *DataSource[M, L, PM]) find(ctx context.Context, arguments map[string]tftypes.Value) (answer L, diags diag.Diagnostics) {
	if by := d.about.Lookup; by != nil && arguments["id"].IsNull() {
		return d.search(ctx, *by, textOf(arguments[by.Attribute]), textOf(arguments[by.Argument]))
	}
	key := Key{ID: textOf(arguments["id"])}
	if scope := d.about.Scope; scope != "" {
		if key.Scope = textOf(arguments[scope]); key.Scope == "" {
			key.Scope = d.client.Account().Scope
		}
	}
	if diags := d.badKey(key); diags.HasError() {
		return answer, diags
	}
	made := d.clock.Now()
	if !d.ledger.knows(key) { // nobody made it in this run: a 404 is no lag
		made = made.Add(-2 * settling)
	}
	answer, err := d.look(ctx, key, made)
	if rest.IsNotFound(err) {
		return answer, d.failure("read", err, d.about.Title+" knows no link "+key.ID+" under "+d.credentials(key)+", or does not show it any more. Check the id and the account.")
	}
	if err != nil {
		return answer, d.failure("read", err, "Nothing is known about the link "+key.ID+" now. Try again once the cause is mended.")
	}
	return answer, nil
}

// credentials says whose links the provider was looking at.
func (a *access[M, L, PM]) credentials(key Key) string {
	account := a.account(key)
	text := "the credentials in use (" + account.Base
	if account.Scope != "" {
		text += ", " + account.Scope
	}
	if account.Name != "" {
		text += ", account " + account.Name
	}
	return text + ")"
}
