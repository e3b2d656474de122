package link

import (
	"slices"
	"strings"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	list "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

const statesFilter = "states"

// filters returns all filters of a vendor's links: its own, the scope and `states`.
func (d *vendorDefinition[M, L]) filters() []driver.Filter {
	out := slices.Clone(d.info.Filters)
	if d.info.Scope != "" {
		out = append(out, driver.Filter{
			Name: d.info.Scope, Single: true,
			Description: "The " + d.info.Scope + " whose links to read. Default: the provider's.",
		})
	}
	return append(out, driver.Filter{
		Name: statesFilter, Values: driver.States(),
		Description: "States to keep, in the words common to all vendors.",
	})
}

// listFilters returns the filters as arguments of a list resource, whose schemas have no sets.
func (d *vendorDefinition[M, L]) listFilters() map[string]list.Attribute {
	out := map[string]list.Attribute{}
	for _, f := range d.filters() {
		if f.Single {
			out[f.Name] = list.StringAttribute{MarkdownDescription: filterDescription(f), Optional: true, Validators: []validator.String{filterValidator{f.Values, f.Growing}}}
			continue
		}
		out[f.Name] = list.ListAttribute{MarkdownDescription: filterDescription(f), ElementType: types.StringType, Optional: true, Validators: []validator.List{filterValidator{f.Values, f.Growing}}}
	}
	return out
}

// dataSourceFilters returns the filters as arguments of a data source.
func (d *vendorDefinition[M, L]) dataSourceFilters() map[string]datasource.Attribute {
	out := map[string]datasource.Attribute{}
	for _, f := range d.filters() {
		out[f.Name] = FilterArgument(f)
	}
	return out
}

// FilterArgument returns the filter as an argument of a data source.
func FilterArgument(f driver.Filter) datasource.Attribute {
	if f.Single {
		return datasource.StringAttribute{MarkdownDescription: filterDescription(f), Optional: true, Sensitive: f.Sensitive, Validators: []validator.String{filterValidator{f.Values, f.Growing}}}
	}
	return datasource.SetAttribute{
		MarkdownDescription: filterDescription(f), ElementType: types.StringType, Optional: true, Sensitive: f.Sensitive,
		Validators: []validator.Set{filterValidator{f.Values, f.Growing}},
	}
}

// filterDescription returns the filter's description with the values that it takes.
func filterDescription(f driver.Filter) string {
	if len(f.Values) == 0 {
		return f.Description
	}
	return f.Description + " Any of `" + strings.Join(f.Values, "`, `") + "`."
}

// listRequest is what a configuration asks a list for: the query that the vendor gets, and the states to keep of its answer.
type listRequest struct {
	query  driver.Query
	states []string // empty: all
}

// listRequestFrom reads the filters of a list resource, all of which are known.
func (c *configured[M, L, PM]) listRequestFrom(config tfsdk.Config) (listRequest, diag.Diagnostics) {
	return c.newListRequest(diff.Attributes(config.Raw))
}

func (c *configured[M, L, PM]) newListRequest(arguments map[string]tftypes.Value) (out listRequest, diags diag.Diagnostics) {
	out = listRequest{query: driver.Query{Filters: map[string][]string{}}, states: diff.Strings(arguments[statesFilter])}
	if scope := c.info.Scope; scope != "" {
		if out.query.Scope = diff.String(arguments[scope]); out.query.Scope == "" && c.defaultScope() == "" {
			diags.AddError("Cannot list "+c.info.Title+" payment links",
				"There is no "+scope+" to ask for. Set `"+scope+"` here or in the provider's `"+c.info.Name+"` object.")
		}
	}
	for _, f := range c.info.Filters {
		values := diff.Strings(arguments[f.Name])
		if len(values) == 0 {
			values = statusesFor(f, out.states)
		}
		if len(values) > 0 {
			out.query.Filters[f.Name] = values
		}
	}
	return out, diags
}

// matches reports whether the configuration asks for links in this state.
func (l listRequest) matches(s driver.State) bool {
	return len(l.states) == 0 || slices.Contains(l.states, string(s))
}

// statusesFor returns the vendor's statuses that mean exactly these states; nil where a state has no such statuses, so that the
// vendor is asked for all of them.
func statusesFor(f driver.Filter, states []string) []string {
	var out []string
	for _, s := range states {
		statuses, ok := f.States[driver.State(s)]
		if !ok {
			return nil
		}
		out = append(out, statuses...)
	}
	slices.Sort(out)
	return out
}
