package protocoltest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Action is what a plan says will be done.
type Action string

const (
	Nothing Action = "nothing"
	Create  Action = "create"
	Update  Action = "update"
	Replace Action = "replace"
	Delete  Action = "delete"
)

// Plan is one resource's plan.
type Plan struct {
	Action Action
	// Because lists the attributes that force the replacement.
	Because []string
	Diagnostics
	// NotPayable are the warnings that nobody can pay the link yet. They stand apart, because most tests leave their links so.
	NotPayable Diagnostics

	name            string
	config, planned tftypes.Value
	prior           State
	private         []byte
	identity        *tfprotov6.ResourceIdentityData
}

// Planned reads the planned value of an attribute by dotted path.
func (p Plan) Planned(path string) any { return State{Type: p.name, Raw: p.planned}.Get(path) }

// PlannedAttributes are all that the plan holds, as plain Go values.
func (p Plan) PlannedAttributes() Object { return State{Type: p.name, Raw: p.planned}.Attributes() }

// Plan plans config over prior (nil config: a destroy), without a refresh.
func (s *Server) Plan(name string, prior State, config Object) Plan {
	s.t.Helper()
	if host, ok := s.server.(interface{ BeginRun() }); ok {
		s.comparison.beginRun(host.BeginRun)
	}
	return s.PlanBeside(name, prior, config)
}

// PlanBeside is Plan in the run of the one before.
func (s *Server) PlanBeside(name string, prior State, config Object) Plan {
	s.t.Helper()
	schema := s.resource(name)
	if prior.Type == "" {
		prior = State{Type: name, Raw: s.null(name)}
	}
	raw := s.null(name)
	if config != nil {
		raw = value(schema.ValueType(), config)
	}
	plan := s.plan(name, prior, raw)
	switch {
	case plan.HasError():
	case config == nil:
		plan.Action = Delete
	case prior.Raw.IsNull():
		plan.Action = Create
	case prior.Tainted || len(plan.Because) > 0:
		again := s.plan(name, State{Type: name, Raw: s.null(name), Private: plan.private}, raw)
		again.Action, again.Because, again.prior = Replace, plan.Because, prior
		again.Diagnostics = append(plan.Diagnostics, again.Diagnostics...)
		return again
	case plan.planned.Equal(prior.Raw):
		plan.Action = Nothing
	default:
		plan.Action = Update
	}
	return plan
}

func (s *Server) plan(name string, prior State, config tftypes.Value) Plan {
	s.t.Helper()
	proposed := config
	if !config.IsNull() {
		proposed = proposedNew(s.resource(name).Block.Attributes, prior.Raw, config)
	}
	resp, err := s.comparedPlan(&tfprotov6.PlanResourceChangeRequest{
		TypeName: name, PriorState: s.dynamic(prior.Raw), ProposedNewState: s.dynamic(proposed), Config: s.dynamic(config),
		PriorPrivate: prior.Private, PriorIdentity: prior.Identity,
	})
	check(s.t, err, nil)
	diags, notPayable := withoutNotPayable(convert(resp.Diagnostics))
	out := Plan{Diagnostics: diags, NotPayable: notPayable, name: name, config: config, prior: prior, private: resp.PlannedPrivate, identity: resp.PlannedIdentity}
	if out.HasError() {
		return out
	}
	out.planned = s.static(name, resp.PlannedState)
	for _, at := range resp.RequiresReplace {
		before, _, errBefore := tftypes.WalkAttributePath(prior.Raw, at)
		after, _, errAfter := tftypes.WalkAttributePath(out.planned, at)
		if errBefore != nil || errAfter != nil || !before.(tftypes.Value).Equal(after.(tftypes.Value)) {
			out.Because = append(out.Because, dotted(at))
		}
	}
	return out
}

// ApplyKnown carries a plan out whose unknown values have become those of config. Terraform's core plans again then, and another action is
// its own error; nothing is applied after it.
func (s *Server) ApplyKnown(plan Plan, config Object) (State, Diagnostics) {
	s.t.Helper()
	again := s.Plan(plan.name, plan.prior, config)
	if !again.HasError() && again.Action != plan.Action && again.Action != Nothing {
		again.Diagnostics = append(again.Diagnostics, Diagnostic{Error: true, Summary: "Provider produced inconsistent final plan", Detail: string(plan.Action) + " became " + string(again.Action)})
	}
	if again.HasError() {
		return plan.prior, again.Diagnostics
	}
	return s.Apply(again)
}

// Apply carries a plan out, with the checks of Terraform's core on what comes back. A replacement destroys first.
func (s *Server) Apply(plan Plan) (State, Diagnostics) {
	s.t.Helper()
	switch plan.Action {
	case Nothing:
		return plan.prior, nil
	case Delete:
		return s.destroy(plan.prior)
	case Replace:
		state, diags := s.destroy(plan.prior)
		if diags.HasError() {
			return state, diags
		}
		plan.prior = State{Type: plan.name, Raw: s.null(plan.name)}
		state, more := s.apply(plan)
		return state, append(diags, more...)
	}
	return s.apply(plan)
}

func (s *Server) apply(plan Plan) (State, Diagnostics) {
	s.t.Helper()
	resp, err := s.server.ApplyResourceChange(s.context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: plan.name, PriorState: s.dynamic(plan.prior.Raw), PlannedState: s.dynamic(plan.planned), Config: s.dynamic(plan.config),
		PlannedPrivate: plan.private, PlannedIdentity: plan.identity,
	})
	check(s.t, err, nil)
	diags := convert(resp.Diagnostics)
	state := State{Type: plan.name, Raw: s.static(plan.name, resp.NewState), Private: resp.Private, Identity: resp.NewIdentity}
	if diags.HasError() {
		if plan.prior.Raw.IsNull() {
			state.Tainted = state.Exists()
		}
		return state, diags
	}
	if !state.Raw.IsFullyKnown() {
		s.t.Errorf("%s: unknown values after apply: %s", plan.name, state.Raw)
	}
	requireConsistentApply(s.t, tftypes.NewAttributePath(), plan.planned, state.Raw)
	return state, diags
}

func (s *Server) destroy(prior State) (State, Diagnostics) {
	s.t.Helper()
	resp, err := s.server.ApplyResourceChange(s.context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: prior.Type, PriorState: s.dynamic(prior.Raw), PlannedState: s.dynamic(s.null(prior.Type)), Config: s.dynamic(s.null(prior.Type)),
		PlannedPrivate: prior.Private, PlannedIdentity: prior.Identity,
	})
	check(s.t, err, nil)
	diags := convert(resp.Diagnostics)
	if diags.HasError() {
		return prior, diags
	}
	return State{}, diags
}

// ApplyConfig refreshes, plans and applies config: `terraform apply`.
func (s *Server) ApplyConfig(state State, name string, config Object) (State, Plan, Diagnostics) {
	s.t.Helper()
	var diags Diagnostics
	if state.Exists() {
		if state, diags = s.Refresh(state); diags.HasError() {
			return state, Plan{}, diags
		}
		if !state.Exists() {
			state = State{}
		}
	}
	plan := s.Plan(name, state, config)
	diags = append(diags, plan.Diagnostics...)
	if plan.HasError() {
		return state, plan, diags
	}
	state, more := s.Apply(plan)
	return state, plan, append(diags, more...)
}
