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

// filterValidator refuses what the vendor would refuse or misread, and what would filter by nothing: a list of everything is
// the last thing that somebody expects of a filter.
type filterValidator struct{ values []string }

var (
	_ validator.String = filterValidator{}
	_ validator.Set    = filterValidator{}
	_ validator.List   = filterValidator{}
)

func (g filterValidator) Description(context.Context) string {
	if len(g.values) > 0 {
		return "value must be one of " + strings.Join(g.values, ", ")
	}
	return "value must not be empty"
}

func (g filterValidator) MarkdownDescription(ctx context.Context) string { return g.Description(ctx) }

func (g filterValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !req.ConfigValue.IsNull() {
		resp.Diagnostics.Append(g.check(req.Path, req.ConfigValue)...)
	}
}

func (g filterValidator) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	resp.Diagnostics.Append(g.checkElements(req.Path, req.ConfigValue.Elements())...)
}

func (g filterValidator) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	resp.Diagnostics.Append(g.checkElements(req.Path, req.ConfigValue.Elements())...)
}

const invalidFilterSummary = "Invalid filter"

func (g filterValidator) checkElements(at path.Path, elements []attr.Value) (diags diag.Diagnostics) {
	if len(elements) == 0 {
		diags.AddAttributeError(at, invalidFilterSummary, at.String()+": it is empty, and would filter by nothing. Leave the argument out to get all links.")
	}
	for _, element := range elements {
		diags.Append(g.check(at, element)...)
	}
	return diags
}

// check looks at one value. The error stands at the argument: a value of a set has no place that people could look up.
func (g filterValidator) check(at path.Path, value attr.Value) (diags diag.Diagnostics) {
	text, ok := value.(types.String)
	if !ok || text.IsUnknown() {
		return nil
	}
	if problem := g.fault(text.ValueString()); problem != "" {
		diags.AddAttributeError(at, invalidFilterSummary, at.String()+": "+problem)
	}
	return diags
}

// fault says what is wrong with a value; null reads as empty. Free text is not repeated: it may be a payer's.
func (g filterValidator) fault(text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return "a value is empty, and would filter by nothing. Leave the argument out to get all links."
	case len(g.values) > 0 && !slices.Contains(g.values, text):
		return fmt.Sprintf("it knows no %q. Write any of %s.", text, strings.Join(g.values, ", "))
	case strings.ContainsFunc(text, func(c rune) bool { return c == ',' || unicode.IsControl(c) }):
		return "a value holds a comma or a control character. A comma would make several values of it: write them one by one."
	}
	return ""
}
