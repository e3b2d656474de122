package link

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	list "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

const statesFilter = "states"

// filterOfStates is a filter of every list.
var filterOfStates = driver.Filter{Name: statesFilter, Values: driver.States(), Description: "States to keep, in the terms common to all vendors."}

// filters returns all filters of a vendor's links: its own, the scope and `states`.
func (d *vendorDefinition[M, L]) filters() []driver.Filter {
	out := slices.Clone(d.info.Filters)
	if d.info.Scope != "" {
		out = append(out, driver.Filter{
			Name: d.info.Scope, Single: true,
			Description: "The " + d.info.Scope + " whose links to read. Default: the provider's.",
		})
	}
	return append(out, filterOfStates)
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

// newListRequest reads the filters of a list, all of which are known.
func (c *configured[M, L, PM]) newListRequest(arguments map[string]tftypes.Value) (out listRequest, diags diag.Diagnostics) {
	out = listRequest{query: driver.Query{Filters: map[string][]string{}}, states: diff.Strings(arguments[statesFilter])}
	if scope := c.info.Scope; scope != "" {
		if out.query.Scope = diff.String(arguments[scope]); out.query.Scope == "" && c.defaultScope() == "" {
			diags.AddError("Cannot list "+c.info.Title+" payment links",
				"No "+scope+" is set. Set `"+scope+"` here or in the provider's `"+c.info.Name+"` object.")
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

// filterValidator refuses values that the vendor would refuse or misread, and empty ones: a filter that returns everything is the
// last thing that a user expects.
type filterValidator struct {
	values  []string // nil for any text
	growing bool     // other values are a warning
}

var (
	_ validator.String = filterValidator{}
	_ validator.Set    = filterValidator{}
	_ validator.List   = filterValidator{}
)

func (v filterValidator) Description(context.Context) string {
	if len(v.values) > 0 {
		return "value must be one of " + strings.Join(v.values, ", ")
	}
	return "value must not be empty"
}

func (v filterValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v filterValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !req.ConfigValue.IsNull() {
		resp.Diagnostics.Append(v.check(req.Path, req.ConfigValue)...)
	}
}

func (v filterValidator) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	resp.Diagnostics.Append(v.checkElements(req.Path, req.ConfigValue, req.ConfigValue.Elements())...)
}

func (v filterValidator) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	resp.Diagnostics.Append(v.checkElements(req.Path, req.ConfigValue, req.ConfigValue.Elements())...)
}

const invalidFilterSummary = "Invalid filter"

func (v filterValidator) checkElements(at path.Path, collection attr.Value, elements []attr.Value) (diags diag.Diagnostics) {
	if len(elements) == 0 && !collection.IsNull() && !collection.IsUnknown() {
		diags.AddAttributeError(at, invalidFilterSummary, at.String()+": the filter is empty. Remove the argument to get all links.")
	}
	for _, element := range elements {
		diags.Append(v.check(at, element)...)
	}
	return diags
}

// check checks one value. The error stands at the argument, because an element of a set has no path that a user could find.
func (v filterValidator) check(at path.Path, value attr.Value) (diags diag.Diagnostics) {
	text, ok := value.(types.String)
	if !ok || text.IsUnknown() {
		return nil
	}
	if v.growing && text.ValueString() != "" && !slices.Contains(v.values, text.ValueString()) {
		diags.AddAttributeWarning(at, "Unknown filter value",
			fmt.Sprintf("%s: %q is not documented. Known values: %s. The value is sent unchanged.", at, text.ValueString(), strings.Join(v.values, ", ")))
		v.values = nil
	}
	if problem := v.problem(text.ValueString()); problem != "" {
		diags.AddAttributeError(at, invalidFilterSummary, at.String()+": "+problem)
	}
	return diags
}

// problem tells what is wrong with a value; empty for nothing. Free text is not repeated: it may be a payer's.
func (v filterValidator) problem(text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return "a value is empty. Remove the argument to get all links."
	case len(v.values) > 0 && !slices.Contains(v.values, text):
		return fmt.Sprintf("%q is not supported. Use one of %s.", text, strings.Join(v.values, ", "))
	case strings.ContainsFunc(text, func(c rune) bool { return c == ',' || unicode.IsControl(c) }):
		return "a value contains a comma or a control character. Set several values as separate elements."
	}
	return ""
}
