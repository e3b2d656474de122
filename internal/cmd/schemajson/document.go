package main

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// providerKey is the name under which the documentation generator looks for the provider.
const providerKey = "paymentlinks"

// document is the JSON that "terraform providers schema -json" prints, format 1.0. It is written here instead of asked from an
// engine, because an engine leaves out what it does not know itself: Terraform 1.11 has no identity, no lists and no actions.
// Names and omissions are those of github.com/hashicorp/terraform-json, which reads it.
type document struct {
	FormatVersion string             `json:"format_version"`
	Schemas       map[string]content `json:"provider_schemas"`
}

type content struct {
	Provider   *schema              `json:"provider,omitempty"`
	Resources  map[string]*schema   `json:"resource_schemas,omitempty"`
	Data       map[string]*schema   `json:"data_source_schemas,omitempty"`
	Ephemeral  map[string]*schema   `json:"ephemeral_resource_schemas,omitempty"`
	Lists      map[string]*schema   `json:"list_resource_schemas,omitempty"`
	Actions    map[string]*action   `json:"action_schemas,omitempty"`
	Functions  map[string]*function `json:"functions,omitempty"`
	Identities map[string]*identity `json:"resource_identity_schemas,omitempty"`
}

type schema struct {
	Version int64  `json:"version"`
	Block   *block `json:"block,omitempty"`
}

type action struct {
	Block *block `json:"block,omitempty"`
}

type block struct {
	Attributes      map[string]*attribute `json:"attributes,omitempty"`
	Blocks          map[string]*nested    `json:"block_types,omitempty"`
	Description     string                `json:"description,omitempty"`
	DescriptionKind string                `json:"description_kind,omitempty"`
	Deprecated      bool                  `json:"deprecated,omitempty"`
}

type nested struct {
	NestingMode string `json:"nesting_mode,omitempty"`
	Block       *block `json:"block,omitempty"`
	MinItems    int64  `json:"min_items,omitempty"`
	MaxItems    int64  `json:"max_items,omitempty"`
}

type attribute struct {
	Type            tftypes.Type `json:"type,omitempty"`
	Nested          *object      `json:"nested_type,omitempty"`
	Description     string       `json:"description,omitempty"`
	DescriptionKind string       `json:"description_kind,omitempty"`
	Deprecated      bool         `json:"deprecated,omitempty"`
	Required        bool         `json:"required,omitempty"`
	Optional        bool         `json:"optional,omitempty"`
	Computed        bool         `json:"computed,omitempty"`
	Sensitive       bool         `json:"sensitive,omitempty"`
	WriteOnly       bool         `json:"write_only,omitempty"`
}

type object struct {
	Attributes  map[string]*attribute `json:"attributes,omitempty"`
	NestingMode string                `json:"nesting_mode,omitempty"`
}

type function struct {
	Description        string       `json:"description,omitempty"`
	Summary            string       `json:"summary,omitempty"`
	DeprecationMessage string       `json:"deprecation_message,omitempty"`
	ReturnType         tftypes.Type `json:"return_type"`
	Parameters         []*parameter `json:"parameters,omitempty"`
	Variadic           *parameter   `json:"variadic_parameter,omitempty"`
}

type parameter struct {
	Name        string       `json:"name,omitempty"`
	Description string       `json:"description,omitempty"`
	IsNullable  bool         `json:"is_nullable,omitempty"`
	Type        tftypes.Type `json:"type"`
}

type identity struct {
	Version    int64                         `json:"version"`
	Attributes map[string]*identityAttribute `json:"attributes,omitempty"`
}

type identityAttribute struct {
	Type              tftypes.Type `json:"type,omitempty"`
	Description       string       `json:"description,omitempty"`
	RequiredForImport bool         `json:"required_for_import,omitempty"`
	OptionalForImport bool         `json:"optional_for_import,omitempty"`
}

// describe asks a provider server for all its schemas. A schema that the server reports as broken is an error.
func describe(ctx context.Context, server tfprotov6.ProviderServer) (*document, error) {
	all, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, fmt.Errorf("asking for the schemas: %w", err)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, fmt.Errorf("asking for the identity schemas: %w", err)
	}
	for _, d := range append(all.Diagnostics, identities.Diagnostics...) {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return nil, fmt.Errorf("the provider calls its schema broken: %s: %s", d.Summary, d.Detail)
		}
	}
	return &document{FormatVersion: "1.0", Schemas: map[string]content{providerKey: {
		Provider:   convertSchema(all.Provider),
		Resources:  convertMap(all.ResourceSchemas, convertSchema),
		Data:       convertMap(all.DataSourceSchemas, convertSchema),
		Ephemeral:  convertMap(all.EphemeralResourceSchemas, convertSchema),
		Lists:      convertMap(all.ListResourceSchemas, convertSchema),
		Actions:    convertMap(all.ActionSchemas, convertAction),
		Functions:  convertMap(all.Functions, convertFunction),
		Identities: convertMap(identities.IdentitySchemas, convertIdentity),
	}}}, nil
}
