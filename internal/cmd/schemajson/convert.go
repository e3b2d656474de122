package main

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// convertMap converts every value of a map and hands a failure, with its key, to collect.
func convertMap[From, To any](from map[string]From, convert func(From) (*To, error), collect func(error)) map[string]*To {
	to := make(map[string]*To, len(from))
	for name, value := range from {
		converted, err := convert(value)
		if err != nil {
			collect(fmt.Errorf("%s: %w", name, err))
		}
		to[name] = converted
	}
	return to
}

func convertSchema(from *tfprotov6.Schema) (*schema, error) {
	if from == nil {
		return nil, nil
	}
	to, err := convertBlock(from.Block)
	return &schema{Version: from.Version, Block: to}, err
}

func convertAction(from *tfprotov6.ActionSchema) (*action, error) {
	inner, err := convertSchema(from.Schema)
	if err != nil || inner == nil {
		return nil, err
	}
	return &action{Block: inner.Block}, nil
}

func convertBlock(from *tfprotov6.SchemaBlock) (*block, error) {
	to := &block{
		Description:     from.Description,
		DescriptionKind: kind(from.DescriptionKind),
		Deprecated:      from.Deprecated,
	}
	var err error
	if to.Attributes, err = convertAttributes(from.Attributes); err != nil {
		return nil, err
	}
	for _, each := range from.BlockTypes {
		inner, err := convertBlock(each.Block)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", each.TypeName, err)
		}
		if to.Blocks == nil {
			to.Blocks = make(map[string]*nested)
		}
		to.Blocks[each.TypeName] = &nested{
			NestingMode: strings.ToLower(each.Nesting.String()),
			Block:       inner,
			MinItems:    each.MinItems,
			MaxItems:    each.MaxItems,
		}
	}
	return to, nil
}

func convertAttributes(from []*tfprotov6.SchemaAttribute) (map[string]*attribute, error) {
	to := make(map[string]*attribute, len(from))
	for _, each := range from {
		converted := &attribute{
			Description:     each.Description,
			DescriptionKind: kind(each.DescriptionKind),
			Deprecated:      each.Deprecated,
			Required:        each.Required,
			Optional:        each.Optional,
			Computed:        each.Computed,
			Sensitive:       each.Sensitive,
			WriteOnly:       each.WriteOnly,
		}
		var err error
		if each.NestedType != nil {
			converted.Nested = &object{NestingMode: strings.ToLower(each.NestedType.Nesting.String())}
			converted.Nested.Attributes, err = convertAttributes(each.NestedType.Attributes)
		} else {
			converted.Type, err = convertType(each.Type)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", each.Name, err)
		}
		to[each.Name] = converted
	}
	return to, nil
}

func convertFunction(from *tfprotov6.Function) (*function, error) {
	to := &function{
		Description:        from.Description,
		Summary:            from.Summary,
		DeprecationMessage: from.DeprecationMessage,
	}
	var err error
	if to.ReturnType, err = convertType(from.Return.Type); err != nil {
		return nil, err
	}
	for _, each := range from.Parameters {
		converted, err := convertParameter(each)
		if err != nil {
			return nil, err
		}
		to.Parameters = append(to.Parameters, converted)
	}
	if from.VariadicParameter != nil {
		to.Variadic, err = convertParameter(from.VariadicParameter)
	}
	return to, err
}

func convertParameter(from *tfprotov6.FunctionParameter) (*parameter, error) {
	typ, err := convertType(from.Type)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from.Name, err)
	}
	return &parameter{Name: from.Name, Description: from.Description, IsNullable: from.AllowNullValue, Type: typ}, nil
}

func convertIdentity(from *tfprotov6.ResourceIdentitySchema) (*identity, error) {
	to := &identity{Version: from.Version, Attributes: make(map[string]*identityAttribute, len(from.IdentityAttributes))}
	for _, each := range from.IdentityAttributes {
		typ, err := convertType(each.Type)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", each.Name, err)
		}
		to.Attributes[each.Name] = &identityAttribute{
			Type:              typ,
			Description:       each.Description,
			RequiredForImport: each.RequiredForImport,
			OptionalForImport: each.OptionalForImport,
		}
	}
	return to, nil
}

func kind(k tfprotov6.StringKind) string {
	if k == tfprotov6.StringKindMarkdown {
		return "markdown"
	}
	return "plain"
}

// convertType writes a type as cty's JSON does: "string", ["list", "string"], ["object", {"name": "string"}].
func convertType(from tftypes.Type) (any, error) {
	switch t := from.(type) {
	case tftypes.List:
		return collection("list", t.ElementType)
	case tftypes.Set:
		return collection("set", t.ElementType)
	case tftypes.Map:
		return collection("map", t.ElementType)
	case tftypes.Tuple:
		elements := make([]any, 0, len(t.ElementTypes))
		for _, each := range t.ElementTypes {
			element, err := convertType(each)
			if err != nil {
				return nil, err
			}
			elements = append(elements, element)
		}
		return []any{"tuple", elements}, nil
	case tftypes.Object:
		attributes := make(map[string]any, len(t.AttributeTypes))
		for name, each := range t.AttributeTypes {
			converted, err := convertType(each)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			attributes[name] = converted
		}
		return []any{"object", attributes}, nil
	}
	primitives := []struct {
		is   tftypes.Type
		name string
	}{
		{tftypes.String, "string"}, {tftypes.Number, "number"}, {tftypes.Bool, "bool"}, {tftypes.DynamicPseudoType, "dynamic"},
	}
	for _, primitive := range primitives {
		if from != nil && from.Is(primitive.is) {
			return primitive.name, nil
		}
	}
	return nil, fmt.Errorf("the type %v has no JSON form", from)
}

func collection(name string, element tftypes.Type) (any, error) {
	converted, err := convertType(element)
	return []any{name, converted}, err
}
