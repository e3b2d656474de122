package attributes

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
)

// IsFaultless reports whether the framework would find nothing to say about the attributes of a configuration. takesWriteOnly is
// whether the engine knows arguments that are in no state. It is false, too, where only the framework can tell.
func (s *Schema) IsFaultless(ctx context.Context, config tftypes.Value, takesWriteOnly bool) bool {
	v := validation{tfsdk.Config{Raw: config, Schema: s.schema}, takesWriteOnly}
	return !config.IsNull() && config.IsKnown() && v.object(ctx, s.attributes, path.Empty(), config)
}

type validation struct {
	config         tfsdk.Config
	takesWriteOnly bool
}

// validate reports whether one validator of an attribute has nothing to say about its value.
type validate func(ctx context.Context, v validation, at path.Path, value tftypes.Value) bool

func (v validation) object(ctx context.Context, attributes []attribute, at path.Path, object tftypes.Value) bool {
	values := diff.Attributes(object)
	for i := range attributes {
		a := &attributes[i]
		if value, ok := values[a.name]; !ok || !v.attribute(ctx, a, at.AtName(a.name), value) {
			return false
		}
	}
	return true
}

func (v validation) attribute(ctx context.Context, a *attribute, at path.Path, value tftypes.Value) bool {
	switch isNull := value.IsNull(); {
	case isNull && a.required, !isNull && a.computed && !a.optional, !isNull && a.writeOnly && !v.takesWriteOnly:
		return false
	case a.checked && !a.isFaultless(ctx, at, value):
		return false
	}
	for _, hasNothingToSay := range a.validators {
		if !hasNothingToSay(ctx, v, at, value) {
			return false
		}
	}
	switch {
	case a.nested == nil || value.IsNull() || !value.IsKnown():
		return true
	case !a.isList:
		return v.object(ctx, a.nested, at, value)
	}
	for i, element := range diff.Elements(value) {
		if element.IsNull() || !element.IsKnown() || !v.object(ctx, a.nested, at.AtListIndex(i), element) {
			return false
		}
	}
	return true
}

// validating returns the validators of one kind. kind is the plain type of their values, and ask calls one of them.
func validating[K any, T attr.Value](kind attr.Type, all []K, ask func(ctx context.Context, of K, v validation, at path.Path, value T) int) (out []validate) {
	for _, of := range all {
		out = append(out, func(ctx context.Context, v validation, at path.Path, raw tftypes.Value) bool {
			converted, ok := value[T](ctx, kind, raw)
			return ok && ask(ctx, of, v, at, converted) == 0
		})
	}
	return out
}

func (v validation) capabilities() validator.ValidateSchemaClientCapabilities {
	return validator.ValidateSchemaClientCapabilities{WriteOnlyAttributesAllowed: v.takesWriteOnly}
}

func stringValidators(all []validator.String) []validate {
	return validating(types.StringType, all, func(ctx context.Context, of validator.String, v validation, at path.Path, value basetypes.StringValue) int {
		var resp validator.StringResponse
		of.ValidateString(ctx, validator.StringRequest{Path: at, PathExpression: at.Expression(), Config: v.config, ConfigValue: value, ClientCapabilities: v.capabilities()}, &resp)
		return len(resp.Diagnostics)
	})
}

func numberValidators(all []validator.Number) []validate {
	return validating(types.NumberType, all, func(ctx context.Context, of validator.Number, v validation, at path.Path, value basetypes.NumberValue) int {
		var resp validator.NumberResponse
		of.ValidateNumber(ctx, validator.NumberRequest{Path: at, PathExpression: at.Expression(), Config: v.config, ConfigValue: value, ClientCapabilities: v.capabilities()}, &resp)
		return len(resp.Diagnostics)
	})
}

func setValidators(kind attr.Type, all []validator.Set) []validate {
	return validating(kind, all, func(ctx context.Context, of validator.Set, v validation, at path.Path, value basetypes.SetValue) int {
		var resp validator.SetResponse
		of.ValidateSet(ctx, validator.SetRequest{Path: at, PathExpression: at.Expression(), Config: v.config, ConfigValue: value, ClientCapabilities: v.capabilities()}, &resp)
		return len(resp.Diagnostics)
	})
}

func mapValidators(kind attr.Type, all []validator.Map) []validate {
	return validating(kind, all, func(ctx context.Context, of validator.Map, v validation, at path.Path, value basetypes.MapValue) int {
		var resp validator.MapResponse
		of.ValidateMap(ctx, validator.MapRequest{Path: at, PathExpression: at.Expression(), Config: v.config, ConfigValue: value, ClientCapabilities: v.capabilities()}, &resp)
		return len(resp.Diagnostics)
	})
}

func listValidators(kind attr.Type, all []validator.List) []validate {
	return validating(kind, all, func(ctx context.Context, of validator.List, v validation, at path.Path, value basetypes.ListValue) int {
		var resp validator.ListResponse
		of.ValidateList(ctx, validator.ListRequest{Path: at, PathExpression: at.Expression(), Config: v.config, ConfigValue: value, ClientCapabilities: v.capabilities()}, &resp)
		return len(resp.Diagnostics)
	})
}
