package acctest

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// Found is one result of a list resource.
type Found struct {
	Name     string
	Identity Object
	// State is what the result says of the resource; it does not exist unless the resource was asked for.
	State State
}

// Search is what `terraform query` asks a list resource for. A limit of 0 is none.
type Search struct {
	Config          Object
	Limit           int
	IncludeResource bool
}

// ValidateList asks for the faults of a list block, as `terraform validate` does.
func (s *Server) ValidateList(name string, config Object) Diagnostics {
	s.t.Helper()
	resp, err := s.lists().ValidateListResourceConfig(context.Background(), &tfprotov6.ValidateListResourceConfigRequest{
		TypeName: name, Config: s.listConfig(name, config),
		IncludeResourceObject: s.dynamic(tftypes.NewValue(tftypes.Bool, false)), Limit: s.dynamic(tftypes.NewValue(tftypes.Number, 100)),
	})
	check(s.t, err, nil)
	return convert(resp.Diagnostics)
}

// List reads the stream to its end, as Terraform does. What it showed before an error is handed back too.
func (s *Server) List(ctx context.Context, name string, search Search) ([]Found, Diagnostics) {
	s.t.Helper()
	found := []Found{}
	var diags Diagnostics
	s.Walk(ctx, name, search, func(one Found, said Diagnostics) bool {
		diags = append(diags, said...)
		if one.Identity != nil {
			found = append(found, one)
		}
		return true
	})
	return found, diags
}

// Walk hands on each result as it comes, until see has seen enough. A result without an identity only says something.
func (s *Server) Walk(ctx context.Context, name string, search Search, see func(Found, Diagnostics) bool) {
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

func (s *Server) found(name string, search Search, result tfprotov6.ListResourceResult) Found {
	s.t.Helper()
	if result.Identity == nil || result.Identity.IdentityData == nil {
		return Found{}
	}
	identity, err := result.Identity.IdentityData.Unmarshal(s.ids[name].ValueType())
	check(s.t, err, nil)
	out := Found{Name: result.DisplayName, Identity: plain(identity).(Object)}
	if (result.Resource != nil) != search.IncludeResource {
		s.t.Errorf("the resource of %s is there: %v, asked for: %v", out.Name, result.Resource != nil, search.IncludeResource)
	}
	if result.Resource != nil {
		out.State = State{Type: name, Raw: s.static(name, result.Resource), Identity: result.Identity}
	}
	return out
}

// Taken imports a result by its identity and refreshes it, as Terraform does for an import block that it generated.
func (s *Server) Taken(found Found) (State, Diagnostics) {
	s.t.Helper()
	return s.ImportIdentity(found.State.Type, found.Identity)
}

// Generated is the configuration that Terraform writes for a result: what can be written, less what is sensitive. It takes an
// optional "" for null.
func (s *Server) Generated(found Found) Object {
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

// In is a sandbox that runs already, as the environment of one of its vendors.
func In(t testing.TB, box *sandbox.Sandbox, vendor string) *Environment {
	return &Environment{Sandbox: box, t: t, vendor: vendor, Account: "main"}
}
