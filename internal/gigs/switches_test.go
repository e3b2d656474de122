package gigs_test

import (
	"encoding/json"
	"strconv"
	"testing"

	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// positions are those of the switches that are no booleans.
var positions = map[string][]any{
	"second_active":   {"allow", "reject", "cancel"},
	"unknown_invoice": {"finalized", "not_found", "unprocessable"},
	"rate_limit":      {0, 2},
	"read_delay":      {"0s", "3s"},
	"list_lag":        {"0s", "3s"},
}

// without takes the payer out of a configuration: no import can show him.
var without = object{"ebanx.user": nil, "ebanx.user_wo": nil, "ebanx.user_wo_version": nil}

// TestSwitches: whatever the vendor leaves open, a link is created, refreshed and imported, and every plan is empty.
func TestSwitches(t *testing.T) {
	t.Parallel()
	for name, values := range everySwitch(t) {
		for _, value := range values {
			for shapeName, shape := range shapes {
				data, err := json.Marshal(object{name: value})
				if err != nil {
					t.Fatal(err)
				}
				t.Run(string(data)+" "+shapeName, func(t *testing.T) {
					t.Parallel()
					trySwitches(t, shape, data, name == "refuse_idempotency_keys" && value == true)
				})
			}
		}
	}
}

func trySwitches(t *testing.T, shape func(...object) object, positions []byte, keysRefused bool) {
	var settings object
	if keysRefused {
		settings = object{"idempotency_keys": false}
	}
	b := newBench(t, settings)
	gigssandbox.From(b.Sandbox).AddInvoice(invoiceID, "finalized")
	if err := gigssandbox.From(b.Sandbox).SetSwitches(positions); err != nil {
		t.Fatal(err)
	}
	// The vendor that adds a slash shows another address than was written: an import takes the vendor's.
	for _, redirect := range []object{{}, {"ebanx.redirect_url": "https://example.com"}} {
		config := shape(redirect)
		state := b.Create(config)
		state = b.RequireNoDrift(state, config)
		imported, diags := b.ImportByID(state.Text("id"))
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		if len(redirect) == 0 {
			redirect = object{"ebanx.redirect_url": imported.Get("ebanx.redirect_url")}
		}
		b.RequireNoDrift(imported, shape(redirect, without))
		if err := gigssandbox.From(b.Sandbox).Cancel(state.Text("id")); err != nil { // for where a second active link is refused
			t.Fatal(err)
		}
	}
}

// everySwitch lists each switch of the sandbox with its positions, so that a new one cannot be forgotten.
func everySwitch(t *testing.T) map[string][]any {
	t.Helper()
	data, err := json.Marshal(gigssandbox.From(newBench(t).Sandbox).Switches())
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

// TestSwitchesFlipped: the vendor changes its ways between a create and a refresh, as deployments do.
func TestSwitchesFlipped(t *testing.T) {
	t.Parallel()
	for name, values := range everySwitch(t) {
		for i := range values {
			before, after := values[i], values[(i+1)%len(values)]
			for shapeName, shape := range shapes {
				t.Run(name+" "+strconv.Itoa(i)+" "+shapeName, func(t *testing.T) {
					t.Parallel()
					var settings, change object
					if name == "refuse_idempotency_keys" {
						settings = object{"idempotency_keys": false}
					}
					if name == "trailing_slash" && shapeName != "minimal" { // "/a" and "/a/" are two addresses, "" and "/" one
						change = object{"ebanx.redirect_url": "https://example.com"}
					}
					b := newBench(t, settings)
					gigssandbox.From(b.Sandbox).AddInvoice(invoiceID, "finalized")
					set := func(value any) {
						data, err := json.Marshal(object{name: value})
						if err == nil {
							err = gigssandbox.From(b.Sandbox).SetSwitches(data)
						}
						if err != nil {
							t.Fatal(err)
						}
					}
					set(before)
					state := b.Create(shape(change))
					set(after)
					b.RequireNoDrift(state, shape(change))
				})
			}
		}
	}
}

// TestFractions: the other spelling of a moment is not a change: the state keeps the one that it had.
func TestFractions(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	gigssandbox.From(b.Sandbox).Set(func(s *gigssandbox.Switches) { s.Fractions = true })
	state := b.Create(stored())
	spelled := map[bool]int{}
	for range 4 {
		fresh, diags := b.Refresh(state)
		if len(diags) > 0 || !fresh.Raw.Equal(state.Raw) {
			t.Errorf("the state has changed: %s to %s %s", state.Text("created_at"), fresh.Text("created_at"), diags)
		}
		imported, _ := b.ImportByID(state.Text("id"))
		text := imported.Text("created_at")
		spelled[len(text) > len("2006-01-02T15:04:05Z")]++
		state = fresh
		if _, diags := b.Refresh(state); len(diags) > 0 { // an odd number of answers, so that the spelling alternates
			t.Error(diags)
		}
	}
	if spelled[true] == 0 || spelled[false] == 0 {
		t.Errorf("one spelling only: %v", spelled)
	}
}

// TestSwitchesTogether: all that is odd at once.
func TestSwitchesTogether(t *testing.T) {
	t.Parallel()
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			gigssandbox.From(b.Sandbox).Set(func(s *gigssandbox.Switches) {
				s.CreateOK, s.TrailingSlash, s.Fractions, s.OmitNulls, s.ExtraFields, s.CheckDigits = true, true, true, true, true, true
			})
			config := shape(object{"ebanx.redirect_url": "https://example.com"})
			state := b.RequireNoDrift(b.Create(config), config)
			imported, diags := b.ImportByID(state.Text("id"))
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			b.RequireNoDrift(imported, tfconfig.Changed(config, without))
		})
	}
}
