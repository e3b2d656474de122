package protocoltest

import (
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

type (
	// Object is a configuration or a part of one; see tfconfig.
	Object = tfconfig.Object
	// List is a list or a set.
	List = tfconfig.List
)

// value builds a Terraform value of the type; attributes that v leaves out are null.
func value(t tftypes.Type, v any) tftypes.Value {
	if v == tfconfig.Unknown {
		return tftypes.NewValue(t, tftypes.UnknownValue)
	}
	switch v := v.(type) {
	case nil:
		return tftypes.NewValue(t, nil)
	case tftypes.Value:
		return v
	case int:
		return tftypes.NewValue(t, new(big.Float).SetInt64(int64(v)))
	case Object:
		if m, ok := t.(tftypes.Map); ok {
			out := map[string]tftypes.Value{}
			for name, element := range v {
				out[name] = value(m.ElementType, element)
			}
			return tftypes.NewValue(t, out)
		}
		object, ok := t.(tftypes.Object)
		if !ok {
			panic(fmt.Sprintf("protocoltest: %v for a %s", v, t))
		}
		for name := range v {
			if _, ok := object.AttributeTypes[name]; !ok {
				panic("protocoltest: no attribute " + name)
			}
		}
		out := map[string]tftypes.Value{}
		for name, nested := range object.AttributeTypes {
			out[name] = value(nested, v[name])
		}
		return tftypes.NewValue(t, out)
	case List:
		var element tftypes.Type
		switch t := t.(type) {
		case tftypes.List:
			element = t.ElementType
		case tftypes.Set:
			element = t.ElementType
		default:
			panic(fmt.Sprintf("protocoltest: %v for a %s", v, t))
		}
		out := []tftypes.Value{}
		for _, nested := range v {
			out = append(out, value(element, nested))
		}
		return tftypes.NewValue(t, out)
	default:
		return tftypes.NewValue(t, v)
	}
}

// plain turns a value into Go values: string, bool, decimal text for numbers, []any, map[string]any, nil.
func plain(v tftypes.Value) any { return plainWith(v, func(number string) any { return number }) }

// StoredJSON is a value as an engine stores it in a state: the attributes of each object in the order of their names.
func StoredJSON(v tftypes.Value) []byte {
	text, err := json.Marshal(plainWith(v, func(number string) any { return json.Number(number) }))
	must(err)
	return text
}

// plainWith is plain with another form of numbers.
func plainWith(v tftypes.Value, form func(number string) any) any {
	if v.IsNull() {
		return nil
	}
	if !v.IsKnown() {
		return tfconfig.Unknown
	}
	switch {
	case v.Type().Is(tftypes.String):
		var out string
		must(v.As(&out))
		return out
	case v.Type().Is(tftypes.Bool):
		var out bool
		must(v.As(&out))
		return out
	case v.Type().Is(tftypes.Number):
		var out big.Float
		must(v.As(&out))
		return form(out.Text('f', -1))
	case v.Type().Is(tftypes.Object{}), v.Type().Is(tftypes.Map{}):
		out := Object{}
		for name, nested := range objectOf(v) {
			out[name] = plainWith(nested, form)
		}
		return out
	default:
		out := List{}
		for _, nested := range listOf(v) {
			out = append(out, plainWith(nested, form))
		}
		return out
	}
}

func objectOf(v tftypes.Value) map[string]tftypes.Value {
	var out map[string]tftypes.Value
	if !v.IsNull() && v.IsKnown() {
		must(v.As(&out))
	}
	return out
}

func listOf(v tftypes.Value) []tftypes.Value {
	var out []tftypes.Value
	if !v.IsNull() && v.IsKnown() {
		must(v.As(&out))
	}
	return out
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
