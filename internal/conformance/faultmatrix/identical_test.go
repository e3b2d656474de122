package faultmatrix_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// copies is how many links of the same content are declared.
const copies = 5

// lossy are what goes wrong with some of the creates.
var lossy = map[string][]fault.Fault{
	"answers lost":          {{Kind: fault.Drop, After: true, Skip: 1, Times: 2}},
	"requests lost":         {{Kind: fault.Drop, Skip: 1, Times: 2}},
	"one of each":           {{Kind: fault.Drop, After: true, Times: 1}, {Kind: fault.Drop, Times: 1}, {Kind: fault.Truncate, Skip: 1, Times: 1}},
	"failed, done and not":  {{Status: 500, After: true, Times: 2}, {Status: 503, Skip: 1, Times: 1}},
	"every answer lost":     {{Kind: fault.HTML, After: true, Times: copies}},
	"busy":                  {{Kind: fault.TooMany, Times: 3}},
	"failed, and list lags": {{Status: 500, After: true, Times: 2}},
}

// identicalFixture is a vendor that does not mind a second link of the same content.
type identicalFixture struct {
	*acctest.Harness
	vendorVariant
}

// forEachVariant runs a test for every vendor and variant.
func forEachVariant(t *testing.T, test func(*identicalFixture)) {
	t.Parallel()
	for _, v := range variants() {
		if v.Operations.List == "" {
			continue // a lost create can be looked for nowhere
		}
		t.Run(v.title(), func(t *testing.T) {
			t.Parallel()
			test((&identicalFixture{vendorVariant: v}).again(t))
		})
	}
}

// again is the same with a sandbox and a provider of its own, for a subtest.
func (f *identicalFixture) again(t *testing.T) *identicalFixture {
	t.Helper()
	out := &identicalFixture{f.start(t, nil, false), f.vendorVariant}
	out.setSwitches(out.Harness, f.AllowDuplicates)
	out.StartProvider(nil, f.Variant.Settings)
	return out
}

// nth is the configuration of one of the copies: what must be unique differs, and all else is the same.
func (f *identicalFixture) nth(i int) object { return f.copy(fmt.Sprintf("invoice-%d", i)) }

// duplicate makes a link of the same content for somebody else.
func (f *identicalFixture) duplicate(config object) string {
	f.Helper()
	state, _, diags := f.NewProvider(f.Variant.Settings).ApplyConfig(protocoltest.State{}, f.ResourceType(), config)
	if f.Record(diags).HasError() {
		f.Fatal(diags)
	}
	return state.Text("id")
}

// `count = 5` of one content, made at once while something goes wrong with some: five links, five ids, none shared, and none
// of somebody else's.
func TestIdenticalLinksAreNotConfused(t *testing.T) {
	forEachVariant(t, func(f *identicalFixture) {
		for name, faults := range lossy {
			if f.ForgetsKeys && !strings.HasPrefix(name, "failed") { // its key is good where there was no answer
				continue
			}
			f.Run(name, func(t *testing.T) {
				t.Parallel()
				for mayBe := 2; f.again(t).inDoubt(faults, strings.HasSuffix(name, "lags"), mayBe > 0); mayBe-- {
					t.Log("once more: a link's time was in doubt")
				}
			})
		}
	})
}

