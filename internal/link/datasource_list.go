package link

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

const linksAttribute = "links"

var _ datasource.DataSourceWithConfigure = (*ListDataSource[none, none, *none])(nil)

// ListDataSource is `data "paymentlinks_<vendor>_links"`: all links that fit the filters, to the end of the list.
type ListDataSource[M, L any, PM Linked[M]] struct {
	access[M, L, PM]
	attributes map[string]schema.Attribute
}

// NewListDataSource returns the constructor of a vendor's plural data source.
func NewListDataSource[M, L any, PM Linked[M]](vendor Vendor[M, L]) func() datasource.DataSource {
	d := define(vendor)
	attributes := d.dataSourceFilters()
	attributes[linksAttribute] = listOf(schema.ListNestedAttribute{
		MarkdownDescription: "The links, in the order in which " + d.about.Title + " lists them.",
		Computed:            true,
		NestedObject:        nested(d.computed()),
	})
	return func() datasource.DataSource {
		return &ListDataSource[M, L, PM]{access[M, L, PM]{definition: d}, attributes}
	}
}

func (d *ListDataSource[M, L, PM]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.about.Name + "_links"
}

func (d *ListDataSource[M, L, PM]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf("The payment links at %s that fit all filters, whether or not they were made with Terraform. "+
			"The list is read to its end, and without a filter it is all links of the account.", d.about.Title),
		Attributes: d.attributes,
	}
}

func (d *ListDataSource[M, L, PM]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	resp.Diagnostics.Append(d.connect(req.ProviderData)...)
}

func (d *ListDataSource[M, L, PM]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	arguments := attributesOf(req.Config.Raw)
	out := maps.Clone(arguments)
	t, _ := arguments[linksAttribute].Type().(tftypes.List)
	links := []tftypes.Value{}
	resp.Diagnostics.Append(d.each(ctx, arguments, func(value tftypes.Value) {
		links = append(links, projected(value, t.ElementType))
	})...)
	if resp.Diagnostics.HasError() {
		return
	}
	out[linksAttribute] = tftypes.NewValue(t, links)
	resp.State.Raw = tftypes.NewValue(req.Config.Raw.Type(), out)
}

// each hands on every link that fits the arguments, as a value of the resource. What it has seen before an error is not all.
func (a *access[M, L, PM]) each(ctx context.Context, arguments map[string]tftypes.Value, use func(tftypes.Value)) (diags diag.Diagnostics) {
	wanted, diags := a.asked(arguments)
	if diags.HasError() {
		return diags
	}
	for answer, err := range a.client.List(rest.WithRetryBudget(ctx), wanted.query) {
		if err != nil {
			return append(diags, a.unfinished(err)...)
		}
		if !wanted.fits(a.vendor.State(answer, a.clock.Now())) {
			continue
		}
		value, more := a.answered(ctx, answer)
		diags.Append(more...)
		if remarker, ok := a.vendor.(Remarker[L]); ok {
			diags.Append(remarker.Remark(answer)...)
		}
		if diags.HasError() {
			return diags
		}
		use(value)
	}
	return diags
}

// unfinished is a walk that ended in an error; where only some links may be missing it is a warning.
func (a *access[M, L, PM]) unfinished(err error) (diags diag.Diagnostics) {
	var incomplete *Incomplete
	if errors.As(err, &incomplete) {
		diags.AddWarning("The list of "+a.about.Title+" payment links may be incomplete",
			incomplete.Error()+" What was found is used. Read it again before you rely on what it does not show.")
		return diags
	}
	diags.AddError("Cannot list "+a.about.Title+" payment links", a.explained(err, false)+"\n\nThe list was not read to its end, and nothing of it is used. Try again once the cause is mended.")
	return diags
}
