package powens_test

import (
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// refused is an error in the vendor's format (2.4); saidWhole is everything in it, and its status.
const refused = `{"code":"invalidBeneficiary","description":"the beneficiary cannot be paid","message":"Compte clos","request_id":90210}`

var saidWhole = []string{"400", "invalidBeneficiary", "the beneficiary cannot be paid", "Compte clos", "90210"}

// TestRefusalShownWhole: what the vendor says is shown completely, and nothing is lost.
func TestRefusalShownWhole(t *testing.T) {
	t.Parallel()
	refusal := func(op string) fault.Fault {
		return fault.Fault{Op: op, Status: http.StatusBadRequest, Body: refused}
	}
	t.Run("create", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		b.Sandbox.Inject(refusal("create"))
		state, _, diags := b.ApplyConfig(protocoltest.State{}, full())
		b.RequireErrors(diags, "", append(saidWhole, "Cannot create Powens payment link", "Nothing was created")...)
		if state.Exists() {
			t.Error("in state")
		}
		b.RequireCalls("list", "create")
	})
	t.Run("read", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		state := b.Create(full())
		b.Sandbox.Inject(refusal("get"))
		after, diags := b.Refresh(state)
		b.RequireErrors(diags, "", append(saidWhole, "Cannot read Powens payment link")...)
		if !after.Raw.Equal(state.Raw) {
			t.Error("the state has changed")
		}
	})
	t.Run("revoke", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		state := b.Create(full())
		b.ResetCalls()
		b.Sandbox.Inject(refusal("revoke"))
		after, diags := b.Destroy(state)
		b.RequireErrors(diags, "", append(saidWhole, "Cannot revoke Powens payment link", state.Text("id"), "`open`", "stays in state")...)
		if !after.Exists() {
			t.Error("lost")
		}
		b.RequireCalls("revoke", "get")
		b.RequirePayable(1)
	})
	t.Run("import", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		b.Sandbox.Inject(refusal("get"))
		state, diags := b.ImportByID("3c90c3cc-0d44-4b50-8888-8dd25736052a")
		b.RequireErrors(diags, "", saidWhole...)
		if state.Exists() {
			t.Error("in state")
		}
		b.RequireCalls("get")
	})
}

// TestVendorRefuses: the refusals that the vendor itself makes, each with what a person needs to know.
func TestVendorRefuses(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.Cap, s.StrictOrganisation = true, true })
	for _, test := range []struct {
		config object
		words  []string
	}{
		{small(), []string{"400", "invalidValue", "amount is more than a sandbox domain takes"}},
		{small(object{"amount": "9"}), []string{"400", "missingParameter", "beneficiary_identity.org_name is missing"}},
		{small(object{"beneficiary.identification": "FR76XXXXXXXXXXXXXXX", "amount": "9"}), []string{"400", "invalidValue", "beneficiary.identification"}},
	} {
		state, _, diags := b.ApplyConfig(protocoltest.State{}, test.config)
		b.RequireErrors(diags, "", append(test.words, "Nothing was created")...)
		if state.Exists() {
			t.Error("in state")
		}
	}
	b.RequirePayable(0)
}

// TestTransientReads are repeated; what goes on is an error that keeps the state.
func TestTransientReads(t *testing.T) {
	t.Parallel()
	faults := map[string]fault.Fault{
		"500":      {Status: http.StatusInternalServerError},
		"503":      {Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"2"}}},
		"too many": {Kind: fault.TooMany},
		"truncate": {Kind: fault.Truncate},
		"html 502": {Kind: fault.HTML},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(small())
			b.ResetCalls()
			fault.Op, fault.Times = "get", 2
			b.Sandbox.Inject(fault)
			b.RequireNoDrift(state, small())
			b.RequireCalls("get", "get", "get")
			fault.Times = 0
			b.Sandbox.Inject(fault)
			after, diags := b.Refresh(state)
			b.RequireErrors(diags, "", "Cannot read Powens payment link")
			if !after.Raw.Equal(state.Raw) {
				t.Error("the state has changed")
			}
		})
	}
}

// TestTransientRevoke: a revoke may be repeated. When the repetition is a 404 because the first was carried out, the link
// is done for (row 5).
func TestTransientRevoke(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"refused before":   {Status: http.StatusServiceUnavailable, Times: 1},
		"dropped before":   {Kind: fault.Drop, Times: 1},
		"500 after":        {Status: http.StatusInternalServerError, After: true, Times: 1},
		"dropped after":    {Kind: fault.Drop, After: true, Times: 1},
		"dropped for good": {Kind: fault.Drop, After: true},
		"html for good":    {Kind: fault.HTML, After: true},
		"html with 200":    {Kind: fault.HTML, After: true, Status: http.StatusOK},
		"200 with a body":  {Status: http.StatusOK, Body: `{}`, After: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(small())
			fault.Op = "revoke"
			b.Sandbox.Inject(fault)
			after, diags := b.Destroy(state)
			if diags.HasError() || after.Exists() {
				t.Errorf("still there %t: %s", after.Exists(), diags)
			}
			b.RequirePayable(0)
		})
	}
}
