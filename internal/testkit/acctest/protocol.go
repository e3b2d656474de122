// Package acctest is the test harness: a sandbox and provider for tests through Terraform, and the provider's protocol
// server called in process, for matrices of hundreds of cases.
package acctest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
)

// Server is a configured provider, asked the way Terraform's core asks it.
type Server struct {
	t      testing.TB
	server tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse
	ids    map[string]*tfprotov6.ResourceIdentitySchema
	// Configured is what the provider said to its configuration.
	Configured Diagnostics
}

// NewServer starts a provider and configures it.
func NewServer(t testing.TB, p frameworkprovider.Provider, config Object) *Server {
	t.Helper()
	return serve(t, provider.Server(p)(), config)
}

// NewFramework is NewServer without what the provider puts before the framework.
func NewFramework(t testing.TB, p frameworkprovider.Provider, config Object) *Server {
	t.Helper()
	return serve(t, providerserver.NewProtocol6(p)(), config)
}

func serve(t testing.TB, server tfprotov6.ProviderServer, config Object) *Server {
	t.Helper()
	ctx := context.Background()
	schema, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	check(t, err, schema.Diagnostics)
	ids, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	check(t, err, ids.Diagnostics)
	s := &Server{t: t, server: server, schema: schema, ids: ids.IdentitySchemas}

	raw := s.dynamic(value(schema.Provider.ValueType(), config))
	validated, err := server.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: raw})
	check(t, err, nil)
	s.Configured = convert(validated.Diagnostics)
	if !s.Configured.HasError() {
		configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: raw, TerraformVersion: "1.11.0"})
		check(t, err, nil)
		s.Configured = append(s.Configured, convert(configured.Diagnostics)...)
	}
	return s
}

// Schema is what the provider offers.
func (s *Server) Schema() *tfprotov6.GetProviderSchemaResponse { return s.schema }

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

// Get reads an attribute by dotted path ("items.0.title") as a plain Go value.
func (s State) Get(path string) any {
	at := plain(s.Raw)
	for _, part := range strings.Split(path, ".") {
		switch v := at.(type) {
		case Object:
			at = v[part]
		case List:
			var i int
			if _, err := fmt.Sscan(part, &i); err != nil || i >= len(v) {
				return nil
			}
			at = v[i]
		default:
			return nil
		}
	}
	return at
}

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
	resp, err := s.server.ValidateResourceConfig(context.Background(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: name, Config: s.dynamic(value(s.resource(name).ValueType(), config)),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	check(s.t, err, nil)
	return convert(resp.Diagnostics)
}

// Refresh reads the resource; a state that does not exist any more comes back empty.
func (s *Server) Refresh(state State) (State, Diagnostics) {
	s.t.Helper()
	return s.RefreshIn(context.Background(), state)
}

// RefreshIn is Refresh in a context.
func (s *Server) RefreshIn(ctx context.Context, state State) (State, Diagnostics) {
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
		Identity: &tfprotov6.ResourceIdentityData{IdentityData: s.dynamic(value(s.ids[name].ValueType(), identity))},
	})
}

func (s *Server) imported(name string, req *tfprotov6.ImportResourceStateRequest) (State, Diagnostics) {
	resp, err := s.server.ImportResourceState(context.Background(), req)
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
