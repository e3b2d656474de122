// Package protocoltest calls a provider's protocol server in process, the way Terraform's core calls it: for tests of hundreds
// of cases that need no engine. It knows no provider.
package protocoltest

import (
	"context"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Schemas are what a provider offers. They are the same for every server of one provider, and take longer to make than most
// calls.
type Schemas struct {
	*tfprotov6.GetProviderSchemaResponse
	identities map[string]*tfprotov6.ResourceIdentitySchema
	withMaps   map[string]bool // resources
	equal      sync.Map        // see comparison
}

// ReadSchemas asks a server for its schemas.
func ReadSchemas(t testing.TB, server tfprotov6.ProviderServer) *Schemas {
	t.Helper()
	schema, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	check(t, err, schema.Diagnostics)
	ids, err := server.GetResourceIdentitySchemas(context.Background(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	check(t, err, ids.Diagnostics)
	out := &Schemas{GetProviderSchemaResponse: schema, identities: ids.IdentitySchemas, withMaps: map[string]bool{}}
	for name, resource := range schema.ResourceSchemas {
		out.withMaps[name] = hasMap(resource.ValueType())
	}
	return out
}

// Server is a configured provider.
type Server struct {
	t      testing.TB
	ctx    context.Context // of the calls that are given none; nil: the background
	server tfprotov6.ProviderServer
	schema *Schemas
	// ConfigureDiagnostics are what the provider said to its configuration.
	ConfigureDiagnostics Diagnostics
	comparison           *comparison // nil for a server that is the framework's
}

// Start configures a provider.
func Start(t testing.TB, server tfprotov6.ProviderServer, config Object) *Server {
	t.Helper()
	return StartWith(t, server, ReadSchemas(t, server), config)
}

// StartWith is Start of a server whose schemas are known.
func StartWith(t testing.TB, server tfprotov6.ProviderServer, schemas *Schemas, config Object) *Server {
	t.Helper()
	ctx := context.Background()
	s := &Server{t: t, server: server, schema: schemas, comparison: newComparison(t, server, schemas, config)}
	raw := s.dynamic(value(schemas.Provider.ValueType(), config))
	validated, err := server.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: raw})
	check(t, err, nil)
	s.ConfigureDiagnostics = convert(validated.Diagnostics)
	if !s.ConfigureDiagnostics.HasError() {
		configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: raw, TerraformVersion: "1.11.0"})
		check(t, err, nil)
		s.ConfigureDiagnostics = append(s.ConfigureDiagnostics, convert(configured.Diagnostics)...)
	}
	return s
}

// WithT is the same server, reporting to another test.
func (s *Server) WithT(t testing.TB) *Server {
	out := *s
	out.t = t
	return &out
}

// WithContext is the same server, whose calls are in a context.
func (s *Server) WithContext(ctx context.Context) *Server {
	out := *s
	out.ctx = ctx
	return &out
}

func (s *Server) context() context.Context {
	if s.ctx == nil {
		return context.Background()
	}
	return s.ctx
}

// Schema is what the provider offers.
func (s *Server) Schema() *tfprotov6.GetProviderSchemaResponse {
	return s.schema.GetProviderSchemaResponse
}

// IdentitySchema is the schema of a resource's identity; nil for none.
func (s *Server) IdentitySchema(name string) *tfprotov6.ResourceIdentitySchema {
	return s.schema.identities[name]
}

// State is one resource as Terraform's state holds it.
type State struct {
	Type     string
	Raw      tftypes.Value
	Private  []byte
	Identity *tfprotov6.ResourceIdentityData
	Tainted  bool
}

// Exists reports whether the state holds a resource.
func (s State) Exists() bool { return s.Type != "" && !s.Raw.IsNull() }

// Get reads an attribute by dotted path ("items.0.title") as a plain Go value; nil where there is none.
func (s State) Get(path string) any { return tfconfig.Lookup(plain(s.Raw), path) }

// Text is Get for text; null is "".
func (s State) Text(path string) string {
	text, _ := s.Get(path).(string)
	return text
}

func (s *Server) resource(name string) *tfprotov6.Schema {
	schema, ok := s.schema.ResourceSchemas[name]
	if !ok {
		s.t.Fatalf("no resource %s", name)
	}
	return schema
}

func (s *Server) null(name string) tftypes.Value {
	return tftypes.NewValue(s.resource(name).ValueType(), nil)
}

func (s *Server) dynamic(v tftypes.Value) *tfprotov6.DynamicValue {
	s.t.Helper()
	out, err := tfprotov6.NewDynamicValue(v.Type(), v)
	if err != nil {
		s.t.Fatal(err)
	}
	return &out
}

func (s *Server) static(name string, v *tfprotov6.DynamicValue) tftypes.Value {
	s.t.Helper()
	if v == nil {
		return s.null(name)
	}
	out, err := v.Unmarshal(s.resource(name).ValueType())
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

// Validate asks for the configuration's own faults. No provider configuration is used.
func (s *Server) Validate(name string, config Object) Diagnostics {
	s.t.Helper()
	resp, err := s.comparedValidation(&tfprotov6.ValidateResourceConfigRequest{
		TypeName: name, Config: s.dynamic(value(s.resource(name).ValueType(), config)),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	check(s.t, err, nil)
	return convert(resp.Diagnostics)
}

// Refresh reads the resource; a state that does not exist any more comes back empty.
func (s *Server) Refresh(state State) (State, Diagnostics) {
	s.t.Helper()
	return s.RefreshContext(s.context(), state)
}

// RefreshContext is Refresh in a context.
func (s *Server) RefreshContext(ctx context.Context, state State) (State, Diagnostics) {
	s.t.Helper()
	resp, err := s.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: state.Type, CurrentState: s.dynamic(state.Raw), Private: state.Private, CurrentIdentity: state.Identity,
	})
	check(s.t, err, nil)
	diags := convert(resp.Diagnostics)
	if diags.HasError() {
		return state, diags
	}
	return State{Type: state.Type, Raw: s.static(state.Type, resp.NewState), Private: resp.Private, Identity: resp.NewIdentity, Tainted: state.Tainted}, diags
}

// Import imports by id and refreshes, as Terraform does.
func (s *Server) Import(name, id string) (State, Diagnostics) {
	s.t.Helper()
	return s.imported(name, &tfprotov6.ImportResourceStateRequest{TypeName: name, ID: id})
}

// ImportIdentity imports by identity and refreshes.
func (s *Server) ImportIdentity(name string, identity Object) (State, Diagnostics) {
	s.t.Helper()
	return s.imported(name, &tfprotov6.ImportResourceStateRequest{
		TypeName: name,
		Identity: &tfprotov6.ResourceIdentityData{IdentityData: s.dynamic(value(s.schema.identities[name].ValueType(), identity))},
	})
}

func (s *Server) imported(name string, req *tfprotov6.ImportResourceStateRequest) (State, Diagnostics) {
	resp, err := s.server.ImportResourceState(s.context(), req)
	check(s.t, err, nil)
	diags := convert(resp.Diagnostics)
	if diags.HasError() || len(resp.ImportedResources) == 0 {
		return State{}, diags
	}
	one := resp.ImportedResources[0]
	state, more := s.Refresh(State{Type: name, Raw: s.static(name, one.State), Private: one.Private, Identity: one.Identity})
	if more.HasError() {
		state = State{}
	}
	return state, append(diags, more...)
}
