package powens_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

var unchanged = drivertest.Unchanged{
	Rewritten: [][2]object{
		{small(), small(object{"amount": "50.9"})}, {small(), small(object{"amount": "050.9000000000"})}, {small(), small(object{"redirect": false})},
		{small(), small(object{"payer_identity.kind": "individual"})}, {small(), small(object{"payer_identity.pep": false})},
		{full(), full(object{"amount": "9.50"})}, {full(), full(object{"amount": "9.500"})}, {full(), full(object{"redirect": nil})},
		{redirecting(), redirecting(object{"redirect": true})},
	},
	// "" where the state has null cannot plan as null: Terraform's core wants the configuration's value.
	InPlace: [][2]object{
		{small(), small(object{"payer_identity.email": ""})}, {small(), small(object{"payer_identity.external_ref": ""})}, {small(), small(object{"beneficiary.issuer": ""})},
		{small(), small(object{"redirect_uri": ""})}, {small(), small(object{"redirect_state": ""})},
	},
	Needed:       []string{"redirect", "redirect_state", "beneficiary_identity.kind", "payer_identity.kind", "operator_identity.kind"},
	FillSwitches: `{"fill_issuer":true}`, Filled: []string{"reference_id", "beneficiary.issuer", "payer_identity.pep"},
}

// A link made with a state of "" goes on without one, which is how engines generate its configuration; one
// with another state would be another link then.
func TestStateLeftOut(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	without := redirecting(object{"redirect_state": nil})
	state := f.Import(f.Create(redirecting()).Text("id"))
	f.ResetCalls()
	f.RequireEmptyPlan(state, without)
	f.RequireCalls()
	f.RequireNoDrift(state, without)
	if plan := f.Plan(f.Create(redirecting(object{"redirect_state": "order-1"})), without); plan.HasError() || plan.Action != protocoltest.Replace {
		f.Errorf("%s %s", plan.Action, plan.Diagnostics)
	}
}

// What Powens adds to a payer's data that the configuration leaves out is in no state, plans nothing, and hides no lost create.
func TestPayerDataThatPowensAdds(t *testing.T) {
	t.Parallel()
	for name, lost := range map[string]bool{"answered": false, "lost": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := harness.Start(t)
			if lost {
				f.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Drop, After: true, Times: 1})
			}
			for op, pointer := range map[string]string{"create": "/payer_identity/email", "get": "/payer_identity/email", "list": "/0/payer_identity/email"} {
				f.Sandbox.Inject(fault.Fault{Op: op, Kind: fault.Deviate, After: true, Pointer: pointer, Value: `"ada@example.com"`})
			}
			state, _, diags := f.ApplyConfig(protocoltest.State{}, small())
			if diags.HasError() || strings.Contains(diags.String(), "Adopted") != lost || state.Get("payer_identity.email") != nil {
				f.Errorf("%v in state: %s", state.Get("payer_identity.email"), diags)
			}
			f.RequireNoDrift(state, small())
			if n := f.CallCount("create"); n != 1 {
				f.Errorf("%d creates", n)
			}
		})
	}
}
