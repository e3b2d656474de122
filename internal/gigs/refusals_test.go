package gigs_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// keysHint is what is said where a 4xx may be about the key: which one a project without idempotency answers is not documented.
const keysHint = "`idempotency_keys = false`"

var refusals = drivertest.Refusals{
	Shown: map[string]drivertest.Refusal{"errors": {
		Answer:    fault.Fault{Status: http.StatusUnprocessableEntity, Body: drivertest.Testdata("refused.json"), Header: http.Header{"X-Request-Id": {"req-7c1f3c"}}},
		Attribute: "ebanx.user.tax_number",
		Words: []string{
			"422", "invalid", "paymentFailed", "The request cannot be processed", "Give the number of a Brazilian CPF.", "developers.gigs.com/docs/concepts/error-handling",
			"propertyRequired", "must be the number of a person", "ebanx.user.taxNumber", "Look at the card", "the second thing that is wrong", "req-7c1f3c",
		},
	}},
	ByVendor: map[string]drivertest.VendorRefusal{
		"draft invoice":         {Prepare: invoiceIs("draft"), Attribute: "invoice", Words: []string{"422", "draft"}},
		"paid invoice":          {Prepare: invoiceIs("paid"), Attribute: "invoice", Words: []string{"422", "paid"}},
		"voided invoice":        {Prepare: invoiceIs("voided"), Attribute: "invoice", Words: []string{"422", "voided"}},
		"unknown invoice, 404":  {Prepare: switched(`{"unknown_invoice":"not_found"}`), Words: []string{"404", "notFound", "invoice"}},
		"unknown invoice, 422":  {Prepare: switched(`{"unknown_invoice":"unprocessable"}`), Attribute: "invoice", Words: []string{"422", "does not exist"}},
		"check digits":          {Prepare: switched(`{"check_digits":true}`), Config: minimal(object{tax: "290.063.072-04"}), Attribute: tax, Words: []string{"422", "check digits"}},
		"odd punctuation":       {Config: minimal(object{tax: "29-0.063.072-03"}), Attribute: tax, Words: []string{"400", "CPF"}},
		"unknown project":       {Config: stored(object{"project": "elsewhere"}), Words: []string{"404", "project was not found"}},
		"unknown key":           {Settings: object{"api_key": "nobodys-key"}, Words: []string{"401", "unauthenticated", "Invalid authorization token"}},
		"keys are not admitted": {Prepare: switched(`{"refuse_idempotency_keys":true}`), Words: []string{"400", "Idempotent requests are not enabled", keysHint}},
		"expired key": {
			Prepare: func(f *drivertest.Fixture) { sandboxOf(f).ExpireKey(f.Sandbox.Env()["GIGS_API_KEY"]) }, Words: []string{"401", "unauthenticated"},
		},
		"project of another key": {
			Prepare: func(f *drivertest.Fixture) { f.AddSecrets(sandboxOf(f).AddProject("elsewhere")) },
			Config:  stored(object{"project": "elsewhere"}), Words: []string{"403", "permissionDenied", keysHint},
		},
		"second link not allowed": {
			Prepare: func(f *drivertest.Fixture) {
				f.Create(minimal())
				f.Switch(`{"second_active":"reject"}`)
			},
			Attribute: "invoice", Words: []string{"422", "has an active payment link"},
		},
	},
}

func invoiceIs(status string) func(*drivertest.Fixture) {
	return func(f *drivertest.Fixture) { sandboxOf(f).AddInvoice(invoiceID, status) }
}

func switched(switches string) func(*drivertest.Fixture) {
	return func(f *drivertest.Fixture) { f.Switch(switches) }
}

// With keys switched off nobody is told to switch them off, and the vendor that refused them obeys.
func TestNoHintWithoutKeys(t *testing.T) {
	t.Parallel()
	f := harness.Start(t, unkeyed)
	sandboxOf(f).Set(func(s *gigs.Switches) { s.RefuseIdempotencyKeys = true })
	f.RequireNoDrift(f.Create(stored()), stored())
	sandboxOf(f).AddInvoice(otherInvoice, "draft")
	_, _, diags := f.ApplyConfig(protocoltest.State{}, stored(object{"invoice": otherInvoice}))
	f.RequireErrors(diags, "invoice", "422", "draft")
	if len(diags) != 1 || strings.Contains(diags.String(), "idempotency_keys") {
		t.Errorf("%s", diags)
	}
}

// A refusal of any status may be about the key (contract 6.7).
func TestHintAtEveryRefusal(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]fault.Fault{
		"429": {Op: "create", Kind: fault.TooMany, Header: http.Header{"Retry-After": {"3600"}}}, "401": {Op: "create", Kind: fault.ExpireToken},
		"403": {Op: "create", Status: http.StatusForbidden}, "404": {Op: "create", Status: http.StatusNotFound},
	} {
		f := harness.Start(t)
		f.Sandbox.Inject(answer)
		if _, _, diags := f.ApplyConfig(protocoltest.State{}, stored()); !diags.HasError() || !strings.Contains(diags.String(), keysHint) {
			t.Errorf("%s: %s", name, diags)
		}
	}
}

