package link

import (
	"context"
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

// filters are all arguments that narrow the vendor's links: its own, the scope and `states`.
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

// listFilters are the filters as arguments of a list resource, whose schemas know no sets.
func (d *vendorDefinition[M, L]) listFilters() map[string]list.Attribute {
	out := map[string]list.Attribute{}
	for _, f := range d.filters() {
		if f.Single {
			out[f.Name] = list.StringAttribute{MarkdownDescription: filterDescription(f), Optional: true, Validators: []validator.String{filterValidator{f.Values}}}
			continue
		}
		out[f.Name] = list.ListAttribute{MarkdownDescription: filterDescription(f), ElementType: types.StringType, Optional: true, Validators: []validator.List{filterValidator{f.Values}}}
	}
	return out
}

// dataSourceFilters are the filters as arguments of a data source.
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
		return datasource.StringAttribute{MarkdownDescription: filterDescription(f), Optional: true, Sensitive: f.Sensitive, Validators: []validator.String{filterValidator{f.Values}}}
	}
	return datasource.SetAttribute{
		MarkdownDescription: filterDescription(f), ElementType: types.StringType, Optional: true, Sensitive: f.Sensitive,
		Validators: []validator.Set{filterValidator{f.Values}},
	}
}

// filterDescription is the argument's text, with all that it may hold.
func filterDescription(f driver.Filter) string {
	if len(f.Values) == 0 {
		return f.Description
	}
	return f.Description + " Any of `" + strings.Join(f.Values, "`, `") + "`."
}

// listRequest is what a configuration asks for: what the vendor is sent, and what is left to do here.
type listRequest struct {
	query  driver.Query
	states []string // empty: all
}

// listRequestFrom reads the filters, all of which are known.
func (a *configured[M, L, PM]) listRequestFrom(_ context.Context, config tfsdk.Config) (listRequest, diag.Diagnostics) {
	return a.newListRequest(diff.Attributes(config.Raw))
}

func (a *configured[M, L, PM]) newListRequest(arguments map[string]tftypes.Value) (out listRequest, diags diag.Diagnostics) {
	out = listRequest{query: driver.Query{Filters: map[string][]string{}}, states: stringValues(arguments[statesFilter])}
	if scope := a.info.Scope; scope != "" {
		if out.query.Scope = diff.String(arguments[scope]); out.query.Scope == "" && a.defaultScope() == "" {
			diags.AddError("Cannot list "+a.info.Title+" payment links",
				"There is no "+scope+" to ask for. Set `"+scope+"` here or in the provider's `"+a.info.Name+"` object.")
		}
	}
	for _, f := range a.info.Filters {
		values := stringValues(arguments[f.Name])
		if len(values) == 0 {
			values = statusesFor(f, out.states)
		}
		if len(values) > 0 {
			out.query.Filters[f.Name] = values
		}
	}
	return out, diags
}

// matches: the configuration asks for links in this state.
func (w listRequest) matches(s driver.State) bool {
	return len(w.states) == 0 || slices.Contains(w.states, string(s))
}

// statusesFor returns the vendor's words for the states, to spare it the rest; none where they do not say exactly the same.
func statusesFor(f driver.Filter, states []string) []string {
	var out []string
	for _, s := range states {
		words, ok := f.States[driver.State(s)]
		if !ok {
			return nil
		}
		out = append(out, words...)
	}
	slices.Sort(out)
	return out
}

// stringValues are the texts of one text, a set or a list, each once, in an order of their own.
func stringValues(v tftypes.Value) []string {
	if v.Type() == nil || v.IsNull() || !v.IsKnown() { // no type: no such argument
		return nil
	}
	if v.Type().Is(tftypes.String) {
		return []string{diff.String(v)}
	}
	var out []string
	for _, element := range diff.Elements(v) {
		out = append(out, diff.String(element))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
