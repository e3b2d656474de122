package tfvalue

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// RequiredString returns the attribute of a text that a configuration has to write.
func RequiredString(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: validators}
}

// OptionalString returns the attribute of a text that is null where it is left out.
func OptionalString(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: validators}
}

// ComputedString returns the attribute of a text that the vendor alone decides.
func ComputedString(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, PlanModifiers: []planmodifier.String{UseStateWhenOmitted()}}
}

// OptionalComputedString returns the attribute of a text that the vendor fills in where it is left out.
func OptionalComputedString(description string, validators ...validator.String) schema.StringAttribute {
	out := ComputedString(description)
	out.Optional, out.Validators = true, validators
	return out
}

// SensitiveString is [OptionalComputedString] for a text that is not for others' eyes, such as a payer's name.
func SensitiveString(description string, validators ...validator.String) schema.StringAttribute {
	out := OptionalComputedString(description, validators...)
	out.Sensitive = true
	out.PlanModifiers = []planmodifier.String{UseStateOrNullWhenOmitted()}
	return out
}

// RequiredDecimal returns the attribute of a decimal number that a configuration has to write.
func RequiredDecimal(description string, validators ...validator.String) schema.StringAttribute {
	out := RequiredString(description, validators...)
	out.CustomType = money.DecimalType{}
	return out
}

// OptionalComputedBool returns the attribute of a truth that the vendor decides where it is left out.
func OptionalComputedBool(description string) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description, Optional: true, Computed: true, PlanModifiers: []planmodifier.Bool{UseStateWhenOmitted()}}
}

// RequiredObject returns the attribute of an object that a configuration has to write.
func RequiredObject(description string, attributes map[string]schema.Attribute) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{MarkdownDescription: description, Required: true, Attributes: attributes}
}

// OptionalObject returns the attribute of an object that is null where it is left out.
func OptionalObject(description string, attributes map[string]schema.Attribute) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{MarkdownDescription: description, Optional: true, Attributes: attributes}
}

// AttributeTypes returns the types of a schema's attributes, as the objects that are made of answers need them.
func AttributeTypes[A interface{ GetType() attr.Type }](attributes map[string]A) map[string]attr.Type {
	out := make(map[string]attr.Type, len(attributes))
	for name, attribute := range attributes {
		out[name] = attribute.GetType()
	}
	return out
}

// ObjectTypes returns what returns the types of an object's attributes, which it asks for once, and not before they are needed.
func ObjectTypes(attributes func() map[string]schema.Attribute) func() map[string]attr.Type {
	return sync.OnceValue(func() map[string]attr.Type { return AttributeTypes(attributes()) })
}

// Describer is the description of a validator or plan modifier that embeds it: validators complete "value …".
type Describer string

// Description returns the text.
func (d Describer) Description(context.Context) string { return string(d) }

// MarkdownDescription returns the text.
func (d Describer) MarkdownDescription(context.Context) string { return string(d) }

// IntegerAtLeast returns a validator for whole numbers from minimum on. summary heads its error; rule completes "the value …" in
// it, like "must be a whole number from 1". The framework's own integer attribute calls a fraction an error of the provider.
func IntegerAtLeast(minimum int64, summary, rule string) validator.Number {
	return IntegerBetween(minimum, 1<<53, summary, rule) // the largest that every JSON decoder keeps
}

// IntegerBetween is [IntegerAtLeast] with a maximum.
func IntegerBetween(minimum, maximum int64, summary, rule string) validator.Number {
	return numberRule{Describer("value " + rule), summary, func(n *big.Float) string {
		switch {
		case n.Cmp(new(big.Float).SetInt64(maximum)) > 0:
			return fmt.Sprintf("must be at most %d", maximum)
		case n.IsInt() && n.Cmp(new(big.Float).SetInt64(minimum)) >= 0:
			return ""
		}
		return rule
	}}
}

// NumberWithin returns a validator for numbers of any sign below a maximum, with at most maxDecimals decimals: one like 1e-1000000 is
// short text and a megabyte of digits. summary heads its error.
func NumberWithin(maximum int64, summary string) validator.Number {
	rule := fmt.Sprintf("must be a number from -%d to %[1]d with at most %d decimals", maximum, maxDecimals)
	return numberRule{Describer("value " + rule), summary, func(n *big.Float) string {
		if new(big.Float).Abs(n).Cmp(new(big.Float).SetInt64(maximum)) <= 0 {
			if _, decimals, _ := strings.Cut(strings.TrimRight(n.Text('f', maxDecimals+10), "0"), "."); len(decimals) <= maxDecimals && (len(decimals) > 0 || n.IsInt()) {
				return ""
			}
		}
		return rule
	}}
}

// maxDecimals is more than anything that is counted or measured has.
const maxDecimals = 15

// numberRule is a validator for numbers. broken returns the rule that a number breaks; "" for none.
type numberRule struct {
	Describer
	summary string
	broken  func(n *big.Float) string
}

func (v numberRule) ValidateNumber(_ context.Context, req validator.NumberRequest, resp *validator.NumberResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if n := req.ConfigValue.ValueBigFloat(); v.broken(n) != "" {
		resp.Diagnostics.AddAttributeError(req.Path, v.summary, fmt.Sprintf("%s: the value %s, got %s.", req.Path, v.broken(n), n.Text('g', 40)))
	}
}

