package diff

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// Encoder converts a vendor's model to a value of its schema, and back. The framework's State.Set and State.Get do the same, but read
// the struct's tags and walk the schema for every value: that took half the time of a refresh, and of a plan.
type Encoder struct {
	schema tftypes.Object
	types  map[string]attr.Type
	once   sync.Once
	fields map[string][]int // index of the model's field, by attribute
}

// NewEncoder returns an Encoder for values of a schema's type, whose attributes have these types.
func NewEncoder(schema tftypes.Object, types map[string]attr.Type) *Encoder {
	return &Encoder{schema: schema, types: types}
}

var attrValue = reflect.TypeFor[attr.Value]()

func (e *Encoder) indexFields(model reflect.Type) {
	e.fields = map[string][]int{}
	for _, field := range reflect.VisibleFields(model) {
		name, _, _ := strings.Cut(field.Tag.Get("tfsdk"), ",")
		if name != "" && name != "-" && field.Type.Implements(attrValue) {
			e.fields[name] = field.Index
		}
	}
}

// Encode converts model, a pointer to the vendor's model; all calls take the same type. A value that does not fit the schema is
// an error of the vendor's mapping.
func (e *Encoder) Encode(ctx context.Context, model any) (tftypes.Value, diag.Diagnostics) {
	source := reflect.ValueOf(model).Elem()
	e.once.Do(func() { e.indexFields(source.Type()) })
	out := make(map[string]tftypes.Value, len(e.schema.AttributeTypes))
	for name, want := range e.schema.AttributeTypes {
		index, ok := e.fields[name]
		if !ok {
			return e.encodeError(fmt.Sprintf("%q has no place in the mapping", name))
		}
		field, _ := source.FieldByIndex(index).Interface().(attr.Value)
		value, err := field.ToTerraformValue(ctx)
		if err != nil {
			return e.encodeError(fmt.Sprintf("%q: %s", name, err))
		}
		if !value.Type().Equal(want) {
			return e.encodeError(fmt.Sprintf("%q has another type than in the schema", name))
		}
		out[name] = value
	}
	return tftypes.NewValue(e.schema, out), nil
}

// Decode fills model, a pointer to the vendor's model, with a value. It is false, and the model is of no use, where something does not fit or
// is faulty, about which the framework has its own words.
func (e *Encoder) Decode(ctx context.Context, v tftypes.Value, model any) bool {
	target := reflect.ValueOf(model).Elem()
	e.once.Do(func() { e.indexFields(target.Type()) })
	attributes := Attributes(v)
	if v.IsNull() || !v.IsKnown() || len(attributes) != len(e.types) {
		return false
	}
	for name, t := range e.types {
		index, ok := e.fields[name]
		value, err := t.ValueFromTerraform(ctx, attributes[name])
		if !ok || err != nil || !tfvalue.IsFaultless(ctx, path.Root(name), value) {
			return false
		}
		field, converted := target.FieldByIndex(index), reflect.ValueOf(value)
		if !converted.Type().AssignableTo(field.Type()) {
			return false
		}
		field.Set(converted)
	}
	return true
}

func (e *Encoder) encodeError(reason string) (tftypes.Value, diag.Diagnostics) {
	return tftypes.NewValue(e.schema, nil), diag.Diagnostics{diag.NewErrorDiagnostic("Cannot convert the vendor's response",
		"The response does not match the resource schema: "+reason+". This is a bug in the provider: please report it to the provider developers.")}
}
