// Package diff compares and merges values of a resource's schema: what counts as equal, which changes need a new link, and what
// a state becomes when a link was created or read.
//
// It knows Terraform's values and the schema's types. It knows no vendor, no client, no private state and no policy of a
// resource: callers say which attributes are the provider's own and which an answer may hide.
package diff

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// Schema is what a comparison needs to know about a resource's schema. Attributes are named by dotted paths without indexes
// ("items.unit_price.value").
type Schema struct {
	decimals      map[string]bool                    // numbers in text: "10" equals "10.00"
	semantic      map[string]basetypes.StringTypable // other texts with semantic equality, such as timestamps
	hidden        map[string]bool                    // an answer may leave them out
	providerOwned map[string]bool                    // the provider's own: an answer never decides
	vendorOwned   map[string]bool                    // top level, computed only: the vendor decides
	optional      map[string]bool                    // optional and not computed: the configuration decides
	fillable      map[string]bool                    // see Written
	writeOnly     map[string]bool                    // in no plan and no state
	defaults      map[string]string                  // what a new link has where an argument is left out
	open          map[string]bool                    // hidden, or computed: a plan or an answer may hold no value
	leftOut       map[string]bool                    // of canonical texts; nil for nothing
}

// NewSchema reads a resource's schema. providerOwned are top-level attributes that an answer never decides; hidden are those
// (dotted paths) that an answer may leave out although the link has them; defaults is what a new link has where an argument is left out,
// where that is known. The arguments in kept stay what the link has when they are removed, and so do sensitive ones, and amounts, which
// the vendor works out.
func NewSchema(s schema.Schema, providerOwned, hidden []string, defaults map[string]string, kept ...string) Schema {
	out := Schema{
		decimals: map[string]bool{}, semantic: map[string]basetypes.StringTypable{}, hidden: map[string]bool{},
		providerOwned: map[string]bool{}, vendorOwned: map[string]bool{}, optional: map[string]bool{}, open: map[string]bool{},
		fillable: map[string]bool{}, writeOnly: map[string]bool{}, defaults: defaults,
	}
	for _, name := range providerOwned {
		out.providerOwned[name] = true
	}
	for _, name := range hidden {
		out.hidden[name], out.open[name] = true, true
	}
	for name, attribute := range s.Attributes {
		if attribute.IsComputed() && !attribute.IsOptional() {
			out.vendorOwned[name] = true
		}
		out.addFlags(name, attribute)
		out.addType(name, attribute.GetType())
	}
	maps.DeleteFunc(out.fillable, func(name string, _ bool) bool {
		return slices.Contains(kept, name) || out.decimals[name] || out.providerOwned[name]
	})
	return out
}

func (s Schema) addFlags(at string, attribute schema.Attribute) {
	if attribute.IsOptional() && !attribute.IsComputed() {
		s.optional[at] = true
	}
	if attribute.IsWriteOnly() {
		s.writeOnly[at] = true
	}
	s.fillable[at] = attribute.IsOptional() && !attribute.IsSensitive() && keepsState(attribute)
	if attribute.IsComputed() {
		s.open[at] = true
	}
	var nested map[string]schema.Attribute
	switch attribute := attribute.(type) {
	case schema.SingleNestedAttribute:
		nested = attribute.Attributes
	case schema.ListNestedAttribute:
		nested = attribute.NestedObject.Attributes
	}
	for name, inner := range nested {
		s.addFlags(at+"."+name, inner)
	}
}

// keepsState reports whether a leaf keeps what the link has where the configuration leaves it out.
func keepsState(attribute schema.Attribute) bool {
	kept := tfvalue.UseStateWhenOmitted()
	switch attribute := attribute.(type) {
	case schema.StringAttribute:
		return slices.Contains(attribute.PlanModifiers, planmodifier.String(kept))
	case schema.BoolAttribute:
		return slices.Contains(attribute.PlanModifiers, planmodifier.Bool(kept))
	case schema.NumberAttribute:
		return slices.Contains(attribute.PlanModifiers, planmodifier.Number(kept))
	}
	return false
}

func (s Schema) addType(at string, t attr.Type) {
	switch t := t.(type) {
	case money.DecimalType:
		s.decimals[at] = true
	case basetypes.StringTypable:
		if _, ok := t.ValueType(context.Background()).(basetypes.StringValuableWithSemanticEquals); ok {
			s.semantic[at] = t
		}
	case attr.TypeWithAttributeTypes:
		for name, nested := range t.AttributeTypes() {
			s.addType(at+"."+name, nested)
		}
	case attr.TypeWithElementType:
		s.addType(at, t.ElementType())
	}
}

// location is a place in a value. schemaPath names it by attributes alone ("items.title"), valuePath with list indexes
// ("items.0.title").
type location struct{ schemaPath, valuePath string }

func (at location) attribute(name string) location {
	if at.schemaPath == "" {
		return location{name, name}
	}
	return location{at.schemaPath + "." + name, at.valuePath + "." + name}
}

func (at location) element(i int) location {
	return location{at.schemaPath, at.valuePath + "." + strconv.Itoa(i)}
}

// IsWithin reports whether name is one of the dotted paths or lies below one.
func IsWithin(paths []string, name string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return p == name || strings.HasPrefix(name, p+".") })
}
