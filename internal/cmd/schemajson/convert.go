package main

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// convertMap converts each value of a map.
func convertMap[From, To any](from map[string]From, convert func(From) *To) map[string]*To {
	to := make(map[string]*To, len(from))
	for name, value := range from {
		to[name] = convert(value)
	}
	return to
}

func convertSchema(from *tfprotov6.Schema) *schema {
	if from == nil {
		return nil
	}
	return &schema{Version: from.Version, Block: convertBlock(from.Block)}
}

func convertAction(from *tfprotov6.ActionSchema) *action {
	return &action{Block: convertSchema(from.Schema).Block}
}

func convertBlock(from *tfprotov6.SchemaBlock) *block {
	to := &block{
		Description:     from.Description,
		DescriptionKind: kind(from.DescriptionKind),
		Deprecated:      from.Deprecated,
		Attributes:      convertAttributes(from.Attributes),
	}
	for _, each := range from.BlockTypes {
		if to.Blocks == nil {
			to.Blocks = make(map[string]*nested)
		}
		to.Blocks[each.TypeName] = &nested{
			NestingMode: strings.ToLower(each.Nesting.String()),
			Block:       convertBlock(each.Block),
			MinItems:    each.MinItems,
			MaxItems:    each.MaxItems,
		}
	}
	return to
}

func convertAttributes(from []*tfprotov6.SchemaAttribute) map[string]*attribute {
	to := make(map[string]*attribute, len(from))
	for _, each := range from {
		converted := &attribute{
			Type:            each.Type,
			Description:     each.Description,
			DescriptionKind: kind(each.DescriptionKind),
			Deprecated:      each.Deprecated,
			Required:        each.Required,
			Optional:        each.Optional,
			Computed:        each.Computed,
			Sensitive:       each.Sensitive,
			WriteOnly:       each.WriteOnly,
		}
		if each.NestedType != nil {
			converted.Nested = &object{NestingMode: strings.ToLower(each.NestedType.Nesting.String()), Attributes: convertAttributes(each.NestedType.Attributes)}
		}
		to[each.Name] = converted
	}
	return to
}

func convertFunction(from *tfprotov6.Function) *function {
	to := &function{
		Description:        from.Description,
		Summary:            from.Summary,
		DeprecationMessage: from.DeprecationMessage,
		ReturnType:         from.Return.Type,
	}
	for _, each := range from.Parameters {
		to.Parameters = append(to.Parameters, convertParameter(each))
	}
	if from.VariadicParameter != nil {
		to.Variadic = convertParameter(from.VariadicParameter)
	}
	return to
}

func convertParameter(from *tfprotov6.FunctionParameter) *parameter {
	return &parameter{Name: from.Name, Description: from.Description, IsNullable: from.AllowNullValue, Type: from.Type}
}

func convertIdentity(from *tfprotov6.ResourceIdentitySchema) *identity {
	to := &identity{Version: from.Version, Attributes: make(map[string]*identityAttribute, len(from.IdentityAttributes))}
	for _, each := range from.IdentityAttributes {
		to.Attributes[each.Name] = &identityAttribute{
			Type:              each.Type,
			Description:       each.Description,
			RequiredForImport: each.RequiredForImport,
			OptionalForImport: each.OptionalForImport,
		}
	}
	return to
}

func kind(k tfprotov6.StringKind) string {
	if k == tfprotov6.StringKindMarkdown {
		return "markdown"
	}
	return "plain"
}
