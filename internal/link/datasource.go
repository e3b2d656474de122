package link

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

var (
	_ datasource.DataSourceWithConfigure      = (*DataSource[placeholderModel, placeholderModel, *placeholderModel])(nil)
	_ datasource.DataSourceWithValidateConfig = (*DataSource[placeholderModel, placeholderModel, *placeholderModel])(nil)
)

// DataSource is `data "paymentlinks_<vendor>_link"`: one link, whoever made it. Reading a link does not mark it as managed: a
// create whose answer was lost may have made it.
type DataSource[M, L any, PM driver.ModelPointer[M]] struct {
	vendorDataSource[M, L, PM]
}

func newDataSource[M, L any, PM driver.ModelPointer[M]](d *vendorDefinition[M, L]) func() datasource.DataSource {
	base := vendorDataSource[M, L, PM]{configured[M, L, PM]{vendorDefinition: d}, "_link", schema.Schema{
		MarkdownDescription: "Reads a payment link at " + d.info.Title + ", including links not created with Terraform.",
		Attributes:          d.singleLinkSchema(),
	}}
	return func() datasource.DataSource { return &DataSource[M, L, PM]{base} }
}

// vendorDataSource is what both data sources of a vendor have.
type vendorDataSource[M, L any, PM driver.ModelPointer[M]] struct {
	configured[M, L, PM]
	suffix string // of the type's name
	own    schema.Schema
}

func (d *vendorDataSource[M, L, PM]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.info.Name + d.suffix
}

func (d *vendorDataSource[M, L, PM]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.own
}

func (d *vendorDataSource[M, L, PM]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	resp.Diagnostics.Append(d.configure(req.ProviderData)...)
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
	answer, diags := d.lookUp(ctx, req.Config.Raw)
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

// checkLookup returns an error unless the arguments name a link in exactly one way, and narrow only a search.
func checkLookup(by *driver.Lookup, arguments map[string]tftypes.Value) (diags diag.Diagnostics) {
	id, other, narrow := arguments["id"], arguments[by.Attribute], arguments[by.Argument]
	if !id.IsKnown() || !other.IsKnown() { // it may still become null
		return nil
	}
	switch {
	case id.IsNull() == other.IsNull():
		diags.AddAttributeError(path.Root("id"), "Invalid combination of arguments",
			"Set exactly one of `id` and `"+by.Attribute+"`: each identifies one link.")
	case other.IsNull() && !narrow.IsNull():
		diags.AddAttributeError(path.Root(by.Argument), "Invalid combination of arguments",
			"`"+by.Argument+"` applies only with `"+by.Attribute+"`. Remove it when `id` is set.")
	}
	return diags
}

// keyError returns the error of validating a key; nil for none.
func (c *configured[M, L, PM]) keyError(key driver.Key, err error) (diags diag.Diagnostics) {
	if err != nil {
		diags.AddAttributeError(path.Root("id"), c.errorSummary(opRead), fmt.Sprintf("Invalid link ID %q: %s. Use the ID of a %s payment link.", key.ID, err, c.info.Title))
	}
	return diags
}

// lookUp reads the link that the arguments of a data source name.
func (c *configured[M, L, PM]) lookUp(ctx context.Context, config tftypes.Value) (answer L, diags diag.Diagnostics) {
	arguments := diff.Attributes(config)
	if by := c.info.Lookup; by != nil && arguments["id"].IsNull() {
		return c.search(ctx, *by, diff.String(arguments[by.Attribute]), diff.String(arguments[by.Argument]))
	}
	key := driver.Key{ID: diff.String(arguments["id"]), Scope: c.scopeOf(config)}
	if err := c.validateKey(key); err != nil {
		return answer, c.keyError(key, err)
	}
	answer, err := c.getWithRetry(ctx, key, c.mayBeNew(key))
	if rest.IsNotFound(err) {
		return answer, c.apiError(opRead, err, c.info.Title+" found no link "+key.ID+" for "+c.describeAccount(key)+". Check the ID and the account.")
	}
	if err != nil {
		return answer, c.apiError(opRead, err, "Link "+key.ID+" could not be read. Fix the cause and run the command again.")
	}
	return answer, nil
}

// search reads the list up to the link whose attribute has this text, and again while a link that this run made is not listed yet.
// The attribute is unique among existing links, so that the first one is the one.
func (c *configured[M, L, PM]) search(ctx context.Context, by driver.Lookup, text, narrow string) (found L, diags diag.Diagnostics) {
	query := driver.Query{}
	detail := c.info.Title + " lists no link with this `" + by.Attribute + "` for " + c.describeAccount(driver.Key{})
	if narrow != "" {
		query.Filters = map[string][]string{by.Narrow.Name: {narrow}}
		detail += " and this `" + by.Argument + "`"
	}
	var ok bool
	var err error
	stored, _ := c.lookups.Load(text)
	created, _ := stored.(time.Time)
	canceled := c.awaitNew(ctx, created, func() bool {
		found, ok, err = c.findListed(ctx, query, by.Attribute, text)
		return !ok && err == nil
	})
	var incomplete *paging.Incomplete
	switch err = cmp.Or(canceled, err); {
	case ok:
		return found, nil
	case errors.As(err, &incomplete):
		detail += ". " + incomplete.Error() + " Try again"
	case err != nil:
		return found, c.apiError(opRead, err, "The list was not read completely, so the link may exist. Fix the cause and run the command again.")
	}
	diags.AddAttributeError(path.Root(by.Attribute), c.errorSummary(opRead), detail+". Check the arguments and the account.")
	return found, diags
}

// findListed returns the first link of the list whose attribute has this text.
func (c *configured[M, L, PM]) findListed(ctx context.Context, query driver.Query, attribute, text string) (found L, ok bool, err error) {
	for answer, err := range c.list(ctx, query) {
		if err != nil {
			return found, false, err
		}
		value, diags := c.stateValue(ctx, answer)
		if !diags.HasError() && diff.String(diff.Attributes(value)[attribute]) == text {
			return answer, true, nil
		}
	}
	return found, false, nil
}

// describeAccount names the account of the credentials in use.
func (c *configured[M, L, PM]) describeAccount(key driver.Key) string {
	account := c.account(key)
	text := "these credentials (" + account.BaseURL
	if account.Owner != "" {
		text += ", " + account.Owner
	}
	if account.Name != "" {
		text += ", account " + account.Name
	}
	return text + ")"
}
