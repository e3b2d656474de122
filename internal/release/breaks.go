// Package release holds what a release promises: it tells whether a change of the provider's schema breaks configurations, modules
// or states that work with the last release, and whether the CHANGELOG announces a version that may.
package release

import (
	"fmt"
	"maps"
	"slices"

	tfjson "github.com/hashicorp/terraform-json"
)

// BreakingChanges lists what works with the schema before and no longer does with the schema after, one sentence each, in a fixed order. What a
// schema does not show (a default, a validator, what makes a link be replaced) is not seen here.
func BreakingChanges(before, after *tfjson.ProviderSchema) []string {
	var c comparison
	c.schema("provider", before.ConfigSchema, after.ConfigSchema)
	compareMaps(&c, "resource", before.ResourceSchemas, after.ResourceSchemas, c.schema)
	compareMaps(&c, "data source", before.DataSourceSchemas, after.DataSourceSchemas, c.schema)
	compareMaps(&c, "ephemeral resource", before.EphemeralResourceSchemas, after.EphemeralResourceSchemas, c.schema)
	compareMaps(&c, "list resource", before.ListResourceSchemas, after.ListResourceSchemas, c.schema)
	compareMaps(&c, "action", before.ActionSchemas, after.ActionSchemas, func(at string, before, after *tfjson.ActionSchema) {
		c.block(at, before.Block, after.Block)
	})
	compareMaps(&c, "identity of", before.ResourceIdentitySchemas, after.ResourceIdentitySchemas, c.identity)
	compareMaps(&c, "function", before.Functions, after.Functions, c.function)
	return c.found
}

// comparison collects what breaks.
type comparison struct {
	found []string
}

func (c *comparison) add(at, format string, args ...any) {
	c.found = append(c.found, at+": "+fmt.Sprintf(format, args...))
}

// compareMaps compares the entries that both versions have. One that is gone, also by a new name, breaks; a new one breaks nothing.
func compareMaps[V any](c *comparison, kind string, before, after map[string]*V, compare func(at string, before, after *V)) {
	for _, name := range slices.Sorted(maps.Keys(before)) {
		at := kind + " " + name
		if after[name] == nil {
			c.add(at, "is gone")
			continue
		}
		compare(at, before[name], after[name])
	}
}

func (c *comparison) schema(at string, before, after *tfjson.Schema) {
	if before == nil || after == nil {
		if before != after {
			c.add(at, "has a schema in one version only")
		}
		return
	}
	if after.Version < before.Version {
		c.add(at, "the schema's version went back from %d to %d: a state that was written with the higher one is refused", before.Version, after.Version)
	}
	c.block(at, before.Block, after.Block)
}

func (c *comparison) identity(at string, before, after *tfjson.IdentitySchema) {
	if after.Version < before.Version {
		c.add(at, "the version went back from %d to %d", before.Version, after.Version)
	}
	for _, name := range slices.Sorted(maps.Keys(before.Attributes)) {
		was, is := before.Attributes[name], after.Attributes[name]
		where := at + ", " + name
		if is == nil {
			c.add(where, "is gone")
			continue
		}
		if !was.IdentityType.Equals(is.IdentityType) {
			c.add(where, "was %s, is %s", was.IdentityType.FriendlyName(), is.IdentityType.FriendlyName())
		}
		if is.RequiredForImport && !was.RequiredForImport {
			c.add(where, "is now required for an import")
		}
		if (was.RequiredForImport || was.OptionalForImport) && !is.RequiredForImport && !is.OptionalForImport {
			c.add(where, "can no longer be given in an import")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(after.Attributes)) {
		if before.Attributes[name] == nil && after.Attributes[name].RequiredForImport {
			c.add(at+", "+name, "is new and required for an import")
		}
	}
}

func (c *comparison) function(at string, before, after *tfjson.FunctionSignature) {
	c.typ(at+", result", before.ReturnType, after.ReturnType, false)
	if was, is := len(before.Parameters), len(after.Parameters); was != is {
		c.add(at, "took %d parameters, takes %d", was, is)
		return
	}
	for i, was := range before.Parameters {
		c.parameter(fmt.Sprintf("%s, parameter %d", at, i+1), was, after.Parameters[i])
	}
	switch was, is := before.VariadicParameter, after.VariadicParameter; {
	case was != nil && is == nil:
		c.add(at, "no longer takes further arguments")
	case was != nil:
		c.parameter(at+", further arguments", was, is)
	}
}

// parameter compares what may be passed. Arguments are given by place, so that a name is nobody's to break.
func (c *comparison) parameter(at string, before, after *tfjson.FunctionParameter) {
	c.typ(at, before.Type, after.Type, true)
	if before.IsNullable && !after.IsNullable {
		c.add(at, "may no longer be null")
	}
}
