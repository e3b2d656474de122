package link

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

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
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	resp.Diagnostics.Append(v.checkElements(req.Path, req.ConfigValue.Elements())...)
}

func (v filterValidator) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	resp.Diagnostics.Append(v.checkElements(req.Path, req.ConfigValue.Elements())...)
}

const invalidFilterSummary = "Invalid filter"

func (v filterValidator) checkElements(at path.Path, elements []attr.Value) (diags diag.Diagnostics) {
	if len(elements) == 0 {
		diags.AddAttributeError(at, invalidFilterSummary, at.String()+": it is empty, and would filter by nothing. Leave the argument out to get all links.")
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
			fmt.Sprintf("%s: %q is none of those that are documented: %s. It is sent as it is.", at, text.ValueString(), strings.Join(v.values, ", ")))
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
		return "a value is empty, and would filter by nothing. Leave the argument out to get all links."
	case len(v.values) > 0 && !slices.Contains(v.values, text):
		return fmt.Sprintf("it knows no %q. Write any of %s.", text, strings.Join(v.values, ", "))
	case strings.ContainsFunc(text, func(c rune) bool { return c == ',' || unicode.IsControl(c) }):
		return "a value holds a comma or a control character. A comma would make several values of it: write them one by one."
	}
	return ""
}
