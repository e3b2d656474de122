package conomy_test

import (
	"encoding/json"
	"strconv"
	"testing"
	"time"

	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// positions are those of the switches that are no booleans, the default last.
var positions = map[string][]any{
	"refused_status": {"400", "409", "422"},
	"amount_scale":   {"two", "trimmed", "verbatim"},
	"customer":       {"null", "omit", "echo"},
	"omitted_fields": {"null", "empty", "omit"},
	"key_status":     {"401", "403"},
	"error_shape":    {"former", "gateway", "current"},
	"read_delay":     {"3s", "0s"},
	"list_lag":       {"3s", "0s"},
	"token_lifetime": {"30s", "1h0m0s"},
}

// refusesSmall are the positions in which the vendor refuses a link that names only what is required.
var refusesSmall = map[string]bool{`{"strict_account":true}`: true}

// TestSwitches: whatever the vendor leaves open, a link is created, refreshed, activated and imported, and every plan is
// empty.
func TestSwitches(t *testing.T) {
	t.Parallel()
	for name, values := range everySwitch(t) {
		for _, value := range values[:max(1, len(values)-1)] { // the last is what every other test runs on
			for shapeName, shape := range shapes {
				data := positioned(t, name, value)
				if shapeName == "small" && refusesSmall[string(data)] {
					continue
				}
				t.Run(string(data)+" "+shapeName, func(t *testing.T) {
					t.Parallel()
					trySwitches(t, shape, data)
				})
			}
		}
	}
}

func trySwitches(t *testing.T, shape func(...object) object, positions []byte) {
	config := shape(object{"activate": nil})
	b := newBench(t)
	if err := conomysandbox.From(b.Sandbox).SetSwitches(positions); err != nil {
		t.Fatal(err)
	}
	state := b.Create(config)
	b.RequireCalls("create")
	state = b.RequireNoDrift(state, config)
	imported, diags := b.ImportByID(state.Text("id"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if string(positions) == `{"customer":"null"}` || string(positions) == `{"customer":"omit"}` {
		imported = b.filledIn(imported, config)
	}
	b.RequireNoDrift(imported, config)

	active := shape(object{"activate": true})
	state, _, diags = b.ApplyConfig(state, active)
	if len(diags) > 0 || state.Text("status") != "ACTIVE" {
		t.Fatalf("activation: %s %s", state.Text("status"), diags)
	}
	state = b.RequireNoDrift(state, active)
	b.Clock.Advance(48 * time.Hour) // expired, so that it can be deleted
	if _, diags := b.Destroy(state); len(diags) > 0 {
		t.Fatal(diags)
	}
}

// filledIn is an imported link whose customer the vendor hid, after the one apply that fills it in, in place.
func (b *bench) filledIn(imported protocoltest.State, config object) protocoltest.State {
	b.Helper()
	if config["customer"] == nil {
		return imported
	}
	before := len(b.Sandbox.Requests())
	plan := b.Plan(imported, config)
	if plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 {
		b.Fatalf("plan after the import: %s because of %v %s", plan.Action, plan.Because, plan.Diagnostics)
	}
	state, diags := b.Apply(plan)
	if len(diags) > 0 {
		b.Fatal(diags)
	}
	if n := len(b.Sandbox.Requests()); n != before {
		b.Errorf("%d requests", n-before)
	}
	return state
}

// everySwitch lists each switch of the sandbox with its positions, so that a new one cannot be forgotten.
func everySwitch(t *testing.T) map[string][]any {
	t.Helper()
	b := newBench(t)
	data, err := json.Marshal(conomysandbox.From(b.Sandbox).Switches())
	if err != nil {
		t.Fatal(err)
	}
	var defaults object
	if err := json.Unmarshal(data, &defaults); err != nil {
		t.Fatal(err)
	}
	out := map[string][]any{}
	for name, value := range defaults {
		if _, ok := value.(bool); ok {
			out[name] = []any{true, false}
			continue
		}
		if out[name] = positions[name]; len(out[name]) == 0 {
			t.Fatalf("which positions does the switch %s have?", name)
		}
	}
	return out
}

func positioned(t *testing.T, name string, value any) []byte {
	t.Helper()
	data, err := json.Marshal(object{name: value})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSwitchesFlipped: the vendor changes its ways between a create and a refresh, as deployments do.
func TestSwitchesFlipped(t *testing.T) {
	t.Parallel()
	for name, values := range everySwitch(t) {
		for i := range values {
			before, after := values[i], values[(i+1)%len(values)]
			t.Run(name+" "+strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				set := func(value any) {
					if err := conomysandbox.From(b.Sandbox).SetSwitches(positioned(t, name, value)); err != nil {
						t.Fatal(err)
					}
				}
				config := full(object{"activate": nil})
				set(before)
				state := b.Create(config)
				set(after)
				b.RequireNoDrift(state, config)
			})
		}
	}
}

// TestSwitchesTogether: all that is odd at once.
func TestSwitchesTogether(t *testing.T) {
	t.Parallel()
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			conomysandbox.From(b.Sandbox).Set(func(s *conomysandbox.Switches) {
				s.DestinationName, s.FillAccount, s.FillOwner, s.ReorderSets, s.NullDestinationType = true, true, true, true, true
				s.ExtraFields, s.CreateOK, s.DeleteOK, s.CreatedActive = true, true, true, true
				s.AmountScale, s.OmittedFields = "two", "empty"
			})
			config := shape(object{"activate": nil})
			state := b.Create(config)
			if state.Get("activate") != true || state.Text("destinations.0.type") != "ACCOUNT" {
				t.Errorf("activate %v, type %q", state.Get("activate"), state.Text("destinations.0.type"))
			}
			state = b.RequireNoDrift(state, config)
			imported, diags := b.ImportByID(state.Text("id"))
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			b.RequireNoDrift(imported, config)
		})
	}
}
