package protocoltest

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Arguments are the dotted paths of everything that a resource's configuration can name, objects included, in the order of the
// schema; a list's element is that with index 0.
func (s *Server) Arguments(name string) []string {
	s.t.Helper()
	return argumentsBelow("", s.resource(name).Block.Attributes)
}

func argumentsBelow(prefix string, attributes []*tfprotov6.SchemaAttribute) []string {
	var out []string
	for _, a := range attributes {
		name := strings.TrimPrefix(prefix+"."+a.Name, ".")
		if !a.Optional && !a.Required {
			continue
		}
		out = append(out, name)
		if a.NestedType == nil {
			continue
		}
		if a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeList {
			name += ".0"
			out = append(out, name)
		}
		out = append(out, argumentsBelow(name, a.NestedType.Attributes)...)
	}
	return out
}

// AttributeAt is the attribute at a dotted path of a resource; that of a list's element is the list's own. It is nil where there
// is none.
func (s *Server) AttributeAt(name, path string) *tfprotov6.SchemaAttribute {
	s.t.Helper()
	attributes := s.resource(name).Block.Attributes
	var found *tfprotov6.SchemaAttribute
	for part := range strings.SplitSeq(path, ".") {
		if _, err := strconv.Atoi(part); err == nil {
			continue
		}
		i := slices.IndexFunc(attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == part })
		if i < 0 {
			return nil
		}
		found, attributes = attributes[i], nil
		if found.NestedType != nil {
			attributes = found.NestedType.Attributes
		}
	}
	return found
}

// IsWriteOnly reports whether no plan and no state holds what is written at a dotted path.
func (s *Server) IsWriteOnly(name, path string) bool {
	s.t.Helper()
	a := s.AttributeAt(name, path)
	return a != nil && a.WriteOnly
}
