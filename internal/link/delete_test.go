package link_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// destroyed plans and applies a destroy.
func (w *world) destroyed(state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
	w.t.Helper()
	plan := w.Plan(kind, state, nil)
	if len(plan.Diagnostics) > 0 {
		w.t.Fatalf("destroy plan: %s", plan.Diagnostics)
	}
	return w.Apply(plan)
}

func TestDestroyIsOneCall(t *testing.T) {
	t.Parallel()
	for name, changes := range map[string][]func(*world){"two parts": {revocable}, "one part": {revocable, unscoped}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, changes...)
			state, diags := w.destroyed(w.create(full()))
			count(t, diags, 0, 0)
			if w.calls("revoke=1"); state.Exists() || w.bank.status("pl-1") != "CANCELED" {
				t.Errorf("in state: %v, at the vendor: %s", state.Exists(), w.bank.status("pl-1"))
			}
		})
	}
}

// A refused revoke, or one whose outcome nobody knows, is looked at: what counts is the link's state.
func TestDestroyRefusedThenLooked(t *testing.T) {
	t.Parallel()
	var refusals []*rest.Error
	for _, status := range []int{400, 404, 405, 409, 410, 412, 422} {
		refusals = append(refusals, &rest.Error{Status: status, Code: "no_way", Message: "Cannot be canceled", RequestID: "req-x"})
	}
	for _, status := range []int{0, 500, 502, 504} {
		refusals = append(refusals, &rest.Error{Status: status, Code: "no_way", Message: "Cannot be canceled", RequestID: "req-x", Outcome: rest.Unknown})
	}
	found := map[string]struct {
		done     bool
		warnings int
		parts    []string
	}{
		"gone":           {true, 0, nil},
		"CANCELED":       {true, 0, nil},
		"EXPIRED":        {true, 0, nil},
		"FINISHED":       {true, 1, []string{"was paid", "pl-1", "https://pay.example/pl-1", "refunded"}},
		"PROCESSING":     {false, 0, []string{"`processing`", "Somebody is paying"}},
		"ACTIVE":         {false, 0, []string{"`open`", `on_destroy = "abandon"`}},
		"BRAND_NEW_WORD": {false, 0, []string{"`unknown`", `on_destroy = "abandon"`}},
	}
	for _, refusal := range refusals {
		for status, want := range found {
			t.Run(fmt.Sprintf("%d/%s", refusal.Status, status), func(t *testing.T) {
				t.Parallel()
				w := start(t, revocable)
				state := aged(w, full())
				w.bank.failNext(callRevoke, fault{err: refusal})
				calls := "get=1 revoke=1"
				if status == "gone" {
					w.bank.vanish("pl-1")
					calls = "get=1 list=1 revoke=1"
				} else {
					w.bank.become("pl-1", status)
				}
				if refusal.Status == 404 && !want.done { // not found, and yet there: tried once more
					w.bank.failNext(callRevoke, fault{err: refusal})
					calls = "get=2 revoke=2"
				}
				after, diags := w.destroyed(state)
				w.calls(calls)
				if want.done {
					if after.Exists() {
						t.Error("still in state")
					}
					count(t, diags, 0, want.warnings)
				} else {
					unchanged(t, state, after)
					count(t, diags, 1, 0)
					says(t, diags, "Cannot revoke Memory payment link", "pl-1", "no_way", "Cannot be canceled", "req-x")
				}
				says(t, diags, want.parts...)
			})
		}
	}
}

// A link that is too new to be found is looked for, and then ended after all: it must not stay behind.
func TestDestroyOfALinkTooNewToBeFound(t *testing.T) {
	t.Parallel()
	w := start(t, revocable)
	state := w.create(full())
	w.bank.failNext(callRevoke, fault{err: missing()})
	w.bank.unseen = 2
	after, diags := w.destroyed(state)
	if count(t, diags, 0, 0); after.Exists() || w.bank.live() != 0 {
		t.Errorf("in state: %v, live: %d", after.Exists(), w.bank.live())
	}
	w.calls("get=3 revoke=2")
	if got := w.clock.Sleeps(); !slices.Equal(got, []time.Duration{time.Second, 2 * time.Second}) {
		t.Errorf("slept %v", got)
	}
}

