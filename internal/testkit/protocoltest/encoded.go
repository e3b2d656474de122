package protocoltest

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// EncodedRequests are the calls that Terraform's core makes for one resource of an unchanged plan, encoded beforehand, so that a
// benchmark of them measures the provider and not this harness.
type EncodedRequests struct {
	s        *Server
	validate *tfprotov6.ValidateResourceConfigRequest
	upgrade  *tfprotov6.UpgradeResourceStateRequest
	read     *tfprotov6.ReadResourceRequest
	plan     *tfprotov6.PlanResourceChangeRequest
}

// Encode encodes the calls for a link and the configuration that made it.
func (s *Server) Encode(state State, config Object) EncodedRequests {
	s.t.Helper()
	schema := s.resource(state.Type)
	raw := value(schema.ValueType(), config)
	return EncodedRequests{
		s:        s,
		validate: &tfprotov6.ValidateResourceConfigRequest{TypeName: state.Type, Config: s.dynamic(raw)},
		upgrade:  &tfprotov6.UpgradeResourceStateRequest{TypeName: state.Type, Version: schema.Version, RawState: &tfprotov6.RawState{JSON: StoredJSON(state.Raw)}},
		read:     &tfprotov6.ReadResourceRequest{TypeName: state.Type, CurrentState: s.dynamic(state.Raw), Private: state.Private, CurrentIdentity: state.Identity},
		plan: &tfprotov6.PlanResourceChangeRequest{
			TypeName: state.Type, PriorState: s.dynamic(state.Raw), ProposedNewState: s.dynamic(proposedNew(schema.Block.Attributes, state.Raw, raw)),
			Config: s.dynamic(raw), PriorPrivate: state.Private, PriorIdentity: state.Identity,
		},
	}
}

// Validate checks the configuration.
func (p EncodedRequests) Validate() {
	resp, err := p.s.server.ValidateResourceConfig(context.Background(), p.validate)
	check(p.s.t, err, resp.Diagnostics)
}

// Upgrade reads the state's JSON.
func (p EncodedRequests) Upgrade() {
	resp, err := p.s.server.UpgradeResourceState(context.Background(), p.upgrade)
	check(p.s.t, err, resp.Diagnostics)
}

// Read refreshes the link.
func (p EncodedRequests) Read() {
	resp, err := p.s.server.ReadResource(context.Background(), p.read)
	check(p.s.t, err, resp.Diagnostics)
}

// Plan plans it.
func (p EncodedRequests) Plan() {
	resp, err := p.s.server.PlanResourceChange(context.Background(), p.plan)
	check(p.s.t, err, resp.Diagnostics)
}
