package link

import (
	"context"
	"slices"
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

// LinksDataSource is `data "paymentlinks_links"`: the links of every vendor that is configured.
type LinksDataSource struct {
	vendors []*LinkLister
	runtime *ProviderData
}

// NewLinksDataSource returns its constructor.
func NewLinksDataSource(vendors ...*LinkLister) func() datasource.DataSource {
	return func() datasource.DataSource { return &LinksDataSource{vendors: vendors} }
}

func (d *LinksDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_links"
}

func (d *LinksDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	names := make([]string, 0, len(d.vendors))
	for _, v := range d.vendors {
		names = append(names, v.Name)
	}
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{MarkdownDescription: description, Computed: true}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The payment links of every vendor that the provider is configured for, in words common to all of them. " +
			"Each list is read to its end. A vendor that fails is an error that names it; the others are asked all the same.",
		Attributes: map[string]schema.Attribute{
			vendorsFilter: FilterArgument(driver.Filter{Name: vendorsFilter, Values: names, Description: "Vendors to ask. Default: all that the provider is configured for. One that it is not is an error."}),
			statesFilter:  FilterArgument(driver.Filter{Name: statesFilter, Values: driver.States(), Description: "States to keep, in the words common to all vendors."}),
			linksAttribute: schema.ListNestedAttribute{
				MarkdownDescription: "The links, vendor by vendor. What a vendor does not say is null.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"vendor":       text("Whose link it is: the name of the provider's object, such as `qonto`."),
					"id":           text("Identifier of the link at its vendor."),
					"url":          text("Address of the payment page."),
					stateAttribute: text("State of the link in words common to all vendors."),
					"amount":       text("What the link asks for, decimal text in the currency's unit. Gigs does not say."),
					"currency":     text("Currency of the amount. Gigs does not say."),
					"created_at":   text("When the link was created, as the vendor writes it. Powens does not say."),
				}},
			},
		},
	}
}

func (d *LinksDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if req.ProviderData == nil { // validation comes before configuration
		return
	}
	runtime, ok := req.ProviderData.(*ProviderData)
	if !ok {
		resp.Diagnostics.AddError("Cannot use the provider's configuration", "What was handed over is no configuration. This is a bug of the provider: please report it to its developers.")
		return
	}
	d.runtime = runtime
}

func (d *LinksDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	arguments := diff.Attributes(req.Config.Raw)
	vendors, diags := d.selectVendors(stringValues(arguments[vendorsFilter]))
	resp.Diagnostics.Append(diags...)
	answers := d.listAll(ctx, vendors, stringValues(arguments[statesFilter]))

	t, _ := arguments[linksAttribute].Type().(tftypes.List)
	links := []tftypes.Value{}
	for i, answer := range answers {
		resp.Diagnostics.Append(answer.diags...)
		for _, s := range answer.links {
			links = append(links, tftypes.NewValue(t.ElementType, map[string]tftypes.Value{
				"vendor": tftypes.NewValue(tftypes.String, vendors[i].Name), "id": s.ID, "url": s.URL, stateAttribute: s.State,
				"amount": s.Amount, "currency": s.Currency, "created_at": s.CreatedAt,
			}))
		}
	}
	if resp.Diagnostics.HasError() {
		return
	}
	arguments[linksAttribute] = tftypes.NewValue(t, links)
	resp.State.Raw = tftypes.NewValue(req.Config.Raw.Type(), arguments)
}

// selectVendors are the vendors to ask: those named, else all that are configured.
func (d *LinksDataSource) selectVendors(named []string) (out []*LinkLister, diags diag.Diagnostics) {
	for _, v := range d.vendors {
		_, configured := d.runtime.Clients[v.Name]
		problems := d.runtime.ConfigErrors[v.Name]
		switch {
		case len(named) > 0 && !slices.Contains(named, v.Name):
		case configured:
			out = append(out, v)
		case len(named) > 0 && problems.HasError():
			diags.Append(v.unavailable(diag.SeverityError, problems))
		case len(named) > 0:
			diags.AddAttributeError(path.Root(vendorsFilter), v.Title+" is not configured",
				"`vendors` names `"+v.Name+"`, but the provider has no access to "+v.Title+". "+v.Setup)
		case problems.HasError(): // variables that may be there for something else
			diags.Append(v.unavailable(diag.SeverityWarning, problems))
		}
	}
	if len(named) == 0 && len(out) == 0 {
		diags.AddWarning("No vendor is configured", "There are no payment links to list. Add the object of a vendor, such as `qonto = {}`, to the provider block.")
	}
	return out, diags
}

// unavailable says why a vendor that only the environment configures cannot be asked.
func (v *LinkLister) unavailable(severity diag.Severity, problems diag.Diagnostics) diag.Diagnostic {
	var texts []string
	for _, problem := range problems.Errors() {
		texts = append(texts, problem.Summary()+": "+problem.Detail())
	}
	text := strings.Join(texts, "\n\n")
	if severity == diag.SeverityWarning {
		return diag.NewWarningDiagnostic("The list leaves out the links of "+v.Title, text)
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(vendorsFilter), "Cannot list "+v.Title+" payment links", text)
}

// vendorResult is what one vendor answered.
type vendorResult struct {
	links []LinkSummary
	diags diag.Diagnostics
}

// listAll asks all vendors at once: none waits for another, and none is left out because another fails.
func (d *LinksDataSource) listAll(ctx context.Context, vendors []*LinkLister, states []string) []vendorResult {
	answers := make([]vendorResult, len(vendors))
	var all sync.WaitGroup
	for i, v := range vendors {
		all.Go(func() { answers[i].links, answers[i].diags = v.Links(ctx, d.runtime, states) })
	}
	all.Wait()
	return answers
}
