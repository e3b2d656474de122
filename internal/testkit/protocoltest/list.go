package protocoltest

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ListResult is one result of a list resource.
type ListResult struct {
	Name     string
	Identity Object
	// State is what the result says of the resource; it does not exist unless the resource was asked for.
	State State
}

// ListRequest is what `terraform query` asks a list resource for. A limit of 0 is none.
type ListRequest struct {
	Config          Object
	Limit           int
	IncludeResource bool
}

// ValidateList asks for the faults of a list block, as `terraform validate` does.
func (s *Server) ValidateList(name string, config Object) Diagnostics {
	s.t.Helper()
	resp, err := s.lists().ValidateListResourceConfig(s.context(), &tfprotov6.ValidateListResourceConfigRequest{
		TypeName: name, Config: s.listConfig(name, config),
		IncludeResourceObject: s.dynamic(tftypes.NewValue(tftypes.Bool, false)), Limit: s.dynamic(tftypes.NewValue(tftypes.Number, 100)),
	})
	check(s.t, err, nil)
	return convert(resp.Diagnostics)
}

// List reads the stream to its end, as Terraform does. What it showed before an error is handed back too.
func (s *Server) List(ctx context.Context, name string, search ListRequest) ([]ListResult, Diagnostics) {
	s.t.Helper()
	found := []ListResult{}
	var diags Diagnostics
	s.ListEach(ctx, name, search, func(one ListResult, said Diagnostics) bool {
		diags = append(diags, said...)
		if one.Identity != nil {
			found = append(found, one)
		}
		return true
	})
	return found, diags
}

// ListEach hands on each result as it comes, until see has seen enough. A result without an identity only says something.
func (s *Server) ListEach(ctx context.Context, name string, search ListRequest, see func(ListResult, Diagnostics) bool) {
	s.t.Helper()
	stream, err := s.lists().ListResource(ctx, &tfprotov6.ListResourceRequest{
		TypeName: name, Config: s.listConfig(name, search.Config), IncludeResource: search.IncludeResource, Limit: int64(search.Limit),
	})
	check(s.t, err, nil)
	for result := range stream.Results {
		if !see(s.found(name, search, result), convert(result.Diagnostics)) {
			return
		}
	}
}

func (s *Server) found(name string, search ListRequest, result tfprotov6.ListResourceResult) ListResult {
	s.t.Helper()
	if result.Identity == nil || result.Identity.IdentityData == nil {
		return ListResult{}
	}
	identity, err := result.Identity.IdentityData.Unmarshal(s.schema.identities[name].ValueType())
	check(s.t, err, nil)
	out := ListResult{Name: result.DisplayName, Identity: plain(identity).(Object)}
	if (result.Resource != nil) != search.IncludeResource {
		s.t.Errorf("the resource of %s is there: %v, asked for: %v", out.Name, result.Resource != nil, search.IncludeResource)
	}
	if result.Resource != nil {
		out.State = State{Type: name, Raw: s.static(name, result.Resource), Identity: result.Identity}
	}
	return out
}

// ImportListed imports a result by its identity and refreshes it, as Terraform does for an import block that it generated.
func (s *Server) ImportListed(found ListResult) (State, Diagnostics) {
	s.t.Helper()
	return s.ImportIdentity(found.State.Type, found.Identity)
}

// GeneratedConfig is the configuration that Terraform writes for a result: what can be written, less what is sensitive. It takes an
// optional "" for null.
func (s *Server) GeneratedConfig(found ListResult) Object {
	s.t.Helper()
	return generated(s.resource(found.State.Type).Block.Attributes, found.State.Raw)
}

func generated(attributes []*tfprotov6.SchemaAttribute, v tftypes.Value) Object {
	values, out := objectOf(v), Object{}
	for _, attribute := range attributes {
		written := attribute.Required || attribute.Optional
		held := values[attribute.Name]
		if attribute.Optional && held.Equal(tftypes.NewValue(tftypes.String, "")) {
			continue
		}
		if written && !attribute.Sensitive && !attribute.WriteOnly && !held.IsNull() {
			out[attribute.Name] = generatedBelow(attribute.NestedType, held)
		}
	}
	return out
}

// generatedBelow looks into an object and a list of objects; everything else is written as it is.
func generatedBelow(nested *tfprotov6.SchemaObject, v tftypes.Value) any {
	switch {
	case nested == nil:
		return v
	case nested.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
		return generated(nested.Attributes, v)
	}
	out := List{}
	for _, element := range listOf(v) {
		out = append(out, generated(nested.Attributes, element))
	}
	return out
}

func (s *Server) lists() tfprotov6.ListResourceServer {
	s.t.Helper()
	server, ok := s.server.(tfprotov6.ListResourceServer)
	if !ok {
		s.t.Fatal("the provider's server serves no lists")
	}
	return server
}

func (s *Server) listConfig(name string, config Object) *tfprotov6.DynamicValue {
	s.t.Helper()
	schema, ok := s.schema.ListResourceSchemas[name]
	if !ok {
		s.t.Fatalf("no list resource %s", name)
	}
	return s.dynamic(value(schema.ValueType(), config))
}
