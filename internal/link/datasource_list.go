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

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
)

const (
	linksAttribute = "links"
	// maxListed bounds what a data source holds of one vendor: an engine needs a minute for so many links, and the provider half a gigabyte.
	maxListed = 10_000
)

var _ datasource.DataSourceWithConfigure = (*ListDataSource[placeholderModel, placeholderModel, *placeholderModel])(nil)

// ListDataSource is `data "paymentlinks_<vendor>_links"`: all links that match the filters, to the end of the list.
type ListDataSource[M, L any, PM driver.ModelPointer[M]] struct {
	vendorDataSource[M, L, PM]
}

func newListDataSource[M, L any, PM driver.ModelPointer[M]](d *vendorDefinition[M, L]) func() datasource.DataSource {
	attributes := d.dataSourceFilters()
	listed, leavesOut := d.listedAttributes()
	text := "The links, in the order in which " + d.info.Title + " lists them."
	if leavesOut {
		text += " Sensitive values, such as payer data, are not included: `paymentlinks_" + d.info.Name + "_link` reads them for one link."
	}
	attributes[linksAttribute] = typedList(schema.ListNestedAttribute{MarkdownDescription: text, Computed: true, NestedObject: typedObject(listed)})
	base := vendorDataSource[M, L, PM]{configured[M, L, PM]{vendorDefinition: d}, "_links", schema.Schema{
		MarkdownDescription: fmt.Sprintf("Lists the payment links at %s that match all filters, including links not created with Terraform. "+
			"The list is read completely; without a filter it contains all links of the account. More than %d links are an error: set a filter.", d.info.Title, maxListed),
		Attributes: attributes,
	}}
	return func() datasource.DataSource { return &ListDataSource[M, L, PM]{base} }
}

func (d *ListDataSource[M, L, PM]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	arguments := diff.Attributes(req.Config.Raw)
	t, _ := arguments[linksAttribute].Type().(tftypes.List)
	links := []tftypes.Value{}
	resp.Diagnostics.Append(d.forEachMatch(ctx, arguments, func(value tftypes.Value) {
		links = append(links, project(value, t.ElementType))
	})...)
	if resp.Diagnostics.HasError() {
		return
	}
	out := maps.Clone(arguments)
	out[linksAttribute] = tftypes.NewValue(t, links)
	resp.State.Raw = tftypes.NewValue(req.Config.Raw.Type(), out)
}

// forEachMatch calls use with every link that matches the arguments, as a value of the resource, up to maxListed. After an error the
// links before it are not all.
func (c *configured[M, L, PM]) forEachMatch(ctx context.Context, arguments map[string]tftypes.Value, use func(tftypes.Value)) (diags diag.Diagnostics) {
	request, diags := c.newListRequest(arguments)
	if diags.HasError() {
		return diags
	}
	found := 0
	for answer, err := range c.list(rest.WithRetryBudget(ctx), request.query) {
		if err != nil {
			return append(diags, c.listDiagnostics(err)...)
		}
		value, more, ok := c.listed(ctx, answer, request)
		diags.Append(more...)
		if !ok {
			continue
		}
		if found++; found > maxListed {
			diags.AddError("Cannot list "+c.info.Title+" payment links",
				fmt.Sprintf("More than %d links match the filters, the maximum for a data source. None of them is used. Narrow the list by `states` or another filter.", maxListed))
			return diags
		}
		use(value)
	}
	return diags
}

// listed returns a listed link as a value of the resource; false for one that the request does not ask for, and for one that cannot be
// read: a warning names that, and the others are used.
func (c *configured[M, L, PM]) listed(ctx context.Context, answer L, request listRequest) (value tftypes.Value, diags diag.Diagnostics, ok bool) {
	state := c.vendor.State(answer, c.vendorNow())
	matches := request.matches(state)
	if !matches && (state != driver.Unknown || len(lenient.Fields(answer)) == 0) {
		return value, nil, false
	}
	value, mapping := c.stateValue(ctx, answer)
	if key := c.key(value); !mapping.HasError() && key.ID != "" {
		return value, c.answerWarnings(answer), matches
	}
	detail := "An entry of " + c.info.Title + "'s list has no readable ID. It is skipped; the others are used."
	if names := unreadNames(answer); names != "" {
		detail += " The provider cannot read its " + names + "."
	}
	m := c.vendor.Model(answer)
	if url := driver.URLOf(PM(&m).Common().URL.ValueString()); url != "" {
		detail += " Its URL is " + url + "."
	}
	diags = warnings(mapping)
	diags.AddWarning("A "+c.info.Title+" payment link is missing from the list", detail)
	return value, diags, false
}

// listDiagnostics returns the error that ended a list; a warning where only some links may be missing.
func (c *configured[M, L, PM]) listDiagnostics(err error) (diags diag.Diagnostics) {
	var incomplete *paging.Incomplete
	if errors.As(err, &incomplete) {
		diags.AddWarning("The list of "+c.info.Title+" payment links may be incomplete",
			incomplete.Error()+" The links found are used. Read the list again before you rely on a missing link.")
		return diags
	}
	diags.AddError("Cannot list "+c.info.Title+" payment links", c.errorDetail(opRead, err)+"\n\nThe list was not read completely, and no part of it is used. Fix the cause and run the command again.")
	return diags
}
