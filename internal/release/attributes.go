package release

import (
	"maps"
	"slices"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

func (c *comparison) block(at string, before, after *tfjson.SchemaBlock) {
	c.attributes(at, before.Attributes, after.Attributes)
	for _, name := range slices.Sorted(maps.Keys(before.NestedBlocks)) {
		where := at + ", block " + name
		was, is := before.NestedBlocks[name], after.NestedBlocks[name]
		if is == nil {
			c.add(where, "is gone")
			continue
		}
		if was.NestingMode != is.NestingMode {
			c.add(where, "was a %s, is a %s", was.NestingMode, is.NestingMode)
		}
		if is.MinItems > was.MinItems {
			c.add(where, "is now wanted %d times at least, not %d", is.MinItems, was.MinItems)
		}
		// 0 is no limit.
		if is.MaxItems != 0 && (was.MaxItems == 0 || is.MaxItems < was.MaxItems) {
			c.add(where, "is now allowed %d times at most", is.MaxItems)
		}
		c.block(where, was.Block, is.Block)
	}
	for _, name := range slices.Sorted(maps.Keys(after.NestedBlocks)) {
		if before.NestedBlocks[name] == nil && after.NestedBlocks[name].MinItems > 0 {
			c.add(at+", block "+name, "is new and required")
		}
	}
}

func (c *comparison) attributes(at string, before, after map[string]*tfjson.SchemaAttribute) {
	for _, name := range slices.Sorted(maps.Keys(before)) {
		where := at + ", " + name
		if after[name] == nil {
			c.add(where, "is gone")
			continue
		}
		c.attribute(where, before[name], after[name])
	}
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if before[name] == nil && after[name].Required {
			c.add(at+", "+name, "is new and required")
		}
	}
}

func (c *comparison) attribute(at string, before, after *tfjson.SchemaAttribute) {
	if after.Required && !before.Required {
		c.add(at, "is now required")
	}
	if settable(before) && !settable(after) {
		c.add(at, "can no longer be set")
	}
	if before.Computed && !after.Computed {
		c.add(at, "is no longer filled in where a configuration leaves it out")
	}
	if before.Sensitive != after.Sensitive {
		if after.Sensitive {
			c.add(at, "is now sensitive: an output that shows it fails")
		} else {
			c.add(at, "is no longer sensitive: plans and outputs show what they hid")
		}
	}
	if before.WriteOnly != after.WriteOnly {
		if after.WriteOnly {
			c.add(at, "is now write-only: what refers to it gets null")
		} else {
			c.add(at, "is no longer write-only: an ephemeral value is refused")
		}
	}
	switch was, is := before.AttributeNestedType, after.AttributeNestedType; {
	case was == nil && is == nil:
		c.typ(at, before.AttributeType, after.AttributeType, settable(before))
	case was == nil:
		c.add(at, "was %s, is a nested %s", before.AttributeType.FriendlyName(), is.NestingMode)
	case is == nil:
		c.add(at, "was a nested %s, is %s", was.NestingMode, after.AttributeType.FriendlyName())
	default:
		if was.NestingMode != is.NestingMode {
			c.add(at, "was a nested %s, is a nested %s", was.NestingMode, is.NestingMode)
		}
		c.attributes(at, was.Attributes, is.Attributes)
	}
}

func settable(a *tfjson.SchemaAttribute) bool { return a.Required || a.Optional }

// typ compares types. An object that users read may gain attributes; one that they write may not, since a plain object type wants all.
func (c *comparison) typ(at string, before, after cty.Type, written bool) {
	switch {
	case before.IsObjectType() && after.IsObjectType():
		was, is := before.AttributeTypes(), after.AttributeTypes()
		for _, name := range slices.Sorted(maps.Keys(was)) {
			if !after.HasAttribute(name) {
				c.add(at+"."+name, "is gone")
				continue
			}
			c.typ(at+"."+name, was[name], is[name], written)
		}
		for _, name := range slices.Sorted(maps.Keys(is)) {
			if written && !before.HasAttribute(name) {
				c.add(at+"."+name, "is new and required")
			}
		}
	case before.IsListType() && after.IsListType(), before.IsSetType() && after.IsSetType(), before.IsMapType() && after.IsMapType():
		c.typ(at, before.ElementType(), after.ElementType(), written)
	case !before.Equals(after):
		c.add(at, "was %s, is %s", before.FriendlyName(), after.FriendlyName())
	}
}
