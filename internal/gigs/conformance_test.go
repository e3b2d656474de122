package gigs_test

import (
	"cmp"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
)

var described, _ = descriptor.ByName("gigs")

var harness = drivertest.Harness{
	Descriptor: described, Registration: gigs.Registration,
	Secrets: []string{"Planted", "Ärger", "Söhne", "GmbH>", "GmbH&gt;", "planted", payerTax, "29006307203"},
	Shapes:  []drivertest.Shape{{Name: "minimal", Config: minimal()}, {Name: "stored", Config: stored()}, {Name: "write-only", Config: writeOnly()}},
	Prepare: func(f *drivertest.Fixture) { sandboxOf(f).AddInvoice(invoiceID, "finalized") },

	Input: input, Replacements: replacements, Unchanged: unchanged, Refusals: refusals, Secrecy: secrecy, Settings: settings, Wire: wire, Samples: samples, Created: created,
	Switches: drivertest.Switches{
		Settings: map[string]object{`{"refuse_idempotency_keys":true}`: unkeyed},
		// The vendor that adds a slash shows another address than was written, unless there is no path: see TestTrailingSlash.
		Shapes: []drivertest.Shape{
			{Name: "minimal", Config: minimal()}, {Name: "stored", Config: stored(object{redirect: home})}, {Name: "write-only", Config: writeOnly(object{redirect: home})},
		},
		Doubt:    []string{`{"trailing_slash":true}`, `{"time_form":"local"}`, `{"time_form":"words"}`, together},
		Together: together,
	},
	Creates: drivertest.Creates{
		Neighbors: []object{minimal(object{"invoice": otherInvoice}), minimal(object{redirect: "https://example.com"})},
		Crowd: func(f *drivertest.Fixture) { // of the same invoice, the newest first
			later := f.Clock.Now().Add(time.Hour).Format(time.RFC3339)
			f.Seed(205, object{"invoice": invoiceID, "status": "canceled", "createdAt": later, "canceledAt": later})
		},
	},
	// A finalized invoice of the project. Whether the project is a test project cannot be told from outside, and no call ends the
	// link: settle or void the invoice afterwards.
	Live: drivertest.Live{
		IsSandbox: func(func(string) string) bool { return false },
		Config: func(getenv func(string) string) object {
			return object{"invoice": cmp.Or(getenv("GIGS_LIVE_INVOICE"), invoiceID), "ebanx": object{"user": object{
				"full_name": "Test of the Terraform provider", "email": "terraform-test@example.com", "tax_number": payerTax,
			}}}
		},
	},
}

const together = `{"create_ok":true,"trailing_slash":true,"fractions":true,"omit_nulls":true,"extra_fields":true,"check_digits":true}`

// unkeyed are the settings of a project without idempotency keys.
var unkeyed = object{"idempotency_keys": false}

func TestMain(m *testing.M) { harness.Main(m) }

func TestConformance(t *testing.T) { drivertest.Run(t, harness) }

func TestAccLife(t *testing.T) { drivertest.RunEngine(t, harness) }

func TestAccLive(t *testing.T) { drivertest.RunLive(t, harness) }
