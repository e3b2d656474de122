package schemaguard

import (
	"encoding/json"
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
)

// providerKey is the provider's name in a schema document.
const providerKey = "paymentlinks"

// Read reads a document of internal/cmd/schemajson, which is that of "terraform providers schema -json".
func Read(document []byte) (*tfjson.ProviderSchema, error) {
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

// Frozen is the schema that a version promises to its users. One file holds that of the newest version.
type Frozen struct {
	Version string                 `json:"version"`
	Schema  *tfjson.ProviderSchema `json:"schema"`
}

// Freeze makes the schema the promise of a version. Descriptions are left out: to write them better breaks nothing.
func Freeze(version string, document []byte) ([]byte, error) {
	schema, err := Read(document)
	if err != nil {
		return nil, err
	}
	withoutWords(schema)
	text, err := json.MarshalIndent(Frozen{Version: version, Schema: schema}, "", " ")
	return append(text, '\n'), err
}

// Thaw reads what Freeze wrote.
func Thaw(text []byte) (Frozen, error) {
	var frozen Frozen
	if err := json.Unmarshal(text, &frozen); err != nil {
		return frozen, fmt.Errorf("the frozen schema: %w", err)
	}
	if frozen.Version == "" || frozen.Schema == nil || len(frozen.Schema.ResourceSchemas) == 0 {
		return frozen, fmt.Errorf("the frozen schema has no version or no resource")
	}
	return frozen, nil
}

func withoutWords(p *tfjson.ProviderSchema) {
	for _, schemas := range []map[string]*tfjson.Schema{
		{"": p.ConfigSchema}, p.ResourceSchemas, p.DataSourceSchemas, p.EphemeralResourceSchemas, p.ListResourceSchemas,
	} {
		for _, each := range schemas {
			if each != nil {
				bare(each.Block)
			}
		}
	}
	for _, each := range p.ActionSchemas {
		bare(each.Block)
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

func bare(block *tfjson.SchemaBlock) {
	block.Description, block.DescriptionKind = "", ""
	bareAttributes(block.Attributes)
	for _, each := range block.NestedBlocks {
		bare(each.Block)
	}
}

func bareAttributes(attributes map[string]*tfjson.SchemaAttribute) {
	for _, each := range attributes {
		each.Description, each.DescriptionKind = "", ""
		if each.AttributeNestedType != nil {
			bareAttributes(each.AttributeNestedType.Attributes)
		}
	}
}
