package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// stub answers the two schema calls only; every other call would panic on the nil server.
type stub struct {
	tfprotov6.ProviderServer
	schemas    tfprotov6.GetProviderSchemaResponse
	identities tfprotov6.GetResourceIdentitySchemasResponse
}

func (s stub) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &s.schemas, nil
}

func (s stub) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &s.identities, nil
}

// schemaOf is a schema of one text attribute with the name.
func schemaOf(name string) *tfprotov6.Schema {
	return &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{Attributes: []*tfprotov6.SchemaAttribute{
		{Name: name, Type: tftypes.String, Required: true, Description: "About " + name + "."},
	}}}
}

// Read back by the library that the documentation generator reads it with, so that no name of ours can be wrong unseen.
func TestDescribeIsReadByTerraformJSON(t *testing.T) {
	t.Parallel()
	money := &tfprotov6.SchemaObject{Nesting: tfprotov6.SchemaObjectNestingModeSingle, Attributes: []*tfprotov6.SchemaAttribute{
		{Name: "value", Type: tftypes.String, Required: true},
	}}
	server := stub{
		schemas: tfprotov6.GetProviderSchemaResponse{
			Provider: schemaOf("endpoint"),
			ResourceSchemas: map[string]*tfprotov6.Schema{"paymentlinks_x_link": {Version: 3, Block: &tfprotov6.SchemaBlock{
				Description:     "A **link**.",
				DescriptionKind: tfprotov6.StringKindMarkdown,
				Attributes: []*tfprotov6.SchemaAttribute{
					{Name: "id", Type: tftypes.String, Computed: true},
					{Name: "methods", Type: tftypes.Set{ElementType: tftypes.String}, Required: true, Description: "How."},
					{Name: "secret", Type: tftypes.String, Optional: true, Sensitive: true, WriteOnly: true},
					{Name: "old", Type: tftypes.Bool, Optional: true, Deprecated: true},
					{Name: "items", Optional: true, NestedType: &tfprotov6.SchemaObject{
						Nesting:    tfprotov6.SchemaObjectNestingModeList,
						Attributes: []*tfprotov6.SchemaAttribute{{Name: "price", Required: true, NestedType: money}},
					}},
				},
				BlockTypes: []*tfprotov6.SchemaNestedBlock{{
					TypeName: "part", Nesting: tfprotov6.SchemaNestedBlockNestingModeSet, MinItems: 1, MaxItems: 4, Block: schemaOf("size").Block,
				}},
			}}},
			DataSourceSchemas:        map[string]*tfprotov6.Schema{"paymentlinks_links": schemaOf("states")},
			EphemeralResourceSchemas: map[string]*tfprotov6.Schema{"paymentlinks_token": schemaOf("for")},
			ListResourceSchemas:      map[string]*tfprotov6.Schema{"paymentlinks_x_link": schemaOf("filter")},
			ActionSchemas:            map[string]*tfprotov6.ActionSchema{"paymentlinks_revoke": {Schema: schemaOf("target")}},
			Functions: map[string]*tfprotov6.Function{"minor_units": {
				Summary:            "Minor units",
				Description:        "Counts **units**.",
				DeprecationMessage: "Count yourself.",
				Parameters:         []*tfprotov6.FunctionParameter{{Name: "amount", Type: tftypes.String, AllowNullValue: true, Description: "How much."}},
				VariadicParameter:  &tfprotov6.FunctionParameter{Name: "rest", Type: tftypes.DynamicPseudoType, Description: "What is left."},
				Return: &tfprotov6.FunctionReturn{Type: tftypes.Object{AttributeTypes: map[string]tftypes.Type{
					"units": tftypes.Number, "each": tftypes.Tuple{ElementTypes: []tftypes.Type{tftypes.Bool}}, "by": tftypes.Map{ElementType: tftypes.String},
				}}},
			}},
		},
		identities: tfprotov6.GetResourceIdentitySchemasResponse{IdentitySchemas: map[string]*tfprotov6.ResourceIdentitySchema{
			"paymentlinks_x_link": {Version: 2, IdentityAttributes: []*tfprotov6.ResourceIdentitySchemaAttribute{
				{Name: "id", Type: tftypes.String, RequiredForImport: true, Description: "The id."},
				{Name: "project", Type: tftypes.String, OptionalForImport: true},
			}},
		}},
	}
	described, err := describe(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(described)
	if err != nil {
		t.Fatal(err)
	}
	var read tfjson.ProviderSchemas
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	p := read.Schemas[providerKey]
	if p == nil {
		t.Fatalf("no provider %q in %s", providerKey, text)
	}
	link := p.ResourceSchemas["paymentlinks_x_link"]
	price := link.Block.Attributes["items"].AttributeNestedType.Attributes["price"].AttributeNestedType
	call := p.Functions["minor_units"]
	ids := p.ResourceIdentitySchemas["paymentlinks_x_link"]
	for what, ok := range map[string]bool{
		"provider attribute":        p.ConfigSchema.Block.Attributes["endpoint"].Required,
		"attribute description":     p.ConfigSchema.Block.Attributes["endpoint"].Description == "About endpoint.",
		"schema version":            link.Version == 3,
		"block description":         link.Block.Description == "A **link**.",
		"markdown kind":             link.Block.DescriptionKind == tfjson.SchemaDescriptionKindMarkdown,
		"plain kind":                p.ConfigSchema.Block.DescriptionKind == tfjson.SchemaDescriptionKindPlain,
		"computed":                  link.Block.Attributes["id"].Computed && !link.Block.Attributes["id"].Optional,
		"set of text":               link.Block.Attributes["methods"].AttributeType.Equals(cty.Set(cty.String)),
		"sensitive":                 link.Block.Attributes["secret"].Sensitive,
		"write-only":                link.Block.Attributes["secret"].WriteOnly,
		"deprecated":                link.Block.Attributes["old"].Deprecated,
		"list nesting":              link.Block.Attributes["items"].AttributeNestedType.NestingMode == tfjson.SchemaNestingModeList,
		"single nesting":            price.NestingMode == tfjson.SchemaNestingModeSingle,
		"attribute in two nestings": price.Attributes["value"].Required,
		"block nesting":             link.Block.NestedBlocks["part"].NestingMode == tfjson.SchemaNestingModeSet,
		"block limits":              link.Block.NestedBlocks["part"].MinItems == 1 && link.Block.NestedBlocks["part"].MaxItems == 4,
		"data source":               p.DataSourceSchemas["paymentlinks_links"].Block.Attributes["states"] != nil,
		"ephemeral resource":        p.EphemeralResourceSchemas["paymentlinks_token"].Block.Attributes["for"] != nil,
		"list resource":             p.ListResourceSchemas["paymentlinks_x_link"].Block.Attributes["filter"] != nil,
		"action":                    p.ActionSchemas["paymentlinks_revoke"].Block.Attributes["target"] != nil,
		"function summary":          call.Summary == "Minor units",
		"function description":      call.Description == "Counts **units**.",
		"function deprecation":      call.DeprecationMessage == "Count yourself.",
		"parameter description":     call.Parameters[0].Description == "How much." && call.VariadicParameter.Description == "What is left.",
		"parameter type":            call.Parameters[0].Type.Equals(cty.String) && call.VariadicParameter.Name == "rest",
		"nullable parameter":        call.Parameters[0].Name == "amount" && call.Parameters[0].IsNullable,
		"variadic parameter":        call.VariadicParameter.Type.Equals(cty.DynamicPseudoType),
		"return type": call.ReturnType.Equals(cty.Object(map[string]cty.Type{
			"units": cty.Number, "each": cty.Tuple([]cty.Type{cty.Bool}), "by": cty.Map(cty.String),
		})),
		"identity version":  ids.Version == 2,
		"identity required": ids.Attributes["id"].RequiredForImport && ids.Attributes["id"].Description == "The id.",
		"identity optional": ids.Attributes["project"].OptionalForImport,
	} {
		if !ok {
			t.Errorf("%s is not as the provider said it:\n%s", what, text)
		}
	}
}

func TestDescribeFails(t *testing.T) {
	t.Parallel()
	_, err := describe(t.Context(), stub{schemas: tfprotov6.GetProviderSchemaResponse{Diagnostics: []*tfprotov6.Diagnostic{
		{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Reserved name", Detail: "count"},
	}}})
	if err == nil || !strings.Contains(err.Error(), "Reserved name") {
		t.Fatalf("error %v", err)
	}
}
