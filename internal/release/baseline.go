package release

import (
	"encoding/json"
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
)

// providerKey is the provider's name in a schema document.
const providerKey = "paymentlinks"

// ReadSchema reads a document of internal/cmd/schemajson, which is that of "terraform providers schema -json".
func ReadSchema(document []byte) (*tfjson.ProviderSchema, error) {
	var all tfjson.ProviderSchemas
	if err := json.Unmarshal(document, &all); err != nil {
		return nil, fmt.Errorf("the schema document: %w", err)
	}
	found := all.Schemas[providerKey]
	if found == nil || len(found.ResourceSchemas) == 0 {
		return nil, fmt.Errorf("the schema document has nothing of %q", providerKey)
	}
	return found, nil
}

// FrozenSchema is the schema that a version promises to its users. One file holds that of the newest version.
type FrozenSchema struct {
	Version string                 `json:"version"`
	Schema  *tfjson.ProviderSchema `json:"schema"`
}

// Freeze makes the schema the promise of a version. Descriptions are left out: to write them better breaks nothing.
func Freeze(version string, document []byte) ([]byte, error) {
	schema, err := ReadSchema(document)
	if err != nil {
		return nil, err
	}
	stripDescriptions(schema)
	text, err := json.MarshalIndent(FrozenSchema{Version: version, Schema: schema}, "", " ")
	return append(text, '\n'), err
}

// ReadFrozen reads what Freeze wrote.
func ReadFrozen(text []byte) (FrozenSchema, error) {
	var frozen FrozenSchema
	if err := json.Unmarshal(text, &frozen); err != nil {
		return frozen, fmt.Errorf("the frozen schema: %w", err)
	}
	if frozen.Version == "" || frozen.Schema == nil || len(frozen.Schema.ResourceSchemas) == 0 {
		return frozen, fmt.Errorf("the frozen schema has no version or no resource")
	}
	return frozen, nil
}

func stripDescriptions(p *tfjson.ProviderSchema) {
	for _, schemas := range []map[string]*tfjson.Schema{
		{"": p.ConfigSchema}, p.ResourceSchemas, p.DataSourceSchemas, p.EphemeralResourceSchemas, p.ListResourceSchemas,
	} {
		for _, each := range schemas {
			if each != nil {
				stripBlock(each.Block)
			}
		}
	}
	for _, each := range p.ActionSchemas {
		stripBlock(each.Block)
	}
	for _, each := range p.ResourceIdentitySchemas {
		for _, attribute := range each.Attributes {
			attribute.Description = ""
		}
	}
	for _, each := range p.Functions {
		each.Description, each.Summary = "", ""
		for _, parameter := range each.Parameters {
			parameter.Description = ""
		}
		if each.VariadicParameter != nil {
			each.VariadicParameter.Description = ""
		}
	}
}

func stripBlock(block *tfjson.SchemaBlock) {
	block.Description, block.DescriptionKind = "", ""
	stripAttributes(block.Attributes)
	for _, each := range block.NestedBlocks {
		stripBlock(each.Block)
	}
}

func stripAttributes(attributes map[string]*tfjson.SchemaAttribute) {
	for _, each := range attributes {
		each.Description, each.DescriptionKind = "", ""
		if each.AttributeNestedType != nil {
			stripAttributes(each.AttributeNestedType.Attributes)
		}
	}
}
