package gigs_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// whole is everything that testdata/refused.json says, and the request id of the header.
var whole = []string{
	"422", "invalid", "paymentFailed", "The request cannot be processed", "Give the number of a Brazilian CPF.", "developers.gigs.com/docs/concepts/error-handling",
	"propertyRequired", "must be the number of a person", "ebanx.user.taxNumber", "Look at the card", "the second thing that is wrong", "req-7c1f3c",
}

// TestRefusalShownWhole: what the vendor says is shown completely, at the attribute it names, and nothing is lost.
func TestRefusalShownWhole(t *testing.T) {
	t.Parallel()
	refusal := func(op string) fault.Fault {
		return fault.Fault{
			Op: op, Status: http.StatusUnprocessableEntity, Body: string(testdata(t, "refused.json")), Header: http.Header{"X-Request-Id": {"req-7c1f3c"}},
		}
	}
	for name, shape := range shapes {
		t.Run("create "+name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.Sandbox.Inject(refusal("create"))
			state, _, diags := b.ApplyConfig(protocoltest.State{}, shape())
			b.RequireErrors(diags, "ebanx.user.tax_number", append(whole, "Cannot create Gigs payment link", "Nothing was created")...)
			if state.Exists() {
				t.Error("in state")
			}
			b.RequireCalls("create")
		})
	}
	t.Run("read", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		state := b.Create(stored())
		b.ResetCalls()
		b.Sandbox.Inject(refusal("get"))
		after, diags := b.Refresh(state)
		b.RequireErrors(diags, "ebanx.user.tax_number", append(whole, "Cannot read Gigs payment link")...)
		if !after.Raw.Equal(state.Raw) {
			t.Error("the state has changed")
		}
		b.RequireCalls("get")
		if _, diags := b.ImportByID(state.Text("id")); !diags.HasError() {
			t.Error("imported")
		}
	})
}

// TestVendorRefuses: the refusals that the vendor itself makes, each with what a person needs to know.
func TestVendorRefuses(t *testing.T) {
	t.Parallel()
	invoice := func(status string) func(b *bench) {
		return func(b *bench) { gigssandbox.From(b.Sandbox).AddInvoice(invoiceID, status) }
	}
	switched := func(change func(*gigssandbox.Switches)) func(b *bench) {
		return func(b *bench) { gigssandbox.From(b.Sandbox).Set(change) }
	}
	tests := map[string]struct {
		prepare  func(b *bench)
		settings object
		config   object
		at       string
		words    []string
	}{
		"draft invoice":          {prepare: invoice("draft"), at: "invoice", words: []string{"422", "draft"}},
		"paid invoice":           {prepare: invoice("paid"), at: "invoice", words: []string{"422", "paid"}},
		"voided invoice":         {prepare: invoice("voided"), at: "invoice", words: []string{"422", "voided"}},
		"unknown invoice, 404":   {prepare: switched(func(s *gigssandbox.Switches) { s.UnknownInvoice = "not_found" }), words: []string{"404", "notFound", "invoice"}},
		"unknown invoice, 422":   {prepare: switched(func(s *gigssandbox.Switches) { s.UnknownInvoice = "unprocessable" }), at: "invoice", words: []string{"422", "does not exist"}},
		"check digits":           {prepare: switched(func(s *gigssandbox.Switches) { s.CheckDigits = true }), config: minimal(object{"ebanx.user.tax_number": "290.063.072-04"}), at: "ebanx.user.tax_number", words: []string{"422", "check digits"}},
		"odd punctuation":        {config: minimal(object{"ebanx.user.tax_number": "29-0.063.072-03"}), at: "ebanx.user.tax_number", words: []string{"400", "CPF"}},
		"unknown project":        {config: stored(object{"project": "elsewhere"}), words: []string{"404", "project was not found"}},
		"unknown key":            {settings: object{"api_key": "nobodys-key"}, words: []string{"401", "unauthenticated", "Invalid authorization token"}},
		"keys are not admitted":  {prepare: switched(func(s *gigssandbox.Switches) { s.RefuseIdempotencyKeys = true }), words: []string{"400", "Idempotent requests are not enabled"}},
		"expired key":            {prepare: func(b *bench) { gigssandbox.From(b.Sandbox).ExpireKey(b.Sandbox.Env()["GIGS_API_KEY"]) }, words: []string{"401", "unauthenticated"}},
		"project of another key": {prepare: func(b *bench) { b.AddSecrets(gigssandbox.From(b.Sandbox).AddProject("elsewhere")) }, config: stored(object{"project": "elsewhere"}), words: []string{"403", "permissionDenied"}},
		"second link not allowed": {prepare: func(b *bench) {
			b.Create(minimal())
			b.ResetCalls()
			switched(func(s *gigssandbox.Switches) { s.SecondActive = "reject" })(b)
		}, at: "invoice", words: []string{"422", "has an active payment link"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, test.settings)
			b.AddSecrets("nobodys-key")
			if test.prepare != nil {
				test.prepare(b)
			}
			if test.config == nil {
				test.config = stored()
			}
			before := len(gigssandbox.From(b.Sandbox).Links())
			state, _, diags := b.ApplyConfig(protocoltest.State{}, test.config)
			b.RequireErrors(diags, test.at, append(test.words, "Nothing was created")...)
			// Which 4xx a project without idempotency answers is not documented: what may be about the key names the switch.
			maybe := test.at == "" && !slices.Contains(test.words, "401") && !slices.Contains(test.words, "404")
			if got := strings.Contains(diags.String(), "`idempotency_keys = false`"); got != maybe {
				t.Errorf("the switch is named: %t: %s", got, diags)
			}
			if state.Exists() || len(gigssandbox.From(b.Sandbox).Links()) > before {
				t.Errorf("state %s, %d links", state.Raw, len(gigssandbox.From(b.Sandbox).Links()))
			}
			b.RequireCalls("create")
		})
	}
}

