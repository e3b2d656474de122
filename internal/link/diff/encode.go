package diff

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Encoder converts a vendor's model to a value of its schema. The framework's State.Set does the same, but reads the struct's
// tags and walks the schema for every value: that took half the time of a refresh.
type Encoder struct {
	schema tftypes.Object
	once   sync.Once
	fields map[string][]int // index of the model's field, by attribute
}

// NewEncoder returns an Encoder for values of a schema's type.
func NewEncoder(schema tftypes.Object) *Encoder { return &Encoder{schema: schema} }

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

func (e *Encoder) encodeError(reason string) (tftypes.Value, diag.Diagnostics) {
	return tftypes.NewValue(e.schema, nil), diag.Diagnostics{diag.NewErrorDiagnostic("Cannot convert the vendor's response",
		"The response does not match the resource schema: "+reason+". This is a bug in the provider: please report it to the provider developers.")}
}
