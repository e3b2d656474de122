package link_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// An answer about another link is none: nothing changes, and an error names both.
func TestAnswerAboutAnotherLink(t *testing.T) {
	t.Parallel()
	config := answeredConfig(Object{"activate": true})
	for name, do := range map[string]func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics){
		"refresh": func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
			return f.Refresh(state)
		},
		"import": func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
			imported, diags := f.Import(resourceType, "proj/pl-1")
			if imported.Exists() {
				f.t.Errorf("imported %s", imported.Raw)
			}
			return state, diags
		},
		"data source": func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
			_, diags := f.ReadDataSource(resourceType, Object{"id": "pl-1"})
			return state, diags
		},
		"activation": func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
			return f.Apply(f.Plan(resourceType, state, config))
		},
		"activate action": func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
			_, diags := f.invoke(activateAction, "pl-1")
			return state, diags
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable)
			state := createPending(t, f, config)
			createExternal(f, answeredConfig(Object{"title": "Other"}))
			f.store.Instead[memdriver.CallGet], f.store.Instead[memdriver.CallActivate] = "pl-2", "pl-2"
			after, diags := do(f, state)
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "pl-1", "another link than pl-1: pl-2")
			requireUnchanged(t, state, after)
		})
	}
}

// After a create, too: the new link stays in state, and its activation is tried again.
func TestActivationAnsweredWithAnotherLink(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	createExternal(f, answeredConfig())
	f.store.Instead[memdriver.CallActivate] = "pl-1"
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig(Object{"activate": true}))
	if requireCounts(t, diags, 0, 1); state.Text("id") != "pl-2" || state.Tainted {
		t.Errorf("in state: %s", state.Raw)
	}
	requireText(t, diags, "not activated", "another link than pl-2: pl-1")
}

// A new link that has ended already is told: nobody can pay it.
func TestCreateAnsweredWithAnEndedLink(t *testing.T) {
	t.Parallel()
	for status, says := range map[string]string{"CANCELED": "`revoked`", "EXPIRED": "`expired`", "FINISHED": "`paid`"} {
		f := newFixture(t, revocable)
		f.store.BornEnded = status
		state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig())
		if requireCounts(t, diags, 0, 1); state.Text("id") != "pl-1" || state.Tainted {
			t.Errorf("in state: %s", state.Raw)
		}
		requireText(t, diags, "has already ended: pl-1", says)
	}
}
