package protocoltest

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// ValidateDataSource asks for the faults of a data source's configuration, as `terraform validate` does.
func (s *Server) ValidateDataSource(name string, config Object) Diagnostics {
	s.t.Helper()
	resp, err := s.server.ValidateDataResourceConfig(s.context(), &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: name, Config: s.dynamic(value(s.data(name).ValueType(), config)),
	})
	check(s.t, err, nil)
	return convert(resp.Diagnostics)
}

// ReadDataSource validates and reads a data source, as `terraform plan` does. After an error the state is empty.
func (s *Server) ReadDataSource(name string, config Object) (State, Diagnostics) {
	s.t.Helper()
	return s.ReadDataSourceContext(s.context(), name, config)
}

// ReadDataSourceContext is ReadDataSource under a context, which stands for Terraform's being told to stop.
func (s *Server) ReadDataSourceContext(ctx context.Context, name string, config Object) (State, Diagnostics) {
	s.t.Helper()
	diags := s.ValidateDataSource(name, config)
	if diags.HasError() {
		return State{}, diags
	}
	schema := s.data(name)
	resp, err := s.server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: s.dynamic(value(schema.ValueType(), config))})
	check(s.t, err, nil)
	diags = append(diags, convert(resp.Diagnostics)...)
	if diags.HasError() {
		return State{}, diags
	}
	raw, err := resp.State.Unmarshal(schema.ValueType())
	if err != nil {
		s.t.Fatal(err)
	}
	if !raw.IsFullyKnown() {
		s.t.Errorf("%s: unknown values after the read: %s", name, raw)
	}
	state := State{Type: name, Raw: raw}
	for argument, written := range config {
		if !tfconfig.Equal(written, state.Get(argument)) {
			if _, several := written.(List); !several { // a set comes back in an order of its own
				s.t.Errorf("%s: %s is %v after the read, written as %v", name, argument, state.Get(argument), written)
			}
		}
	}
	return state, diags
}

// Attributes are all that the state holds, as plain Go values.
func (s State) Attributes() Object {
	whole, _ := plain(s.Raw).(Object)
	return whole
}

// List reads a list or set attribute; nil where there is none.
func (s State) List(path string) List {
	list, _ := s.Get(path).(List)
	return list
}

func (s *Server) data(name string) *tfprotov6.Schema {
	s.t.Helper()
	schema, ok := s.schema.DataSourceSchemas[name]
	if !ok {
		s.t.Fatalf("no data source %s", name)
	}
	return schema
}
