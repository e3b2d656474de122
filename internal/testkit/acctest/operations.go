package acctest

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// ApplyConfig is `terraform apply`: refresh, validate, plan, apply.
func (h *Harness) ApplyConfig(state protocoltest.State, config tfconfig.Object) (protocoltest.State, protocoltest.Plan, protocoltest.Diagnostics) {
	h.Helper()
	if diags := h.Record(h.Server.Validate(h.vendor.Type(), config)); diags.HasError() {
		return state, protocoltest.Plan{}, diags
	}
	state, plan, diags := h.Server.ApplyConfig(state, h.vendor.Type(), config)
	h.Record(diags)
	return state, plan, diags
}

// Create makes a link that has to succeed without a word.
func (h *Harness) Create(config tfconfig.Object) protocoltest.State {
	h.Helper()
	state, _, diags := h.ApplyConfig(protocoltest.State{}, config)
	if len(diags) > 0 {
		h.Fatalf("create: %s", diags)
	}
	return state
}

// Plan plans config over a state (nil config: a destroy), without a refresh.
func (h *Harness) Plan(state protocoltest.State, config tfconfig.Object) protocoltest.Plan {
	h.Helper()
	plan := h.Server.Plan(h.vendor.Type(), state, config)
	h.Record(plan.Diagnostics)
	return plan
}

// Apply carries a plan out.
func (h *Harness) Apply(plan protocoltest.Plan) (protocoltest.State, protocoltest.Diagnostics) {
	h.Helper()
	state, diags := h.Server.Apply(plan)
	return state, h.Record(diags)
}

// Destroy is `terraform destroy` without a refresh; the diagnostics are the plan's and the apply's.
func (h *Harness) Destroy(state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
	h.Helper()
	plan := h.Plan(state, nil)
	if plan.HasError() {
		return state, plan.Diagnostics
	}
	state, diags := h.Apply(plan)
	return state, append(plan.Diagnostics, diags...)
}

// Refresh reads the link; one that is gone comes back as a state that does not exist.
func (h *Harness) Refresh(state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
	h.Helper()
	state, diags := h.Server.Refresh(state)
	return state, h.Record(diags)
}

// ImportByID imports a link by id, and refreshes it.
func (h *Harness) ImportByID(id string) (protocoltest.State, protocoltest.Diagnostics) {
	h.Helper()
	state, diags := h.Server.Import(h.vendor.Type(), id)
	return state, h.Record(diags)
}

// InvokeAction is `terraform apply -invoke`: validate, plan, invoke.
func (h *Harness) InvokeAction(name string, config tfconfig.Object) ([]string, protocoltest.Diagnostics) {
	h.Helper()
	if diags := append(h.Server.ValidateAction(name, config), h.Server.PlanAction(name, config)...); len(diags) > 0 {
		return nil, h.Record(diags)
	}
	progress, diags := h.Server.InvokeAction(h.Context(), name, config)
	return progress, h.Record(diags)
}

// ReadDataSource validates and reads a data source; what it says is searched for secrets.
func (h *Harness) ReadDataSource(name string, config tfconfig.Object) (protocoltest.State, protocoltest.Diagnostics) {
	h.Helper()
	state, diags := h.Server.ReadDataSource(name, config)
	return state, h.Record(diags)
}