// DurationBetween returns a validator for a duration as text between two others, such as "1s" and "24h". examples are of the kind
// "30s or 5m".
func DurationBetween(minimum, maximum, examples string) StringRule {
	return StringRule{
		Rule: fmt.Sprintf("must be a duration from %s to %s, such as %s", minimum, maximum, examples), Summary: "Invalid duration", RepeatsValue: true,
		IsValid: func(text string) bool {
			least, _ := time.ParseDuration(minimum)
			most, _ := time.ParseDuration(maximum)
			d, err := time.ParseDuration(text)
			return err == nil && d >= least && d <= most
		},
	}
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
	// Problem, if set, takes the place of Advice, RepeatsValue and IsValid: it returns the error's text, and "" for a valid value.
	Problem func(text string) string
}

// Description returns the rule.
func (r StringRule) Description(context.Context) string { return "value " + r.Rule }

// MarkdownDescription returns the rule.
func (r StringRule) MarkdownDescription(ctx context.Context) string { return r.Description(ctx) }

// ValidateString adds an error, or a warning, for a text that breaks the rule.
func (r StringRule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	switch problem := r.problem(req.ConfigValue.ValueString()); {
	case problem == "":
	case r.Warns:
		resp.Diagnostics.AddAttributeWarning(req.Path, r.Summary, req.Path.String()+": "+problem+" The value is sent unchanged.")
	default:
		resp.Diagnostics.AddAttributeError(req.Path, r.Summary, req.Path.String()+": "+problem)
	}
}

func (r StringRule) problem(text string) string {
	switch {
	case r.Problem != nil:
		return r.Problem(text)
	case r.IsValid(text):
		return ""
	case r.RepeatsValue:
		return fmt.Sprintf("the value %s%s, got %q.", r.Rule, r.Advice, text)
	}
	return "the value " + r.Rule + r.Advice + "."
}

// OneOfDocumented returns a validator that warns of a text that is none of those that a vendor documents so far: the list may grow.
// what names such a text, like "account type". An empty text is refused.
func OneOfDocumented(what string, texts ...string) validator.String {
	return oneOfDocumented{Describer("value should be one of " + strings.Join(texts, ", ")), what, texts}
}

type oneOfDocumented struct {
	Describer
	what  string
	texts []string
}

func (v oneOfDocumented) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	text := req.ConfigValue.ValueString()
	switch {
	case req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || slices.Contains(v.texts, text):
	case text == "":
		resp.Diagnostics.AddAttributeError(req.Path, "Empty "+v.what, fmt.Sprintf("%s: must not be empty. Known values: %s.", req.Path, strings.Join(v.texts, ", ")))
	default:
		resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown "+v.what, fmt.Sprintf("%s: %q is not documented. Known values: %s. The value is sent unchanged.", req.Path, text, strings.Join(v.texts, ", ")))
	}
}

// Modifier keeps a value of any kind that links have.
type Modifier interface {
	planmodifier.String
	planmodifier.Bool
	planmodifier.Number
	planmodifier.Object
}

// UseStateWhenOmitted is for what the vendor fills in: where the configuration leaves an attribute out (or writes ""), the plan keeps
// what the link has. A link cannot change, so that is always true; a replacement is planned again, without a state.
func UseStateWhenOmitted() Modifier {
	return useStateWhenOmitted{Describer: "if not set, the value of the link is kept"}
}

// UseStateOrNullWhenOmitted is [UseStateWhenOmitted] for what a new link has only if the configuration says so, such as a payer's data: the
// plan of a new link shows null, and no "(sensitive value)" about which there is nothing to know.
func UseStateOrNullWhenOmitted() Modifier {
	return useStateWhenOmitted{"if not set, the value of the link is kept", true}
}

type useStateWhenOmitted struct {
	Describer
	nullWhenNew bool
}

// keep returns what to plan: the value of the link where the configuration does not say what it shall be, and null, which is the zero T,
// for a new link that has none.
func keep[T attr.Value](k useStateWhenOmitted, link tfsdk.State, config, plan, state T) (null T) {
	switch isNew := link.Raw.IsNull(); {
	case !plan.IsUnknown() || config.IsUnknown() || isNew && !(k.nullWhenNew && config.IsNull()):
		return plan
	case isNew:
		return null
	}
	return state
}

func (k useStateWhenOmitted) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	resp.PlanValue = keep(k, req.State, req.ConfigValue, req.PlanValue, req.StateValue)
	if req.PlanValue.Equal(types.StringValue("")) && !req.StateValue.IsNull() {
		resp.PlanValue = req.StateValue
	}
}

func (k useStateWhenOmitted) PlanModifyBool(_ context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	resp.PlanValue = keep(k, req.State, req.ConfigValue, req.PlanValue, req.StateValue)
}

func (k useStateWhenOmitted) PlanModifyNumber(_ context.Context, req planmodifier.NumberRequest, resp *planmodifier.NumberResponse) {
	resp.PlanValue = keep(k, req.State, req.ConfigValue, req.PlanValue, req.StateValue)
}

// PlanModifyObject never plans null for a new link: the zero object has no types.
func (k useStateWhenOmitted) PlanModifyObject(_ context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	k.nullWhenNew = false
	resp.PlanValue = keep(k, req.State, req.ConfigValue, req.PlanValue, req.StateValue)
}
