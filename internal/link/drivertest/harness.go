// Package drivertest is the conformance suite that a vendor's own package runs with one call: Run. It knows no vendor; what it
// has to know stands in a Harness, as data. Beside it are what every vendor's fuzz target (Mapping) and benchmark (BenchmarkPage)
// ask.
//
// What is the same for every vendor under every configuration is tested once, over all vendors, in internal/conformance: faults of
// all calls, statuses, lists, data sources, actions, other accounts. Here is what depends on a vendor's own arguments, settings,
// answers and refusals.
package drivertest

import (
	"slices"
	"sync"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/vendortest"
)

type (
	// Object is a configuration or a part of one.
	Object = tfconfig.Object
	// List is a list or a set.
	List = tfconfig.List
)

// Harness is what a vendor's package tells of its vendor. Each part stands beside the checks that use it.
type Harness struct {
	Descriptor   descriptor.Descriptor
	Registration link.Registration
	// Secrets are fragments of the payers' data in all configurations here. No diagnostic may show one.
	Secrets []string
	// Shapes are configurations of each kind of link. Where the kind does not matter, the first is used, which names least.
	Shapes []Shape
	// Prepare makes a sandbox take the shapes whatever its switches are; nil where it does.
	Prepare func(*Fixture)

	Input        Input
	Replacements Replacements
	Unchanged    Unchanged
	Switches     Switches
	Creates      Creates
	Refusals     Refusals
	Secrecy      Secrecy
	Settings     Settings
	Token        *Token // nil where the provider fetches none by a client's credentials
	Wire         Wire
	Samples      []Sample
	// Created are attributes of a new link of each shape, by dotted path; descriptor.Present is any value but null.
	Created  map[string]Object
	Accounts Accounts
	Live     Live
}

// Shape is a configuration of one kind of link.
type Shape struct {
	Name   string
	Config Object
}

// Expectation is a configuration, or a part of one, and what has to be said of it: at an attribute ("" for none), with words.
type Expectation struct {
	Config    Object
	Attribute string
	Words     []string
}

// Expect returns an Expectation.
func Expect(config Object, attribute string, words ...string) Expectation {
	return Expectation{config, attribute, words}
}

// Run runs the suite, but for what needs an engine: see RunEngine and RunLive. A harness that lacks what a check needs fails it.
func Run(t *testing.T, h Harness) {
	for name, check := range map[string]func(*testing.T, Harness){
		"input":              testInput,
		"import ids":         testImportIDs,
		"replacements":       testReplacements,
		"unknown values":     testUnknownValues,
		"unchanged":          testUnchanged,
		"switches":           testSwitches,
		"creates":            testCreates,
		"refusals":           testRefusals,
		"revoke":             testRevoke,
		"secrecy":            testSecrecy,
		"secrecy matrix":     testSecrecyMatrix,
		"schema":             testSchema,
		"settings":           testSettings,
		"token":              testToken,
		"wire":               testWire,
		"samples":            testSamples,
		"created attributes": testCreated,
		"statuses":           testStatuses,
		"accounts":           testAccounts,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, h)
		})
	}
	t.Run("environment", func(t *testing.T) { testEnvironment(t, h) }) // not beside the others: it sets variables
}

// Main is a package's TestMain.
func (h Harness) Main(m *testing.M) { h.vendor().Main(m) }

// Type is the resource's type name.
func (h Harness) Type() string { return h.Descriptor.ResourceType() }

// base is the configuration of checks to which the kind of link does not matter.
func (h Harness) base() Object { return h.Shapes[0].Config }

// mostFirst are the shapes, the one that names most first.
func (h Harness) mostFirst() []Shape {
	return slices.SortedStableFunc(slices.Values(h.Shapes), func(a, b Shape) int { return len(tfconfig.LeafPaths(b.Config)) - len(tfconfig.LeafPaths(a.Config)) })
}

// full is the shape that names most.
func (h Harness) full() Shape { return h.mostFirst()[0] }

var providers sync.Map // the provider of each vendor, by its name: its schemas are read once

func (h Harness) vendor() vendortest.Vendor {
	p, _ := providers.LoadOrStore(h.Descriptor.Name, vendortest.NewProvider(h.Registration))
	v := vendortest.Of(h.Descriptor, p.(*vendortest.Provider), h.Descriptor.Sandbox)
	v.Secrets = slices.Concat(v.Secrets, h.Secrets)
	return v
}

// provider is the provider of this vendor alone.
func (h Harness) provider() *vendortest.Provider { return h.vendor().Provider }