// inDoubt makes the copies, and reports whether one could not be told from somebody else's by its time. The copies share a clock that moves
// on when one of them waits, also while another's request is under way: what the vendor's Date tells is worth less then than at a real
// clock. Such a doubt names each link that is in no state. If it may not be, it fails the test.
func (f *identicalFixture) inDoubt(faults []fault.Fault, lags, mayBe bool) bool {
	f.Helper()
	foreign := []string{f.duplicate(f.nth(0)), f.duplicate(f.nth(1))}
	f.Clock.Advance(10 * time.Second) // long enough for them to be listed
	if lags {
		f.setSwitches(f.Harness, `{"list_lag":"5s"}`)
	}
	for _, injected := range faults {
		injected.Vendor, injected.Op = f.Descriptor.Name, f.Operations.Create
		f.Sandbox.Inject(injected)
	}
	states, said := f.applyAll(make([]protocoltest.State, copies))
	held := slices.Sorted(slices.Values(slices.Concat(ids(states), foreign)))
	if len(slices.Compact(slices.Clone(held))) < len(held) {
		f.Errorf("a link is in two states, or in one and somebody else's: %q, somebody else's %q", ids(states), foreign)
	}
	lost := slices.DeleteFunc(f.live(f.Harness), func(id string) bool { return slices.Contains(held, id) })
	unnamed := slices.DeleteFunc(slices.Clone(lost), func(id string) bool { return strings.Contains(said, id) })
	if len(lost) > 0 && (len(unnamed) > 0 || !mayBe) {
		f.Errorf("%q were made, and are in no state: %s", lost, said)
	}
	if len(lost) > 0 {
		return !f.Failed()
	}
	f.Server = f.NewProvider(f.Variant.Settings) // the next apply, of what failed
	f.Clock.Advance(time.Minute)
	states, _ = f.applyAll(states)
	f.requireDistinct(states, foreign)
	return false
}

// applyAll creates what is not in state yet, all at once, and returns the errors, too.
func (f *identicalFixture) applyAll(states []protocoltest.State) (_ []protocoltest.State, said string) {
	f.Helper()
	out := slices.Clone(states)
	errors := make([]protocoltest.Diagnostics, len(states))
	var group sync.WaitGroup
	for i := range out {
		if out[i].Exists() {
			continue
		}
		group.Go(func() {
			state, _, diags := f.ApplyConfig(protocoltest.State{}, f.nth(i))
			out[i] = state
			if state.Exists() == diags.HasError() {
				f.Errorf("in state: %t, %s", state.Exists(), diags)
			}
			errors[i] = diags.Errors()
		})
	}
	group.Wait()
	return out, slices.Concat(errors...).String()
}

func ids(states []protocoltest.State) []string {
	var out []string
	for _, state := range states {
		if state.Exists() {
			out = append(out, state.Text("id"))
		}
	}
	return out
}

// requireDistinct: each copy has a link of its own, those of others are nobody's, and there are no more.
func (f *identicalFixture) requireDistinct(states []protocoltest.State, foreign []string) {
	f.Helper()
	mine := ids(states)
	all := slices.Sorted(slices.Values(slices.Concat(mine, foreign)))
	live := slices.Sorted(slices.Values(f.live(f.Harness)))
	if len(mine) != copies || !slices.Equal(all, live) {
		f.Errorf("in state %q, somebody else's %q, live %q", mine, foreign, live)
	}
}

// Where two links could be what the create left behind, both are named and none is taken.
func TestTwoCandidatesAreReported(t *testing.T) {
	forEachVariant(t, func(f *identicalFixture) {
		if f.keyed() {
			return // the key tells, or the look after a 5xx: TestIdenticalLinksAreNotConfused
		}
		f.Create(f.With(f.Payer, f.Change)) // before which the vendor's links are noted, where that is needed
		foreign := f.duplicate(f.config)    // in the same second, or since what exists was noted
		f.ResetCalls()
		f.Sandbox.Inject(fault.Fault{Vendor: f.Descriptor.Name, Op: f.Operations.Create, Kind: fault.Drop, After: true})
		state, _, diags := f.ApplyConfig(protocoltest.State{}, f.config)
		if state.Exists() {
			f.Errorf("in state: %q, somebody else's is %q", state.Text("id"), foreign)
		}
		live := f.live(f.Harness)
		f.RequireErrors(diags, "", append(live[len(live)-2:], "2 links", "may be the one")...)
		if n := f.CallCount(f.Operations.Create); n != 1 {
			f.Errorf("%d creates", n)
		}
	})
}

