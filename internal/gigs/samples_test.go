package gigs_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const publishedID = "pml_0SNlurA049MEWV1x2CfC8u8im5xU"

// published is the configuration that describes the vendor's published sample, less the payer, whom no answer shows.
func published(changes ...object) object {
	return tfconfig.Changed(object{"invoice": invoiceID, "ebanx": object{"redirect_url": home}}, changes...)
}

// withoutPayer takes the payer out of a configuration: no import can show him.
var withoutPayer = object{"ebanx.user": nil, "ebanx.user_wo": nil, "ebanx.user_wo_version": nil}

var samples = []drivertest.Sample{sample("published_link.json", "2024-08-14T19:38:34.0Z"), sample("published_list.json", "2024-08-14T19:38:34Z")}

// sample is a published link; createdAt is as the vendor spells it.
func sample(file, createdAt string) drivertest.Sample {
	return drivertest.Sample{
		File: file, ID: publishedID,
		Attributes: object{
			"id": publishedID, "url": "https://api.ebanx.com/ws/redirect/execute?hash=64f2", "state": "open", "replace_when": list{}, "replace_paid": false, "on_destroy": "abandon",
			"timeouts": nil, "project": "gigs", "invoice": invoiceID, "type": "ebanx", "status": "active", "created_at": createdAt,
			"ebanx":        object{"redirect_url": home, "user": nil, "user_wo": nil, "user_wo_version": nil},
			"completed_at": "2024-08-14T19:40:34Z", "canceled_at": "2024-08-14T19:40:34Z",
		},
		Configs: []object{
			published(), published(object{"project": "gigs", "type": "ebanx"}), published(withoutPayer), published(object{redirect: home + "/"}),
			published(object{"ebanx.user_wo": payer()}),
		},
	}
}

var created = map[string]object{
	"minimal":    {"status": "active", "project": "gigs", "type": "ebanx", "created_at": descriptor.Present, "completed_at": nil, "canceled_at": nil, "ebanx.redirect_url": nil},
	"stored":     {"status": "active", "ebanx.user": payer(), "ebanx.user_wo": nil},
	"write-only": {"status": "active", "ebanx.user": nil, "ebanx.user_wo": nil, "ebanx.user_wo_version": "1"},
}

// When a link was completed or canceled is in state.
func TestTimesOfTheEnd(t *testing.T) {
	t.Parallel()
	for status, attribute := range map[string]string{"completed": "completed_at", "canceled": "canceled_at"} {
		f := harness.Start(t)
		state := f.Create(stored())
		f.Clock.Advance(time.Hour)
		f.Sandbox.Simulate(state.Text("id"), "force?status="+status)
		fresh, _ := f.Refresh(state)
		if at, err := time.Parse(time.RFC3339, fresh.Text(attribute)); err != nil || f.Clock.Now().Sub(at) > time.Minute {
			t.Errorf("%s is %q", attribute, fresh.Text(attribute))
		}
	}
}

// The other spelling of a moment is not a change: the state keeps the one that it had.
func TestFractions(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	sandboxOf(f).Set(func(s *gigs.Switches) { s.Fractions = true })
	state := f.Create(stored())
	spelled := map[bool]int{}
	for range 4 {
		fresh, diags := f.Refresh(state)
		if len(diags) > 0 || !fresh.Raw.Equal(state.Raw) {
			t.Errorf("the state has changed: %s to %s %s", state.Text("created_at"), fresh.Text("created_at"), diags)
		}
		spelled[len(f.Import(state.Text("id")).Text("created_at")) > len("2006-01-02T15:04:05Z")]++
		if _, diags := f.Refresh(state); len(diags) > 0 { // an odd number of answers, so that the spelling alternates
			t.Error(diags)
		}
	}
	if spelled[true] == 0 || spelled[false] == 0 {
		t.Errorf("one spelling only: %v", spelled)
	}
}

// A write-only payer is in no state, no plan and no private state.
func TestWriteOnlyPayer(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	plan := f.Plan(protocoltest.State{}, writeOnly())
	if got := plan.Planned("ebanx.user_wo"); got != nil {
		t.Errorf("planned: %v", got)
	}
	state, diags := f.Apply(plan)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if secret := f.FindSecret(protocoltest.Diagnostics{{Detail: state.Raw.String() + string(state.Private)}}); secret != "" {
		t.Errorf("the state holds %q", secret)
	}
	if got := sandboxOf(f).Links()[0].User; got != (gigs.User{FullName: payerName, Email: payerEmail, TaxNumber: payerTax}) {
		t.Errorf("the vendor has %+v", got)
	}
	// Another payer alone cannot be seen; so be it until the version changes. The payer may also go once the link is made.
	for _, config := range []object{writeOnly(), writeOnly(object{"ebanx.user_wo.full_name": "Somebody Else"}), writeOnly(object{"ebanx.user_wo": nil})} {
		f.RequireNoDrift(state, config)
	}
}

// The payer of an imported link, or the version of a write-only one, goes from null to a value without a request, once; from then
// on it is what the link has.
func TestPayerAfterImport(t *testing.T) {
	t.Parallel()
	for _, shape := range harness.Shapes {
		f := harness.Start(t)
		state := f.Import(f.Create(shape.Config).Text("id"))
		f.RequireNoDrift(state, tfconfig.Changed(shape.Config, withoutPayer))
		state = f.RequireNoDrift(f.ApplyInPlace(state, shape.Config), shape.Config)
		change := object{"ebanx.user.email": "other@example.com"}
		if shape.Name == "write-only" {
			change = object{"ebanx.user_wo_version": 2}
		}
		f.RequireReplaced(state, tfconfig.Changed(shape.Config, change), "ebanx")
	}
}

// A vendor may repeat a tax number without the punctuation that was sent.
func TestTaxNumberInOtherForm(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	f.Sandbox.Inject(fault.Fault{Op: "create", Status: 422, Body: `{"object":"error","type":"invalid","message":"29006307203 is nobody's","details":[{"message":"290.063.072-03"}]}`})
	_, _, diags := f.ApplyConfig(protocoltest.State{}, stored())
	f.RequireErrors(diags, "", "is nobody's")
}
