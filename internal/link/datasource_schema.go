package link

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// dataSourceAttributes returns the resource's attributes as computed attributes of a data source, without those that only the
// configuration of a managed link says.
func (d *vendorDefinition[M, L]) dataSourceAttributes() map[string]datasource.Attribute {
	c := d.computer()
	out := c.attributes("", d.schema.Attributes)
	if len(c.descriptions) > 0 {
		panic(fmt.Sprintf("link: Info.DataSourceDescriptions of %s names no attributes of a data source: %v", d.info.Name, slices.Sorted(maps.Keys(c.descriptions))))
	}
	return out
}

// listedAttributes returns dataSourceAttributes without the sensitive ones, which are a payer's data, and whether there are any. An
// engine compares each value of an answer with each sensitive path in it: a minute for some hundred links.
func (d *vendorDefinition[M, L]) listedAttributes() (out map[string]datasource.Attribute, leavesOut bool) {
	c := d.computer()
	c.skipSensitive = func() { leavesOut = true }
	out = c.attributes("", d.schema.Attributes)
	return out, leavesOut
}

func (d *vendorDefinition[M, L]) computer() computer {
	return computer{
		excluded:     slices.Concat(lifecycleAttributes, []string{activateAttribute}, d.info.NeverReturned),
		descriptions: maps.Clone(d.info.DataSourceDescriptions),
	}
}

// computer converts attributes of a resource to computed ones of a data source. Attributes are named by dotted paths.
type computer struct {
	excluded     []string
	descriptions map[string]string // that differ from the resource's; each is removed when it is used
	// skipSensitive is called for each sensitive attribute, which is left out, as is an object of nothing else. If nil, none is.
	skipSensitive func()
}

func (c computer) attributes(prefix string, attributes map[string]schema.Attribute) map[string]datasource.Attribute {
	out := map[string]datasource.Attribute{}
	for name, attribute := range attributes {
		at := strings.TrimPrefix(prefix+"."+name, ".")
		switch {
		case diff.IsWithin(c.excluded, at):
			continue
		case c.skipSensitive != nil && attribute.IsSensitive():
			c.skipSensitive()
			continue
		}
		converted := c.attribute(at, attribute)
		if object, nested := converted.(datasource.SingleNestedAttribute); !nested || len(object.Attributes) > 0 {
			out[name] = converted
		}
	}
	return out
}

// attribute panics at a kind of attribute that no link has yet: the first test of a new schema shows it.
func (c computer) attribute(at string, attribute schema.Attribute) datasource.Attribute {
	text, ok := c.descriptions[at]
	if !ok {
		text = attribute.GetMarkdownDescription()
	}
	delete(c.descriptions, at)
	switch a := attribute.(type) {
	case schema.StringAttribute:
		return datasource.StringAttribute{MarkdownDescription: text, CustomType: a.CustomType, Sensitive: a.Sensitive, Computed: true}
	case schema.BoolAttribute:
		return datasource.BoolAttribute{MarkdownDescription: text, CustomType: a.CustomType, Sensitive: a.Sensitive, Computed: true}
	case schema.NumberAttribute:
		return datasource.NumberAttribute{MarkdownDescription: text, CustomType: a.CustomType, Sensitive: a.Sensitive, Computed: true}
	case schema.SetAttribute:
		return datasource.SetAttribute{MarkdownDescription: text, CustomType: a.CustomType, ElementType: a.ElementType, Sensitive: a.Sensitive, Computed: true}
	case schema.MapAttribute:
		return datasource.MapAttribute{MarkdownDescription: text, CustomType: a.CustomType, ElementType: a.ElementType, Sensitive: a.Sensitive, Computed: true}
	case schema.SingleNestedAttribute:
		inner := typedObject(c.attributes(at, a.Attributes))
		return datasource.SingleNestedAttribute{MarkdownDescription: text, Sensitive: a.Sensitive, Computed: true, Attributes: inner.Attributes, CustomType: inner.CustomType}
	case schema.ListNestedAttribute:
		inner := typedObject(c.attributes(at, a.NestedObject.Attributes))
		return typedList(datasource.ListNestedAttribute{MarkdownDescription: text, Sensitive: a.Sensitive, Computed: true, NestedObject: inner})
	}
	panic(fmt.Sprintf("link: the data source knows no %T, as %s is", attribute, at))
}

// typedObject returns an object that holds its type. The framework asks for the type at every value of an answer and would build
// it again each time, which takes half of the memory of a long list.
func typedObject(attributes map[string]datasource.Attribute) datasource.NestedAttributeObject {
	return datasource.NestedAttributeObject{Attributes: attributes, CustomType: types.ObjectType{AttrTypes: tfvalue.AttributeTypes(attributes)}}
}

// typedList returns a list of nested objects that holds its type.
func typedList(list datasource.ListNestedAttribute) datasource.ListNestedAttribute {
	list.CustomType = types.ListType{ElemType: list.NestedObject.CustomType}
	return list
}

// project returns a value of the resource without the attributes that the data source's type leaves out.
func project(v tftypes.Value, t tftypes.Type) tftypes.Value {
	if v.IsNull() || !v.IsKnown() {
		return tftypes.NewValue(t, nil)
	}
	switch t := t.(type) {
	case tftypes.Object:
		attributes, out := diff.Attributes(v), map[string]tftypes.Value{}
		for name, inner := range t.AttributeTypes {
			out[name] = project(attributes[name], inner)
		}
		return tftypes.NewValue(t, out)
	case tftypes.List:
		if _, nested := t.ElementType.(tftypes.Object); !nested {
			return v
		}
		out := []tftypes.Value{}
		for _, element := range diff.Elements(v) {
			out = append(out, project(element, t.ElementType))
		}
		return tftypes.NewValue(t, out)
	}
	return v
}
