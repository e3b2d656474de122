package drivertest

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Switches is what there is to know of the sandbox's switches, each of which is one thing that the vendor's documents leave open.
// Positions are written as JSON: `{"wrap_get":true}`.
type Switches struct {
	// Shapes are configurations that the vendor takes in every position; nil for those of the harness.
	Shapes []Shape
	// Settings are the provider's that a position needs.
	Settings map[string]Object
	// Refused are the shapes' names that the vendor refuses in a position.
	Refused map[string]string
	// Hidden are positions in which an import cannot read everything that the configuration says.
	Hidden []string
	// Drift are positions that show another link than was made: coming from any other they are no case here.
	Drift []string
	// Doubt are positions in which the vendor shows another spelling than was sent, so that a link whose create was not answered is
	// named, and not taken over.
	Doubt []string
	// Blind are positions in which nothing tells when an active link ends, so that its destroy is announced as one that may be refused.
	Blind []string
	// Together is all that is odd, at once.
	Together string
}

// Whatever the vendor leaves open, a link is created, refreshed, imported and ended, every plan is empty, and a link whose create
// was not answered is found by its content. The vendor may also change its ways meanwhile.
func testSwitches(t *testing.T, h Harness) {
	defaults, positions := everyPosition(t, h)
	shapes := h.Switches.Shapes
	if shapes == nil {
		shapes = h.Shapes
	}
	if h.Switches.Together == "" {
		t.Error("nothing is said of all that is odd at once")
	}
	for _, shape := range shapes {
		for _, position := range append(positions, "{}", h.Switches.Together) {
			if h.Switches.Refused[position] == shape.Name {
				continue
			}
			t.Run(shape.Name+" "+position, func(t *testing.T) {
				t.Parallel()
				f := h.Start(t, h.Switches.Settings[position])
				if h.Prepare != nil {
					h.Prepare(f)
				}
				f.Switch(position)
				f.liveUnder(shape.Config, position, func(f *Fixture, state protocoltest.State, config Object) {
					f.flip(state, config, position, defaults, positions)
				})
			})
		}
	}
}

// liveUnder takes a link through its life.
func (f *Fixture) liveUnder(config Object, position string, meanwhile func(*Fixture, protocoltest.State, Object)) {
	f.Helper()
	config = f.Fresh(config)
	hidden := len(f.d.NeverReturned) > 0 || slices.Contains(f.h.Switches.Hidden, position) || position == f.h.Switches.Together
	state := f.Create(config)
	f.RequireCalls(f.createCalls()...)
	meanwhile(f, state, config)
	state = f.RequireNoDrift(state, config)
	f.fillIn(f.Import(state.Text("id")), config, hidden)

	if f.d.Activation != nil {
		active := tfconfig.With(config, "activate", true)
		after, _, diags := f.ApplyConfig(state, active)
		if len(diags) > 0 || after.Text("status") != f.d.Activation.Active {
			f.Fatalf("activation: %s %s", after.Text("status"), diags)
		}
		state = f.RequireNoDrift(after, active)
	}
	f.Clock.Advance(newLinkGrace + 2*f.d.Lifetime) // what is active expires, so that it can be ended
	if _, diags := f.Destroy(state); diags.HasError() || f.d.Operations.Revoke != "" && len(diags) > 0 && !slices.Contains(f.h.Switches.Blind, position) {
		f.Fatalf("destroy: %s", diags)
	}
	if f.d.Operations.Revoke == "" { // a second link for the same may be refused
		f.end(state.Text("id"))
	}
	f.RequireLive(0)
	if f.adoptsLinks() {
		f.adoptUnder(f.Fresh(config), position)
	}
}

// end brings a link into a state in which nobody can pay it any more, behind the provider's back: not paid, where there is one.
func (f *Fixture) end(id string) {
	f.Helper()
	var ended lifecycle.Row
	for _, row := range f.d.Lifecycle.Rows {
		if row.State.IsEnded() && !row.Gone() && (ended.State == "" || row.State != lifecycle.Paid) {
			ended = row
		}
	}
	if err := f.d.Bring(f.API(), id, ended.Situations()[0], f.Clock.Now()); err != nil {
		f.Fatal(err)
	}
}

