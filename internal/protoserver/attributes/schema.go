// Package attributes does for a resource's attributes what the framework does around a resource's own methods: it fills in a plan
// (plan.go), and tells of a configuration whether it is without fault (validate.go). The framework finds each attribute by its path
// from the root, several times a call, and copies the whole value for each; this reads the schema once and walks the value once.
//
// It does so for the kinds of attributes that links have. Where a schema or a value is of another kind, or where the framework would
// report something, it says so and does nothing: the framework answers then.
package attributes

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// Schema is a resource's schema, read for its use here.
type Schema struct {
	schema     schema.Schema
	attributes []attribute
}

// attribute is one attribute, at the top or in an object.
type attribute struct {
	name                                    string
	required, optional, computed, writeOnly bool
	kind                                    attr.Type
	null, unknown                           tftypes.Value
	standard                                *tftypes.Value // what a plan has where the configuration leaves it out; nil for none
	checked                                 bool           // the value itself can be faulty
	modifiers                               []modifier
	validators                              []validate
	nested                                  []attribute // of the object, or of the objects of the list
	isList                                  bool
}

// New reads a schema; nil for one with something that only the framework knows.
func New(s schema.Schema) *Schema {
	attributes, ok := read(s.Attributes)
	if !ok || len(s.Blocks) > 0 || s.DeprecationMessage != "" {
		return nil
	}
	return &Schema{s, attributes}
}

func read(attributes map[string]schema.Attribute) (out []attribute, ok bool) {
	for name, of := range attributes {
		a, ok := readOne(name, of)
		if !ok || of.GetDeprecationMessage() != "" {
			return nil, false
		}
		out = append(out, a)
	}
	return out, true
}

func readOne(name string, of schema.Attribute) (out attribute, ok bool) {
	ctx := context.Background()
	out = attribute{
		name: name, kind: of.GetType(), required: of.IsRequired(), optional: of.IsOptional(), computed: of.IsComputed(), writeOnly: of.IsWriteOnly(),
		null:    tftypes.NewValue(of.GetType().TerraformType(ctx), nil),
		unknown: tftypes.NewValue(of.GetType().TerraformType(ctx), tftypes.UnknownValue),
	}
	out.checked = isChecked(ctx, out.kind)
	if elements, ok := out.kind.(attr.TypeWithElementType); ok && isChecked(ctx, elements.ElementType()) {
		return out, false
	}
	ok = true
	switch of := of.(type) {
	case schema.StringAttribute:
		out.modifiers, out.validators = stringModifiers(of.PlanModifiers), stringValidators(of.Validators)
		if of.Default != nil {
			var resp defaults.StringResponse
			of.Default.DefaultString(ctx, defaults.StringRequest{}, &resp)
			ok = out.setStandard(ctx, resp.PlanValue) && !resp.Diagnostics.HasError()
		}
	case schema.BoolAttribute:
		out.modifiers = boolModifiers(of.PlanModifiers)
		ok = len(of.Validators) == 0
		if of.Default != nil {
			var resp defaults.BoolResponse
			of.Default.DefaultBool(ctx, defaults.BoolRequest{}, &resp)
			ok = ok && out.setStandard(ctx, resp.PlanValue) && !resp.Diagnostics.HasError()
		}
	case schema.NumberAttribute:
		out.modifiers, out.validators = numberModifiers(of.PlanModifiers), numberValidators(of.Validators)
		ok = of.Default == nil
	case schema.SetAttribute:
		out.validators = setValidators(out.kind, of.Validators)
		ok = len(of.PlanModifiers) == 0
		if of.Default != nil {
			var resp defaults.SetResponse
			of.Default.DefaultSet(ctx, defaults.SetRequest{}, &resp)
			ok = ok && out.setStandard(ctx, resp.PlanValue) && !resp.Diagnostics.HasError()
		}
	case schema.MapAttribute:
		out.validators = mapValidators(out.kind, of.Validators)
		ok = len(of.PlanModifiers) == 0 && of.Default == nil
	case schema.ListNestedAttribute:
		out.validators = listValidators(out.kind, of.Validators)
		out.nested, ok = read(of.NestedObject.Attributes)
		ok = ok && len(of.PlanModifiers) == 0 && of.Default == nil && len(of.NestedObject.PlanModifiers) == 0 && len(of.NestedObject.Validators) == 0
	case schema.SingleNestedAttribute:
		out.modifiers = objectModifiers(out.kind, of.PlanModifiers)
		out.nested, ok = read(of.Attributes)
		ok = ok && len(of.Validators) == 0 && of.Default == nil
	default:
		ok = false
	}
	out.isList = out.null.Type().Is(tftypes.List{})
	return out, ok && !(out.checked && out.nested != nil)
}

// isChecked reports whether values of a type may be faulty by themselves. Those of an object's attributes are looked at one by one.
func isChecked(ctx context.Context, t attr.Type) bool {
	_, checked := t.ValueType(ctx).(xattr.ValidateableAttribute)
	return checked
}

func (a *attribute) setStandard(ctx context.Context, value attr.Value) bool {
	standard, err := value.ToTerraformValue(ctx)
	a.standard = &standard
	return err == nil
}

// of returns the value of the attribute in an object. Below a null object it is null, and below an unknown one unknown.
func (a *attribute) of(object tftypes.Value) tftypes.Value {
	switch {
	case object.Type() == nil || object.IsNull():
		return a.null
	case !object.IsKnown():
		return a.unknown
	}
	return diff.Attributes(object)[a.name]
}

// usesStateWhenOmitted is the modifier that most attributes have; what it does without a state, and to a known value, is nothing.
var usesStateWhenOmitted, usesStateOrNullWhenOmitted = tfvalue.UseStateWhenOmitted(), tfvalue.UseStateOrNullWhenOmitted()