// The credentials or the rate are refused: a look would meet the same.
func TestDestroyRefusedWithoutALook(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"401", "403", "429"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, revocable)
			state := w.create(full())
			w.bank.failNext(callRevoke, fault{err: failures()[name]})
			after, diags := w.destroyed(state)
			unchanged(t, state, after)
			count(t, diags, 1, 0)
			says(t, diags, parts(failures()[name])...)
			says(t, diags, "pl-1", "stays in state")
			w.calls("revoke=1")

			after, diags = w.destroyed(after) // and once more, when it is mended
			if count(t, diags, 0, 0); after.Exists() {
				t.Error("still in state")
			}
			w.calls("revoke=1")
		})
	}
}

// The answer to a revoke is lost, but it was carried out.
func TestDestroyWithALostAnswer(t *testing.T) {
	t.Parallel()
	w := start(t, revocable)
	state := w.create(full())
	w.bank.failNext(callRevoke, fault{err: failures()["no word"], after: true})
	after, diags := w.destroyed(state)
	if count(t, diags, 0, 0); after.Exists() || w.bank.live() != 0 {
		t.Error("still there")
	}
	w.calls("get=1 revoke=1")
}

func TestDestroyWhenTheLookFailsToo(t *testing.T) {
	t.Parallel()
	refused := &rest.Error{Status: 409, Code: "conflict", Message: "Not in this state", RequestID: "req-409"}
	for name, err := range failures() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, revocable)
			state := w.create(full())
			w.bank.failNext(callRevoke, fault{err: refused})
			w.bank.failNext(callGet, fault{err: err})
			after, diags := w.destroyed(state)
			unchanged(t, state, after)
			count(t, diags, 1, 0)
			says(t, diags, "conflict", "Not in this state", "req-409", "stays in state")
			says(t, diags, parts(err)...)
			w.calls("get=1 revoke=1")
		})
	}
}

// The vendor finds no link, and yet lists it; or cannot list.
func TestDestroyOfWhatIsGoneInDoubt(t *testing.T) {
	t.Parallel()
	w := start(t, revocable)
	state := aged(w, full())
	w.bank.failAlways(callRevoke, missing())
	w.bank.listGhosts = true
	after, diags := w.destroyed(state)
	unchanged(t, state, after)
	count(t, diags, 1, 0)
	says(t, diags, "pl-1", "lists it")
	w.calls("get=1 list=1 revoke=1")

	w.bank.failNext(callList, fault{err: failures()["503"]})
	after, diags = w.destroyed(state)
	unchanged(t, state, after)
	count(t, diags, 1, 0)
	says(t, diags, parts(failures()["503"])...)
	w.calls("get=1 list=1 revoke=1")
}

func TestDestroyAbandoned(t *testing.T) {
	t.Parallel()
	w := start(t, revocable)
	config := full(Object{"on_destroy": "abandon"})
	state := w.create(config)

	plan := w.Plan(kind, state, with(config, Object{"title": "New"}))
	if plan.Action != protocoltest.Replace {
		t.Errorf("planned %s", plan.Action)
	}
	count(t, plan.Diagnostics, 0, 1)
	says(t, plan.Diagnostics, "stays payable", "title", "https://pay.example/pl-1", "both be payable")

	after, diags := w.destroyed(state)
	count(t, diags, 0, 1)
	says(t, diags, "stays payable", "https://pay.example/pl-1")
	if w.calls(""); after.Exists() || w.bank.live() != 1 {
		t.Errorf("in state: %v; live: %d", after.Exists(), w.bank.live())
	}
}

// The policy that counts is the state's: written, but not yet applied, it does not.
func TestDestroyReadsThePolicyFromState(t *testing.T) {
	t.Parallel()
	w := start(t)
	state := w.create(full(Object{"on_destroy": "fail"}))
	if plan := w.Plan(kind, state, nil); !plan.HasError() {
		t.Error("no error")
	}
	state, plan, diags := w.ApplyConfig(state, kind, full(Object{"on_destroy": "abandon"}))
	if plan.Action != protocoltest.Update || len(diags) > 0 {
		t.Fatalf("%s: %s", plan.Action, diags)
	}
	if plan := w.Plan(kind, state, nil); plan.HasError() {
		t.Error(plan.Diagnostics)
	}
}

// A state from before there were policies still ends its link.
func TestDestroyWithoutPolicies(t *testing.T) {
	t.Parallel()
	w := start(t, revocable)
	_, diags := w.destroyed(without(t, w.create(full()), "on_destroy", "replace_when"))
	count(t, diags, 0, 0)
	w.calls("revoke=1")
}