// adoptsLinks reports whether a lost create can be looked for, in the vendor's list, because no key makes it be sent again.
func (f *Fixture) adoptsLinks() bool { return f.d.List != nil && !f.alwaysKeyed() }

// alwaysKeyed reports whether creates carry an idempotency key under all settings.
func (f *Fixture) alwaysKeyed() bool { return f.d.IdempotencyKey && f.withoutKeys() == nil }

// adoptUnder loses the answer to a create, so that the link is looked for.
func (f *Fixture) adoptUnder(config Object, position string) {
	f.Helper()
	f.Server = f.NewProvider(f.h.Switches.Settings[position], f.withoutKeys())
	f.Sandbox.Inject(fault.Fault{Op: f.d.Operations.Create, Kind: fault.Drop, After: true})
	state, _, diags := f.ApplyConfig(protocoltest.State{}, config)
	if slices.Contains(f.h.Switches.Doubt, position) && diags.HasError() {
		links := f.API().Overview()
		f.RequireErrors(diags, "", "may exist", "1 link ", links[len(links)-1].ID)
		return
	}
	f.RequireAdopted(state, config, diags)
}

// withoutKeys are settings under which creates carry no idempotency key that the vendor heeds; nil where they never do.
func (f *Fixture) withoutKeys() Object {
	for _, v := range f.d.Variants {
		if v.NoIdempotencyKey {
			return v.Settings
		}
	}
	return nil
}

// flip has the vendor change its ways after a create, to each other position of the same switch or, from the default, of every
// switch. The plan stays empty.
func (f *Fixture) flip(state protocoltest.State, config Object, position string, defaults Object, positions []string) {
	f.Helper()
	name := switchOf(position)
	if position == f.h.Switches.Together || slices.Contains(f.h.Switches.Drift, position) {
		return
	}
	others := positions
	if name != "" {
		others = slices.DeleteFunc(append(slices.Clone(positions), encode(Object{name: defaults[name]})), func(other string) bool {
			return switchOf(other) != name || other == position
		})
	}
	for _, other := range others {
		if slices.Contains(f.h.Switches.Drift, other) {
			continue
		}
		f.Switch(other)
		f.RequireNoDrift(state, config)
		f.Switch(encode(Object{switchOf(other): defaults[switchOf(other)]}))
	}
	f.Switch(position)
}

// switchOf is the switch of a position of one; "" for the default of all.
func switchOf(position string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(position, `{"`), `"`)
	return strings.TrimPrefix(name, "{}")
}

// everyPosition returns the defaults of all switches, and every position of one switch that is not its default, but for those in
// which the vendor makes no link that may stay.
func everyPosition(t *testing.T, h Harness) (defaults Object, positions []string) {
	t.Helper()
	switches := h.Start(t).API().Switches()
	data, err := json.Marshal(switches)
	if err == nil {
		err = json.Unmarshal(data, &defaults)
	}
	if err != nil {
		t.Fatal(err)
	}
	values := valuesOf(reflect.TypeOf(switches))
	for _, name := range slices.Sorted(maps.Keys(defaults)) {
		for _, value := range values[name] {
			position := encode(Object{name: value})
			if !reflect.DeepEqual(value, defaults[name]) && !slices.Contains(slices.Collect(maps.Values(h.Descriptor.OtherMoney)), position) {
				positions = append(positions, position)
			}
		}
	}
	return defaults, positions
}

// valuesOf are the values to try of each switch, as JSON has them.
func valuesOf(switches reflect.Type) map[string][]any {
	out := map[string][]any{}
	for i := range switches.NumField() {
		field := switches.Field(i)
		name := field.Tag.Get("json")
		switch {
		case field.Type == reflect.TypeFor[vendorapi.Delays]():
			for each := range valuesOf(field.Type) {
				out[each] = []any{"3s"}
			}
		case field.Anonymous:
			maps.Copy(out, valuesOf(field.Type))
		case field.Type == reflect.TypeFor[vendorapi.Duration]():
			out[name] = []any{"1m0s"}
		case field.Type.Kind() == reflect.Bool:
			out[name] = []any{true, false}
		case field.Type.Kind() == reflect.Uint:
			out[name] = []any{2.0}
		default:
			for value := range strings.SplitSeq(field.Tag.Get("values"), "|") {
				out[name] = append(out[name], value)
			}
		}
	}
	return out
}

func encode(v Object) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}