// TestNoHintWithoutKeys: with keys switched off nobody is told to switch them off, and the vendor that refused them obeys.
func TestNoHintWithoutKeys(t *testing.T) {
	t.Parallel()
	b := newBench(t, object{"idempotency_keys": false})
	gigssandbox.From(b.Sandbox).Set(func(s *gigssandbox.Switches) { s.RefuseIdempotencyKeys = true })
	b.RequireNoDrift(b.Create(stored()), stored())
	gigssandbox.From(b.Sandbox).AddInvoice(otherInvoice, "draft")
	_, _, diags := b.ApplyConfig(protocoltest.State{}, stored(object{"invoice": otherInvoice}))
	b.RequireErrors(diags, "invoice", "422", "draft")
	if len(diags) != 1 || strings.Contains(diags.String(), "idempotency_keys") {
		t.Errorf("%s", diags)
	}
}

// TestNoHintElsewhere: a 429, an answer that is none, and a read say nothing of keys.
func TestNoHintElsewhere(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"429":     {Op: "create", Kind: fault.TooMany, Header: http.Header{"Retry-After": {"3600"}}},
		"500":     {Op: "create", Status: http.StatusInternalServerError},
		"dropped": {Op: "create", Kind: fault.Drop},
	} {
		b := newBench(t)
		b.Sandbox.Inject(fault)
		_, _, diags := b.ApplyConfig(protocoltest.State{}, stored())
		if !diags.HasError() || strings.Contains(diags.String(), "idempotency_keys") {
			t.Errorf("%s: %s", name, diags)
		}
	}
	b := newBench(t)
	state := b.Create(stored())
	b.Sandbox.Inject(fault.Fault{Op: "get", Status: http.StatusForbidden})
	if _, diags := b.Refresh(state); !diags.HasError() || strings.Contains(diags.String(), "idempotency_keys") {
		t.Errorf("%s", diags)
	}
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
			state := b.Create(stored())
			b.ResetCalls()
			fault.Op, fault.Times = "get", 2
			b.Sandbox.Inject(fault)
			b.RequireNoDrift(state, stored())
			b.RequireCalls("get", "get", "get")
			fault.Times = 0
			b.Sandbox.Inject(fault)
			after, diags := b.Refresh(state)
			b.RequireErrors(diags, "", "Cannot read Gigs payment link")
			if !after.Raw.Equal(state.Raw) {
				t.Error("the state has changed")
			}
		})
	}
}
