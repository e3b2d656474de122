package tfvalue

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// IntegerAtLeast returns a validator for whole numbers from minimum on. summary heads its error; rule completes "the value …" in
// it, like "must be a whole number from 1". The framework's own integer attribute calls a fraction an error of the provider.
func IntegerAtLeast(minimum int64, summary, rule string) validator.Number {
	return IntegerBetween(minimum, 1<<53, summary, rule) // the largest that every JSON decoder keeps
}

// IntegerBetween is [IntegerAtLeast] with a maximum.
func IntegerBetween(minimum, maximum int64, summary, rule string) validator.Number {
	return integerAtLeast{minimum, maximum, summary, rule}
}

type integerAtLeast struct {
	minimum, maximum int64
	summary, rule    string
}

func (v integerAtLeast) Description(context.Context) string { return "value " + v.rule }

func (v integerAtLeast) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v integerAtLeast) ValidateNumber(_ context.Context, req validator.NumberRequest, resp *validator.NumberResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	n, rule := req.ConfigValue.ValueBigFloat(), v.rule
	switch {
	case n.Cmp(new(big.Float).SetInt64(v.maximum)) > 0:
		rule = fmt.Sprintf("must be at most %d", v.maximum)
	case n.IsInt() && n.Cmp(new(big.Float).SetInt64(v.minimum)) >= 0:
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, v.summary, fmt.Sprintf("%s: the value %s, got %s.", req.Path, rule, n.Text('g', 40)))
}

// StringRule is a validator for texts of one form. Null and unknown are not judged.
type StringRule struct {
	Rule    string // completes "the value …", like "must not be empty"
	Summary string // heads the diagnostic
	Advice  string // follows the rule in the diagnostic, like ", as in https://example.com/thanks"
	// Warns makes it a warning: the text is sent all the same.
	Warns bool
	// RepeatsValue says that the error holds the value, which must not be a sensitive one.
	RepeatsValue bool
	// IsValid must not be made of a variable of the vendor's package: schemas are built while those are still being set.
	IsValid func(text string) bool
}

// Description returns the rule.
func (r StringRule) Description(context.Context) string { return "value " + r.Rule }

// MarkdownDescription returns the rule.
func (r StringRule) MarkdownDescription(ctx context.Context) string { return r.Description(ctx) }

// ValidateString adds an error for a text that breaks the rule.
func (r StringRule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	text := req.ConfigValue.ValueString()
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || r.IsValid(text) {
		return
	}
	detail := req.Path.String() + ": the value " + r.Rule + r.Advice
	if r.RepeatsValue {
		detail += fmt.Sprintf(", got %q", text)
	}
	if r.Warns {
		resp.Diagnostics.AddAttributeWarning(req.Path, r.Summary, detail+". It is sent as it is.")
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, r.Summary, detail+".")
}

// OneOfDocumented returns a validator that warns of a text that is none of those that a vendor documents so far: the list may grow.
// what names such a text, like "account type". An empty text is refused.
func OneOfDocumented(what string, texts ...string) validator.String {
	return oneOfDocumented{what, texts}
}

type oneOfDocumented struct {
	what  string
	texts []string
}

func (v oneOfDocumented) Description(context.Context) string {
	return "value should be one of " + strings.Join(v.texts, ", ")
}

func (v oneOfDocumented) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v oneOfDocumented) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	text := req.ConfigValue.ValueString()
	switch {
	case req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || slices.Contains(v.texts, text):
	case text == "":
		resp.Diagnostics.AddAttributeError(req.Path, "Empty "+v.what, fmt.Sprintf("%s: it must not be empty. Documented are %s.", req.Path, strings.Join(v.texts, ", ")))
	default:
		resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown "+v.what, fmt.Sprintf("%s: %q is none of those that are documented: %s. It is sent as it is.", req.Path, text, strings.Join(v.texts, ", ")))
	}
}
