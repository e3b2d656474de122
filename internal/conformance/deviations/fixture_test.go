package deviations_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// fixture is a sandbox and a provider that many cases share.
type fixture struct {
	*acctest.Harness
	d descriptor.Descriptor
	// links are what the cases read, made again now and then: they expire, and the clock goes on while a provider waits.
	links *links
}

type links struct {
	made   time.Time
	states []protocoltest.State
}

func newFixture(t *testing.T, d descriptor.Descriptor) *fixture {
	t.Helper()
	vendor := acctest.Of(d)
	vendor.IgnoredOperation = ""
	h := vendor.Start(t, nil)
	h.StartProvider(nil)
	return &fixture{Harness: h, d: d, links: &links{}}
}

// Subtest is the same fixture for a subtest.
func (f *fixture) Subtest(t *testing.T) *fixture {
	out := *f
	out.Harness = f.Harness.Subtest(t)
	return &out
}

// second and third are configurations of links beside the first.
func (f *fixture) second(config descriptor.Object) descriptor.Object { return f.copy(config, "second") }
func (f *fixture) third(config descriptor.Object) descriptor.Object  { return f.copy(config, "third") }

func (f *fixture) copy(config descriptor.Object, unique string) descriptor.Object {
	if f.d.Unique == "" {
		return config
	}
	return tfconfig.With(config, f.d.Unique, unique)
}

// make makes a link that is older than a minute afterwards.
func (f *fixture) make(config descriptor.Object) protocoltest.State {
	f.Helper()
	state, _, diags := f.Server.ApplyConfig(protocoltest.State{}, f.d.ResourceType(), config)
	if !state.Exists() {
		f.Fatalf("create: %s", diags)
	}
	f.Clock.Advance(2 * time.Minute)
	return state
}

// read are two links that exist, and have been for more than a minute.
func (f *fixture) read(config descriptor.Object) []protocoltest.State {
	f.Helper()
	if f.links.states == nil || f.Clock.Now().Sub(f.links.made) > 20*time.Minute {
		f.clear()
		f.links.states = nil
		for _, config := range []descriptor.Object{config, f.second(config)} {
			f.links.states = append(f.links.states, f.RequireNoDrift(f.make(config), config))
		}
		f.links.made = f.Clock.Now()
	}
	return f.links.states
}

// isRead reports whether a state is one that read has made, of which plan and refresh are known to be empty.
func (f *fixture) isRead(state protocoltest.State) bool {
	return slices.ContainsFunc(f.links.states, func(s protocoltest.State) bool {
		return s.Raw.Equal(state.Raw) && bytes.Equal(s.Private, state.Private)
	})
}

// live are the ids of the links at the vendor that have not ended.
func (f *fixture) live() []string {
	ids := []string{}
	for _, l := range f.Sandbox.Overview() {
		waiting := f.d.Activation != nil && l.Status == f.d.Activation.Waiting
		if l.Vendor == f.d.Name && (l.Payable || waiting) {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// clear leaves no link at the vendor.
func (f *fixture) clear() {
	f.Helper()
	f.links.states = nil
	for _, l := range f.Sandbox.Overview() {
		if l.Vendor == f.d.Name {
			f.Sandbox.Simulate(l.ID, "delete")
		}
	}
}

// deviate lets a call's answers deviate until the returned function is called.
func (f *fixture) deviate(call, pointer, value string) (remove func()) {
	return f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: call, Kind: fault.Deviate, Pointer: pointer, Value: value})
}

// lost are the dotted paths of what a state had and has no more.
func lost(before, after protocoltest.State) []string {
	var out []string
	was, now := before.Attributes(), after.Attributes()
	for _, path := range tfconfig.LeafPaths(was) {
		if tfconfig.Lookup(was, path) != nil && tfconfig.Lookup(now, path) == nil {
			out = append(out, path)
		}
	}
	return out
}

// differing are the dotted paths of what two states hold otherwise.
func differing(before, after protocoltest.State) []string {
	was, is := before.Attributes(), after.Attributes()
	var out []string
	for _, path := range slices.Concat(tfconfig.LeafPaths(was), tfconfig.LeafPaths(is)) {
		if a, b := tfconfig.Lookup(was, path), tfconfig.Lookup(is, path); !tfconfig.Equal(a, b) && !slices.Contains(out, path) {
			out = append(out, path)
		}
	}
	return out
}
