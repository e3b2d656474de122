package powens_test

import (
	"encoding/json"
	"testing"
	"time"

	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// positions are those of the switches that are no booleans.
var positions = map[string][]any{
	"token_lifetime":  {"30m", "1m"},
	"reference_id":    {"generated", "null", "omit", "later"},
	"redirect_off":    {"empty", "null", "omit"},
	"no_operator":     {"null", "omit", "empty"},
	"sensitive":       {"echo", "null", "omit"},
	"amount_form":     {"echo", "padded", "trimmed", "exponent"},
	"iban":            {"strict", "lax", "compact"},
	"revoked_at_form": {"plain", "rfc3339"},
	"read_delay":      {"0s", "3s"},
	"list_lag":        {"0s", "3s"},
}

// everySwitch lists the positions of every switch that the sandbox has.
func everySwitch(t *testing.T) map[string][]any {
	t.Helper()
	data, err := json.Marshal(powenssandbox.Switches{})
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	out := map[string][]any{}
	for name, value := range all {
		if _, ok := value.(bool); ok {
			out[name] = []any{false, true}
		} else if out[name] = positions[name]; out[name] == nil {
			t.Errorf("the positions of the switch %s are not tried", name)
		}
	}
	return out
}

// switched are configurations that the vendor takes in every position: no more than 10, and whole organisations.
var switched = map[string]object{
	"small": small(object{
		"amount": "9.50", "beneficiary_identity.org_name": "Acme SAS", "beneficiary_identity.org_legal_status": "SAS",
		"beneficiary_identity.org_hq_address": "Paris", "beneficiary_identity.org_business_address": "Lyon",
	}),
	"full": full(),
}

// TestSwitches: whatever the vendor leaves open, a link is created, refreshed and imported, and every plan is empty.
func TestSwitches(t *testing.T) {
	t.Parallel()
	for name, values := range everySwitch(t) {
		for _, value := range values {
			for shape, config := range switched {
				data, err := json.Marshal(object{name: value})
				if err != nil {
					t.Fatal(err)
				}
				t.Run(string(data)+" "+shape, func(t *testing.T) {
					t.Parallel()
					trySwitches(t, config, data, name == "sensitive" && value != "echo")
				})
			}
		}
	}
}

func trySwitches(t *testing.T, config object, positions []byte, hides bool) {
	b := newBench(t)
	if err := powenssandbox.From(b.Sandbox).SetSwitches(positions); err != nil {
		t.Fatal(err)
	}
	state := b.Create(config)
	b.RequireCalls("list", "create")
	state = b.RequireNoDrift(state, config)
	imported := b.taken(state.Text("id"))
	b.ResetCalls()
	if hides {
		imported = b.filled(imported, config)
	}
	b.RequireNoDrift(imported, config)
	b.ResetCalls()
	if _, diags := b.Destroy(state); len(diags) > 0 {
		t.Fatal(diags)
	}
	b.RequireCalls("revoke")
	b.RequirePayable(0)
}

// filled: what the import could not read goes from null to the configured value, in place, once, without a request.
func (b *bench) filled(imported protocoltest.State, config object) protocoltest.State {
	b.Helper()
	plan := b.Plan(imported, config)
	if plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 {
		b.Fatalf("plan after the import: %s because of %v, %s", plan.Action, plan.Because, plan.Diagnostics)
	}
	state, diags := b.Apply(plan)
	if len(diags) > 0 {
		b.Fatal(diags)
	}
	b.RequireCalls()
	for _, path := range tfconfig.LeafPaths(config) {
		if path != "amount" && !tfconfig.Equal(tfconfig.Lookup(config, path), state.Get(path)) {
			b.Errorf("%s is %v", path, state.Get(path))
		}
	}
	return state
}

// TestSwitchedLater: a vendor that changes its mind about the same link.
func TestSwitchedLater(t *testing.T) {
	t.Parallel()
	for name, values := range everySwitch(t) {
		for _, before := range values {
			for _, after := range values {
				data := func(value any) []byte {
					out, err := json.Marshal(object{name: value})
					if err != nil {
						t.Fatal(err)
					}
					return out
				}
				if before == after {
					continue
				}
				t.Run(string(data(before))+string(data(after)), func(t *testing.T) {
					t.Parallel()
					for _, config := range switched {
						b := newBench(t)
						if err := powenssandbox.From(b.Sandbox).SetSwitches(data(before)); err != nil {
							t.Fatal(err)
						}
						state := b.Create(config)
						if err := powenssandbox.From(b.Sandbox).SetSwitches(data(after)); err != nil {
							t.Fatal(err)
						}
						b.RequireNoDrift(state, config)
					}
				})
			}
		}
	}
}

// TestSwitchesTogether: all that is odd at once.
func TestSwitchesTogether(t *testing.T) {
	t.Parallel()
	for shape, config := range switched {
		t.Run(shape, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) {
				s.Created201, s.OmitDefaults, s.FillIssuer, s.ExtraFields, s.NullAttemptState, s.HideRevoked = true, true, true, true, true, true
				s.ReferenceID, s.RedirectOff, s.NoOperator, s.Sensitive, s.AmountForm, s.IBAN = "omit", "omit", "empty", "omit", "exponent", "compact"
			})
			state := b.Create(config)
			b.RequireNoDrift(state, config)
			b.ResetCalls()
			b.RequireNoDrift(b.filled(b.grabbed(state), config), config)
		})
	}
}

// grabbed is taken, and forgets the request.
func (b *bench) grabbed(state protocoltest.State) protocoltest.State {
	b.Helper()
	imported := b.taken(state.Text("id"))
	b.ResetCalls()
	return imported
}

// TestLateReference: a reference that the vendor makes with the first payment is no change (row 12).
func TestLateReference(t *testing.T) {
	t.Parallel()
	for _, written := range []any{nil, ""} {
		b := newBench(t)
		powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.ReferenceID = "later" })
		config := small(object{"reference_id": written})
		state := b.Create(config)
		state = b.RequireNoDrift(state, config)
		if err := powenssandbox.From(b.Sandbox).Reject(state.Text("id")); err != nil {
			t.Fatal(err)
		}
		state = b.RequireNoDrift(state, config)
		if written == nil && state.Get("reference_id") == nil {
			t.Error("the reference is not shown")
		}
	}
}

// TestSpacedIBAN is sent as it is written, and with a warning; the form that comes back is no change (row 22).
func TestSpacedIBAN(t *testing.T) {
	t.Parallel()
	const spaced = "fr14 2004 1010 0505 0001 3M02 606"
	b := newBench(t)
	powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.IBAN = "compact" })
	config := small(object{"beneficiary.identification": spaced})
	state, _, diags := b.ApplyConfig(protocoltest.State{}, config)
	if diags.HasError() || state.Text("beneficiary.identification") != spaced || powenssandbox.From(b.Sandbox).Links()[0].Beneficiary.Identification != spaced {
		t.Fatalf("%q %s", state.Text("beneficiary.identification"), diags)
	}
	b.RequireNoDrift(state, config)
}

// TestOutage: the state of the attempts comes and goes; no plan follows it (row 30).
func TestOutage(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	if err := powenssandbox.From(b.Sandbox).StartPayment(state.Text("id")); err != nil {
		t.Fatal(err)
	}
	b.Clock.Advance(time.Minute)
	for _, outage := range []bool{false, true, false} {
		powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.Outage = outage })
		state = b.RequireNoDrift(state, small())
		want := map[bool]string{false: "processing pending", true: "unknown unavailable"}[outage]
		if got := state.Text("state") + " " + state.Text("attempt_state"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
