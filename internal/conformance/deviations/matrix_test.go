package deviations_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// minCases is what the matrix may not fall below.
const minCases = 4000

// The operations of the matrix: what a user does while one answer deviates.
const (
	opCreate   = "create"
	opActivate = "activate"
	opRead     = "read"
	opList     = "list"        // a refresh that reads pages
	opLinks    = "data_source" // the plural data source
	opImport   = "import"
	opDestroy  = "destroy"
	opLook     = "look" // a destroy that is refused, or has no call that ends a link, and looks at it
)

// deviatingCall is the vendor's call whose answer deviates in an operation; "" where there is no such call.
func deviatingCall(d descriptor.Descriptor, op string) string {
	has := d.Operations
	return map[string]string{
		opCreate: has.Create, opActivate: has.Activate, opRead: has.Get, opList: has.List, opLinks: has.List, opImport: has.Get, opDestroy: has.Revoke, opLook: has.Get,
	}[op]
}

var operations = []string{opCreate, opActivate, opRead, opList, opLinks, opImport, opDestroy, opLook}

// block are the cases of one vendor, operation and shape, which share a sandbox.
type block struct {
	vendor descriptor.Descriptor
	shape
	op     string
	places []place
	plans  map[string]protocoltest.Plan // by id
	// planned and settled are the contents of states of which the plan, or refresh and plan, are known to be empty.
	planned, settled map[string]bool
	used             map[string]bool // by pointer: the provider reads what stands there
}

// TestDeviations: whatever a vendor answers in another way than documented, in one field and one call, one declared link is one live link
// whose id is in state; nothing in state is lost, and no link is replaced unless another value was answered for an argument; what
// could not be read is named once. One case: -run 'TestDeviations/<vendor>$/read/label=null'.
func TestDeviations(t *testing.T) {
	t.Parallel()
	cases, fields := 0, 0
	var blocks [][]block
	for _, d := range descriptor.All() {
		blocks = append(blocks, blocksOf(t, d))
		for _, b := range blocks[len(blocks)-1] {
			fields += len(b.places)
			for _, p := range b.places {
				cases += len(p.deviations())
			}
		}
	}
	t.Logf("deviation matrix: %d vendors x their operations x the fields of their answers (%d) x up to 11 deviations = %d cases", len(blocks), fields, cases)
	if cases < minCases {
		t.Error("the matrix has shrunk")
	}
	for _, ofVendor := range blocks {
		t.Run(ofVendor[0].vendor.Name, func(t *testing.T) {
			for _, b := range ofVendor {
				t.Run(b.op, func(t *testing.T) {
					t.Parallel()
					b.run(t)
				})
			}
		})
	}
}

// blocksOf are the vendor's blocks. A value that two shapes have deviates in the first of them only, and one that several elements
// of a list have in the first element.
func blocksOf(t *testing.T, d descriptor.Descriptor) []block {
	t.Helper()
	var out []block
	all := shapes(t, d)
	for _, op := range operations {
		call, seen := deviatingCall(d, op), map[string]bool{}
		if call == "" {
			continue
		}
		for _, s := range all {
			b := block{vendor: d, shape: s, op: op, used: map[string]bool{}, planned: map[string]bool{}, settled: map[string]bool{}, plans: map[string]protocoltest.Plan{}}
			for _, p := range places(s.answers[call], s.ids, b.vendor.Maps) {
				name := p.path() + " " + kindOf(p.value)
				if seen[name] {
					continue
				}
				seen[name] = true
				b.places = append(b.places, p)
			}
			if len(b.places) > 0 {
				out = append(out, b)
			}
		}
	}
	return out
}

func (b block) run(t *testing.T) {
	f := newFixture(t, b.vendor)
	for _, p := range b.places {
		for _, dev := range p.deviations() {
			t.Run(p.title()+"="+dev.name, func(t *testing.T) {
				c := &deviationCase{fixture: f.Subtest(t), block: &b, place: p, deviation: dev}
				c.run()
			})
		}
	}
}
