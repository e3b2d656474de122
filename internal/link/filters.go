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
)

const statesFilter = "states"

// allStates is what `states` may name.
func allStates() []string {
	return []string{string(Open), string(Processing), string(Paid), string(Expired), string(Revoked), string(Unknown)}
}

// filters are all arguments that narrow the vendor's links: its own, the scope and `states`.
func (d *definition[M, L]) filters() []Filter {
	out := slices.Clone(d.about.Filters)
	if d.about.Scope != "" {
		out = append(out, Filter{
			Name: d.about.Scope, One: true,
			Description: "The " + d.about.Scope + " whose links to read. Default: the provider's.",
		})
	}
	return append(out, Filter{
		Name: statesFilter, Values: allStates(),
		Description: "States to keep, in the words common to all vendors.",
	})
}

// listFilters are the filters as arguments of a list resource, whose schemas know no sets.
func (d *definition[M, L]) listFilters() map[string]list.Attribute {
	out := map[string]list.Attribute{}
	for _, f := range d.filters() {
		if f.One {
			out[f.Name] = list.StringAttribute{MarkdownDescription: f.describe(), Optional: true, Validators: []validator.String{goodFilter{f.Values}}}
			continue
		}
		out[f.Name] = list.ListAttribute{MarkdownDescription: f.describe(), ElementType: types.StringType, Optional: true, Validators: []validator.List{goodFilter{f.Values}}}
	}
	return out
}

// dataSourceFilters are the filters as arguments of a data source.
func (d *definition[M, L]) dataSourceFilters() map[string]datasource.Attribute {
	out := map[string]datasource.Attribute{}
	for _, f := range d.filters() {
		out[f.Name] = f.Argument()
	}
	return out
}

// Argument is the filter as an argument of a data source.
func (f Filter) Argument() datasource.Attribute {
	if f.One {
		return datasource.StringAttribute{MarkdownDescription: f.describe(), Optional: true, Sensitive: f.Sensitive, Validators: []validator.String{goodFilter{f.Values}}}
	}
	return datasource.SetAttribute{
		MarkdownDescription: f.describe(), ElementType: types.StringType, Optional: true, Sensitive: f.Sensitive,
		Validators: []validator.Set{goodFilter{f.Values}},
	}
}

// describe is the argument's text, with all that it may hold.
func (f Filter) describe() string {
	if len(f.Values) == 0 {
		return f.Description
	}
	return f.Description + " Any of `" + strings.Join(f.Values, "`, `") + "`."
}

// wanted is what a configuration asks for: what the vendor is sent, and what is left to do here.
type wanted struct {
	query  Query
	states []string // empty: all
}

// wanted reads the filters, all of which are known.
func (a *access[M, L, PM]) wanted(_ context.Context, config tfsdk.Config) (wanted, diag.Diagnostics) {
	return a.asked(attributesOf(config.Raw))
}

func (a *access[M, L, PM]) asked(arguments map[string]tftypes.Value) (out wanted, diags diag.Diagnostics) {
	out = wanted{query: Query{Filters: map[string][]string{}}, states: textsOf(arguments[statesFilter])}
	if scope := a.about.Scope; scope != "" {
		if out.query.Scope = textOf(arguments[scope]); out.query.Scope == "" && a.client.Account().Scope == "" {
			diags.AddError("Cannot list "+a.about.Title+" payment links",
				"There is no "+scope+" to ask for. Set `"+scope+"` here or in the provider's `"+a.about.Name+"` object.")
		}
	}
	for _, f := range a.about.Filters {
		values := textsOf(arguments[f.Name])
		if len(values) == 0 {
			values = f.statuses(out.states)
		}
		if len(values) > 0 {
			out.query.Filters[f.Name] = values
		}
	}
	return out, diags
}

// fits: the configuration asks for links in this state.
func (w wanted) fits(s State) bool { return len(w.states) == 0 || slices.Contains(w.states, string(s)) }

// statuses are the vendor's words for the states, to spare it the rest; none where they do not say exactly the same.
func (f Filter) statuses(states []string) []string {
	var out []string
	for _, s := range states {
		words, ok := f.States[State(s)]
		if !ok {
			return nil
		}
		out = append(out, words...)
	}
	slices.Sort(out)
	return out
}

// textsOf are the texts of one text, a set or a list, each once, in an order of their own.
func textsOf(v tftypes.Value) []string {
	if v.Type() == nil || v.IsNull() || !v.IsKnown() { // no type: no such argument
		return nil
	}
	if v.Type().Is(tftypes.String) {
		return []string{textOf(v)}
	}
	var out []string
	for _, element := range elementsOf(v) {
		out = append(out, textOf(element))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
