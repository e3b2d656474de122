package vendortest

import (
	"fmt"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// ApplyConfig is `terraform apply`: refresh, validate, plan, apply.
func (f *Fixture) ApplyConfig(state protocoltest.State, config tfconfig.Object) (protocoltest.State, protocoltest.Plan, protocoltest.Diagnostics) {
	f.Helper()
	if diags := f.Validate(config); diags.HasError() {
		return state, protocoltest.Plan{}, diags
	}
	state, plan, diags := f.Server.ApplyConfig(state, f.vendor.Type(), config)
	f.Record(diags)
	return state, plan, diags
}

// Validate is `terraform validate`. It is asked once for a configuration: no state and no setting has a part in it.
func (f *Fixture) Validate(config tfconfig.Object) protocoltest.Diagnostics {
	f.Helper()
	known, text := &f.vendor.Provider.validated, fmt.Sprintf("%s %#v", f.vendor.Name, config)
	diags, ok := known.Load(text)
	if !ok {
		diags, _ = known.LoadOrStore(text, f.Server.Validate(f.vendor.Type(), config))
	}
	return f.Record(diags.(protocoltest.Diagnostics))
}

// Create makes a link that has to succeed without a word.
func (f *Fixture) Create(config tfconfig.Object) protocoltest.State {
	f.Helper()
	state, _, diags := f.ApplyConfig(protocoltest.State{}, config)
	if len(diags) > 0 {
		f.Fatalf("create: %s", diags)
	}
	return state
}

// Plan plans config over a state (nil config: a destroy), without a refresh.
func (f *Fixture) Plan(state protocoltest.State, config tfconfig.Object) protocoltest.Plan {
	f.Helper()
	plan := f.Server.Plan(f.vendor.Type(), state, config)
	f.Record(plan.Diagnostics)
	return plan
}

// Apply carries a plan out.
func (f *Fixture) Apply(plan protocoltest.Plan) (protocoltest.State, protocoltest.Diagnostics) {
	f.Helper()
	state, diags := f.Server.Apply(plan)
	return state, f.Record(diags)
}

// Destroy is `terraform destroy` without a refresh; the diagnostics are the plan's and the apply's.
func (f *Fixture) Destroy(state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
	f.Helper()
	plan := f.Plan(state, nil)
	if plan.HasError() {
		return state, plan.Diagnostics
	}
	state, diags := f.Apply(plan)
	return state, append(plan.Diagnostics, diags...)
}

// Refresh reads the link; one that is gone comes back as a state that does not exist.
func (f *Fixture) Refresh(state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
	f.Helper()
	state, diags := f.Server.Refresh(state)
	return state, f.Record(diags)
}

// ImportByID imports a link by id, and refreshes it.
func (f *Fixture) ImportByID(id string) (protocoltest.State, protocoltest.Diagnostics) {
	f.Helper()
	state, diags := f.Server.Import(f.vendor.Type(), id)
	return state, f.Record(diags)
}

// InvokeAction is `terraform apply -invoke`: validate, plan, invoke.
func (f *Fixture) InvokeAction(name string, config tfconfig.Object) ([]string, protocoltest.Diagnostics) {
	f.Helper()
	if diags := append(f.Server.ValidateAction(name, config), f.Server.PlanAction(name, config)...); len(diags) > 0 {
		return nil, f.Record(diags)
	}
	progress, diags := f.Server.InvokeAction(f.Context(), name, config)
	return progress, f.Record(diags)
}

// ReadDataSource validates and reads a data source; what it says is searched for secrets.
func (f *Fixture) ReadDataSource(name string, config tfconfig.Object) (protocoltest.State, protocoltest.Diagnostics) {
	f.Helper()
	state, diags := f.Server.ReadDataSource(name, config)
	return state, f.Record(diags)
}
