package qonto_test

import (
	"encoding/json"
	"strconv"
	"testing"

	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
)

// positions are those of the switches that are no booleans.
var positions = map[string][]any{
	"amount_scale":        {"two", "verbatim", "trimmed"},
	"omitted_item_fields": {"omit", "null", "defaults"},
	"read_delay":          {"0s", "3s"},
	"list_lag":            {"0s", "3s"},
}

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
					trySwitches(t, shape(), data, name == "vat_fraction" && value == true)
				})
			}
		}
	}
}

func trySwitches(t *testing.T, config object, positions []byte, fraction bool) {
	settings := object{}
	if fraction {
		settings["vat_rate_unit"] = "fraction"
	}
	b := newBench(t, settings)
	qontosandbox.From(b.Sandbox).AddInvoice(invoiceID)
	if err := qontosandbox.From(b.Sandbox).SetSwitches(positions); err != nil {
		t.Fatal(err)
	}
	state := b.Create(config)
	b.RequireCalls("create")
	state = b.RequireNoDrift(state, config)
	imported, diags := b.ImportByID(state.Text("id"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	b.RequireNoDrift(imported, config)
	if _, diags := b.Destroy(state); len(diags) > 0 {
		t.Fatal(diags)
	}
	b.RequirePayable(0)
}

// everySwitch lists each switch of the sandbox with its positions, so that a new one cannot be forgotten.
func everySwitch(t *testing.T) map[string][]any {
	t.Helper()
	b := newBench(t)
	data, err := json.Marshal(qontosandbox.From(b.Sandbox).Switches())
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
		if name == "vat_fraction" { // a refresh that shows other rates is a change indeed
			continue
		}
		for i := range values {
			before, after := values[i], values[(i+1)%len(values)]
			for shapeName, shape := range shapes {
				t.Run(name+" "+strconv.Itoa(i)+" "+shapeName, func(t *testing.T) {
					t.Parallel()
					b := newBench(t)
					qontosandbox.From(b.Sandbox).AddInvoice(invoiceID)
					set := func(value any) {
						data, err := json.Marshal(object{name: value})
						if err == nil {
							err = qontosandbox.From(b.Sandbox).SetSwitches(data)
						}
						if err != nil {
							t.Fatal(err)
						}
					}
					set(before)
					state := b.Create(shape())
					set(after)
					b.RequireNoDrift(state, shape())
				})
			}
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
			qontosandbox.From(b.Sandbox).Set(func(s *qontosandbox.Switches) {
				s.WrapGet, s.ZeroExpiration, s.ReorderMethods, s.TrimVATRate, s.OmitOtherShape, s.ExtraFields = true, true, true, true, true, true
				s.AmountScale, s.OmittedItemFields = "trimmed", "defaults"
			})
			state := b.Create(shape())
			if got := state.Get("expiration_date"); got != nil {
				t.Errorf("expiration_date %v, want null for the year 1", got)
			}
			state = b.RequireNoDrift(state, shape())
			imported, diags := b.ImportByID(state.Text("id"))
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			b.RequireNoDrift(imported, shape())
		})
	}
}
