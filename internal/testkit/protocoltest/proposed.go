package protocoltest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// proposedNew is what Terraform proposes before it asks the provider: the configuration, and the prior value where a
// computed attribute is left out. Lists are matched by index.
func proposedNew(attributes []*tfprotov6.SchemaAttribute, prior, config tftypes.Value) tftypes.Value {
	if config.IsNull() || !config.IsKnown() {
		return config
	}
	configs, priors := objectOf(config), objectOf(prior)
	out := map[string]tftypes.Value{}
	for _, a := range attributes {
		before, ok := priors[a.Name]
		if !ok {
			before = tftypes.NewValue(a.ValueType(), nil)
		}
		out[a.Name] = proposedAttribute(a, before, configs[a.Name])
	}
	return tftypes.NewValue(config.Type(), out)
}

func proposedAttribute(a *tfprotov6.SchemaAttribute, prior, config tftypes.Value) tftypes.Value {
	switch {
	case a.Computed && config.IsNull():
		return prior
	case a.NestedType == nil || config.IsNull() || !config.IsKnown():
		return config
	case a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
		return proposedNew(a.NestedType.Attributes, prior, config)
	case a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeList:
		priors := listOf(prior)
		out := []tftypes.Value{}
		for i, element := range listOf(config) {
			before := tftypes.NewValue(element.Type(), nil)
			if i < len(priors) {
				before = priors[i]
			}
			out = append(out, proposedNew(a.NestedType.Attributes, before, element))
		}
		return tftypes.NewValue(config.Type(), out)
	}
	return config
}