// A link of the same content that was there before is not what a lost create left behind.
func TestEarlierDuplicateIsNotAdopted(t *testing.T) {
	forEachVariant(t, func(f *identicalFixture) {
		foreign := f.duplicate(f.config)
		f.Clock.Advance(3 * time.Second)
		f.Sandbox.Inject(fault.Fault{Vendor: f.Descriptor.Name, Op: f.Operations.Create, Kind: fault.Drop})
		state, _, diags := f.ApplyConfig(protocoltest.State{}, f.config)
		f.RequireErrors(diags, "", "may exist", "No matching link")
		if state.Exists() || strings.Contains(diags.String(), foreign) {
			f.Errorf("in state %q, somebody else's is %q: %s", state.Text("id"), foreign, diags)
		}
	})
}

// Two links that differ in one argument that an answer may leave out, fill in or hide, made at once: one is refused with 503 while the
// answer about the other is on its way. Whichever it hits, it does not take over the other's link. All pairs are made at once: the tests
// that run beside each other, some by the clock, come after it.
func TestLookAlikesAreNotConfused(t *testing.T) {
	for _, d := range descriptor.All() {
		if d.Operations.List == "" || d.Unique != "" { // which no two links share
			continue
		}
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			v := vendorVariant{Descriptor: d}
			schema := v.start(t, nil, false)
			schema.StartProvider(nil)
			tried := map[string]bool{}
			var pairs sync.WaitGroup
			for _, shape := range slices.Sorted(maps.Keys(d.Shapes)) {
				for _, path := range schema.Server.Arguments(d.ResourceType()) {
					with := d.Shapes[shape]
					for what, other := range lookAlikes(schema.Server.AttributeAt(d.ResourceType(), path), with, path) {
						name := path + " " + what
						if tried[name] || schema.Server.Validate(d.ResourceType(), with).HasError() || schema.Server.Validate(d.ResourceType(), other).HasError() {
							continue
						}
						tried[name] = true
						pairs.Go(func() { testLookAlikes(t, v, name, with, other) }) // they wait, most of the time
					}
				}
			}
			pairs.Wait()
			if len(tried) == 0 {
				t.Error("no two configurations differ in one optional argument: add one to the descriptor's Shapes")
			}
		})
	}
}

// lookAlikes are the configurations that differ in one argument: without it, and of a sensitive text with another one.
func lookAlikes(a *tfprotov6.SchemaAttribute, with object, path string) map[string]object {
	value := tfconfig.Lookup(with, path)
	if value == nil || !a.Optional && !a.Sensitive || a.WriteOnly {
		return nil
	}
	out := map[string]object{"left out": tfconfig.With(with, path, nil)}
	if text, ok := value.(string); ok && a.Sensitive {
		out["another"] = tfconfig.With(with, path, text[:len(text)-1]+"x")
	}
	return out
}

func testLookAlikes(t *testing.T, v vendorVariant, name string, one, other object) {
	h := v.start(t, clock.System{}, false)
	h.StartProvider(object{"request_timeout": "5s"})
	create := fault.Fault{Vendor: v.Descriptor.Name, Op: v.Operations.Create, Times: 1}
	slow, refused := create, create
	slow.Kind, slow.After, slow.Delay = fault.Drip, true, 100*time.Microsecond
	refused.Status, refused.Skip = http.StatusServiceUnavailable, 1
	h.Sandbox.Inject(refused)
	h.Sandbox.Inject(slow)
	states, diags := make([]protocoltest.State, 2), make([]protocoltest.Diagnostics, 2)
	var group sync.WaitGroup
	for i, config := range []object{one, other} {
		group.Go(func() { states[i], _, diags[i] = h.ApplyConfig(protocoltest.State{}, config) })
	}
	group.Wait()
	in, live := ids(states), v.live(h)
	slices.Sort(in)
	if len(slices.Compact(slices.Clone(in))) != len(in) || len(live) != len(in) || strings.Contains(diags[0].String()+diags[1].String(), "Adopted") {
		t.Errorf("%s: in state %q, live %q: %s%s", name, in, live, diags[0], diags[1])
	}
}
