package link

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

const vendorsFilter = "vendors"

var _ datasource.DataSourceWithConfigure = (*LinksDataSource)(nil)

// LinksDataSource is `data "paymentlinks_links"`: the links of every configured vendor that has a list.
type LinksDataSource struct {
	vendors []*LinkLister
	data    *ProviderData
}

// NewLinksDataSource returns the constructor of `data "paymentlinks_links"`. There is at least one vendor.
func NewLinksDataSource(vendors ...*LinkLister) func() datasource.DataSource {
	return func() datasource.DataSource { return &LinksDataSource{vendors: vendors} }
}

// LinkLister is a vendor's part of `data "paymentlinks_links"`.
type LinkLister struct {
	info driver.Info
	// list reads all links of a configured vendor that are in these states; no states for any. It returns the attributes that all
	// vendors have; null where the vendor does not tell.
	list func(ctx context.Context, data *ProviderData, states []string) ([]map[string]tftypes.Value, diag.Diagnostics)
}

func newLinkLister[M, L any, PM driver.ModelPointer[M]](d *vendorDefinition[M, L]) *LinkLister {
	return &LinkLister{
		info: d.info,
		list: func(ctx context.Context, data *ProviderData, states []string) (out []map[string]tftypes.Value, diags diag.Diagnostics) {
			c := configured[M, L, PM]{vendorDefinition: d}
			if diags := c.configure(data); diags.HasError() {
				return nil, diags
			}
			diags = c.forEachMatch(ctx, map[string]tftypes.Value{statesFilter: diff.StringSet(states)}, func(value tftypes.Value) {
				out = append(out, map[string]tftypes.Value{
					"vendor": tftypes.NewValue(tftypes.String, d.info.Name),
					"id":     diff.StringAt(value, "id"), "url": diff.StringAt(value, "url"), stateAttribute: diff.StringAt(value, stateAttribute),
					"amount": diff.StringAt(value, d.info.Amount), "currency": diff.StringAt(value, d.info.Currency), "created_at": diff.StringAt(value, "created_at"),
				})
			})
			return out, diags
		},
	}
}

func (d *LinksDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_links"
}

func (d *LinksDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{MarkdownDescription: description, Computed: true}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the payment links of every configured vendor, in terms common to all of them. " +
			"Each list is read completely; more than " + strconv.Itoa(maxListed) + " links of a vendor are an error. If a vendor fails, the error names it; the other vendors are still listed.",
		Attributes: map[string]schema.Attribute{
			vendorsFilter: FilterArgument(driver.Filter{Name: vendorsFilter, Values: d.names(), Description: "Vendors to list. Default: all configured vendors. Naming one that is not configured is an error."}),
			statesFilter:  FilterArgument(filterOfStates),
			linksAttribute: schema.ListNestedAttribute{
				MarkdownDescription: "The links, vendor by vendor. A value that a vendor does not return is null.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"vendor":       text("Vendor of the link: the name of its object in the provider block, such as `" + d.example() + "`."),
					"id":           text("Identifier of the link at its vendor."),
					"url":          text("URL of the payment page."),
					stateAttribute: text("State of the link in terms common to all vendors."),
					"amount":       text("Amount of the link as a decimal string, in the currency's major unit." + d.silent(func(i driver.Info) bool { return i.Amount == "" })),
					"currency":     text("Currency of the amount." + d.silent(func(i driver.Info) bool { return i.Currency == "" })),
					"created_at":   text("When the link was created, as the vendor formats it." + d.silent(func(i driver.Info) bool { return i.NoCreationTime })),
				}},
			},
		},
	}
}

func (d *LinksDataSource) names() []string {
	names := make([]string, 0, len(d.vendors))
	for _, v := range d.vendors {
		names = append(names, v.info.Name)
	}
	return names
}

func (d *LinksDataSource) example() string { return d.vendors[len(d.vendors)-1].info.Name }

// silent names the vendors whose answers lack something, as a sentence that follows another; empty for none.
func (d *LinksDataSource) silent(lacks func(driver.Info) bool) string {
	var titles []string
	for _, v := range d.vendors {
		if lacks(v.info) {
			titles = append(titles, v.info.Title)
		}
	}
	switch len(titles) {
	case 0:
		return ""
	case 1:
		return " " + titles[0] + " does not return it."
	}
	return " " + strings.Join(titles[:len(titles)-1], ", ") + " and " + titles[len(titles)-1] + " do not return it."
}

func (d *LinksDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.data, _ = req.ProviderData.(*ProviderData) // nil before the provider is configured
}

func (d *LinksDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	arguments := diff.Attributes(req.Config.Raw)
	vendors, diags := d.selectVendors(diff.Strings(arguments[vendorsFilter]))
	resp.Diagnostics.Append(diags...)
	t, _ := arguments[linksAttribute].Type().(tftypes.List)
	// All vendors are listed at the same time; the failure of one does not affect the others.
	found, failed := make([][]map[string]tftypes.Value, len(vendors)), make([]diag.Diagnostics, len(vendors))
	var all sync.WaitGroup
	for i, v := range vendors {
		all.Go(func() { found[i], failed[i] = v.list(ctx, d.data, diff.Strings(arguments[statesFilter])) })
	}
	all.Wait()
	resp.Diagnostics.Append(slices.Concat(failed...)...)
	links := []tftypes.Value{}
	for _, attributes := range slices.Concat(found...) {
		links = append(links, tftypes.NewValue(t.ElementType, attributes))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.State.Raw = diff.With(req.Config.Raw, linksAttribute, tftypes.NewValue(t, links))
}

// selectVendors returns the named vendors, or all configured ones if none is named. A named one that is not configured is an
// error.
func (d *LinksDataSource) selectVendors(named []string) (out []*LinkLister, diags diag.Diagnostics) {
	for _, v := range d.vendors {
		_, configured := d.data.Clients[v.info.Name]
		problems := d.data.ConfigErrors[v.info.Name]
		switch {
		case len(named) > 0 && !slices.Contains(named, v.info.Name):
		case configured:
			out = append(out, v)
		case len(named) > 0 && problems.HasError():
			diags.AddAttributeError(path.Root(vendorsFilter), "Cannot list "+v.info.Title+" payment links", problemText(problems))
		case len(named) > 0:
			diags.AddAttributeError(path.Root(vendorsFilter), v.info.Title+" is not configured",
				"`vendors` contains `"+v.info.Name+"`, but "+v.info.Title+" is not configured in the provider block. "+v.info.ConfigurationHint)
		case problems.HasError(): // environment variables that may be meant for something else
			diags.AddWarning("Links of "+v.info.Title+" are not included", problemText(problems))
		}
	}
	if len(named) == 0 && len(out) == 0 {
		diags.AddWarning("No vendor is configured", "There are no payment links to list. Add the object of a vendor, such as `"+d.example()+" = {}`, to the provider block.")
	}
	return out, diags
}

// problemText tells why a vendor that only the environment configures has no client.
func problemText(problems diag.Diagnostics) string {
	var texts []string
	for _, problem := range problems.Errors() {
		texts = append(texts, problem.Summary()+": "+problem.Detail())
	}
	return strings.Join(texts, "\n\n")
}
