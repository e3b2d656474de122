package protoserver_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// applyRecorder keeps the latest answer to an apply.
type applyRecorder struct {
	tfprotov6.ProviderServer
	response *tfprotov6.ApplyResourceChangeResponse
}

func (r *applyRecorder) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	var err error
	r.response, err = r.ProviderServer.ApplyResourceChange(ctx, req)
	return r.response, err
}

// text is the answer without the bytes of its state, in which a map has any order.
func (r *applyRecorder) text(t *testing.T) string {
	t.Helper()
	answer := *r.response
	answer.NewState = nil
	out, err := json.MarshalIndent(answer, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// beforeCreate is what may be so when a link is created.
var beforeCreate = map[string]func(*vendor){
	"nothing":            func(*vendor) {},
	"refused":            failingCreate(memdriver.Fault{Err: &rest.Error{Status: 422, Message: "No"}}),
	"lost":               failingCreate(memdriver.Fault{Err: &rest.Error{Status: 502, Outcome: rest.Unknown}, After: true}),
	"nothing was made":   failingCreate(memdriver.Fault{Err: &rest.Error{Status: 502, Outcome: rest.Unknown}}),
	"an invalid answer":  func(v *vendor) { v.store.InvalidAnswers = true },
	"defaults filled in": func(v *vendor) { v.store.FillDefaults = true },
}

func failingCreate(fault memdriver.Fault) func(*vendor) {
	return func(v *vendor) { v.store.FailNext(memdriver.CallCreate, fault) }
}

// What a create or a destroy without the framework answers is what the framework would answer: state, private state, identity and
// diagnostics, after the same requests.
func TestApplyEqualsTheFramework(t *testing.T) {
	t.Parallel()
	for name, prepare := range beforeCreate {
		t.Run("create/"+name, func(t *testing.T) {
			t.Parallel()
			requireSameApply(t, func(v *vendor, server *protocoltest.Server) protocoltest.State {
				prepare(v)
				state, _ := server.Apply(server.Plan(linkType, protocoltest.State{}, linkConfig))
				return state
			})
		})
	}
	happened := maps.Clone(situations)
	happened["the revoke is refused"] = func(v *vendor, _ *protocoltest.State) {
		v.store.FailAlways(memdriver.CallRevoke, &rest.Error{Status: 409, Message: "Too late"})
	}
	for name, happen := range happened {
		t.Run("destroy/"+name, func(t *testing.T) {
			t.Parallel()
			requireSameApply(t, func(v *vendor, server *protocoltest.Server) protocoltest.State {
				state := v.create()
				happen(v, &state)
				plan := server.Plan(linkType, state, nil)
				if plan.HasError() {
					return protocoltest.State{}
				}
				state, _ = server.Apply(plan)
				return state
			})
		})
	}
}

// requireSameApply does something at two equal vendors, by the provider and by the framework.
func requireSameApply(t *testing.T, do func(v *vendor, server *protocoltest.Server) protocoltest.State) {
	t.Helper()
	var answers [2]string
	var states [2]protocoltest.State
	for i, serve := range []func(*vendor) tfprotov6.ProviderServer{
		func(v *vendor) tfprotov6.ProviderServer {
			return protoserver.New(provider.New("test", v.clock, v.registration()))
		},
		func(v *vendor) tfprotov6.ProviderServer {
			return providerserver.NewProtocol6(provider.New("test", v.clock, v.registration()))()
		},
	} {
		v := newVendor(t)
		recorder := &applyRecorder{ProviderServer: serve(v)}
		states[i] = do(v, v.serve(recorder, link.RefreshGet, tfconfig.Object{}))
		if recorder.response != nil {
			answers[i] = recorder.text(t)
		}
		answers[i] += fmt.Sprintf("\n%s", v.store.TakeCalls())
	}
	if answers[0] != answers[1] {
		t.Errorf("answers\n%s\nthe framework\n%s", answers[0], answers[1])
	}
	if states[0].Exists() != states[1].Exists() || states[0].Exists() && !states[0].Raw.Equal(states[1].Raw) {
		t.Errorf("leaves %v, the framework %v", states[0].Raw, states[1].Raw)
	}
}