// What is not about the key says nothing of it: an error at an attribute, an answer that is none, and a read.
func TestNoHintElsewhere(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]fault.Fault{
		"500":     {Op: "create", Status: http.StatusInternalServerError},
		"dropped": {Op: "create", Kind: fault.Drop},
		"422":     {Op: "create", Status: http.StatusUnprocessableEntity, Body: drivertest.Testdata("refused.json")},
		"refresh": {Op: "get", Status: http.StatusForbidden},
	} {
		f := harness.Start(t)
		state := f.Create(stored())
		f.Sandbox.Inject(answer)
		_, diags := f.Refresh(state)
		if answer.Op == "create" {
			_, _, diags = f.ApplyConfig(protocoltest.State{}, stored())
		}
		if !diags.HasError() || strings.Contains(diags.String(), "idempotency_keys") {
			t.Errorf("%s: %s", name, diags)
		}
	}
}

// A refusal does not undo what an unanswered attempt has done.
func TestRefusedAfterLost(t *testing.T) {
	t.Parallel()
	for _, made := range []bool{true, false} {
		f := harness.Start(t)
		f.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Drop, After: made, Times: 1})
		f.Sandbox.Inject(fault.Fault{Op: "create", Status: http.StatusForbidden})
		state, _, diags := f.ApplyConfig(protocoltest.State{}, stored())
		f.RequireText(diags, "403")
		if n := f.CallCount("create"); n != 2 {
			t.Errorf("%d creates", n)
		}
		if made {
			f.RequireAdopted(state, stored(), diags)
		} else if f.RequireErrors(diags, "", "may exist", `id = "ID"`); state.Exists() {
			t.Error("in state")
		}
	}
}

// A vendor that does not keep to keys, or forgets one, makes a second link: whatever else goes wrong at once, a warning names the invoice,
// and the first link where the list shows it in time.
func TestKeyThatIsIgnored(t *testing.T) {
	t.Parallel()
	for lag, listed := range map[time.Duration]bool{0: true, 6 * time.Second: true, time.Minute: false} {
		for _, faults := range [][]fault.Fault{
			{{Kind: fault.Drop, After: true, Times: 1}},
			{{Kind: fault.Drop, After: true, Times: 1}, {Kind: fault.TooMany, Times: 1}, {Kind: fault.Truncate, Times: 1}},
			{{Status: http.StatusInternalServerError, After: true, Times: 1}},
		} {
			f := harness.Start(t)
			sandboxOf(f).Set(func(s *gigs.Switches) { s.IgnoreIdempotencyKeys, s.ListLag = true, vendorapi.Duration(lag) })
			for _, one := range faults {
				one.Op = "create"
				f.Sandbox.Inject(one)
			}
			_, _, diags := f.ApplyConfig(protocoltest.State{}, stored())
			if diags.HasError() && listed {
				t.Error(diags)
			}
			if n := f.CallCount("create"); n == 1 { // it was looked for first, and found
				continue
			}
			f.RequireText(diags.Warnings(), "Another Gigs payment link may have been created", stored()["invoice"].(string))
			if listed {
				f.RequireText(diags.Warnings(), f.Sandbox.Overview()[0].ID)
			}
		}
	}
}

// A vendor that adds a slash shows another address than was written. That is no drift; an import takes the vendor's; and a link
// whose create was not answered is named, and neither taken over nor asked for again: after a 5xx the vendor's memory of a key is
// not certain either.
func TestTrailingSlash(t *testing.T) {
	t.Parallel()
	for _, settings := range []object{nil, unkeyed} {
		f := harness.Start(t, settings)
		sandboxOf(f).Set(func(s *gigs.Switches) { s.TrailingSlash, s.IgnoreIdempotencyKeys = true, true })
		state := f.RequireNoDrift(f.Create(stored()), stored())
		imported := f.Import(state.Text("id"))
		f.RequireNoDrift(imported, tfconfig.Changed(stored(withoutPayer), object{redirect: imported.Get(redirect)}))

		f.Sandbox.Inject(fault.Fault{Op: "create", Status: http.StatusInternalServerError, After: true, Times: 1})
		f.ResetCalls()
		_, _, diags := f.ApplyConfig(protocoltest.State{}, stored())
		f.RequireLive(2)
		f.RequireErrors(diags, "", "may exist", "1 link ", `id = "gigs/`+sandboxOf(f).Links()[1].ID+`"`)
		f.RequireCalls("create", "list", "list", "list", "list") // the link itself may show later
	}
}
