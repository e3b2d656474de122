package qonto_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/qonto"
)

var described, _ = descriptor.ByName("qonto")

var harness = drivertest.Harness{
	Descriptor: described, Registration: qonto.Registration,
	Secrets: []string{"Planted", "Ärger", "Söhne", "GmbH>", "GmbH&gt;"},
	Shapes:  []drivertest.Shape{{Name: "basket", Config: basket()}, {Name: "full basket", Config: fullBasket()}, {Name: "invoice", Config: invoice()}},
	Prepare: func(f *drivertest.Fixture) { sandboxOf(f).AddInvoice(invoiceID) },

	Input: input, Replacements: replacements, Unchanged: unchanged, Refusals: refusals, Secrecy: secrecy, Settings: settings, Wire: wire, Samples: samples, Created: created,
	Switches: drivertest.Switches{
		Settings: map[string]object{`{"vat_fraction":true}`: {"vat_rate_unit": "fraction"}},
		Drift:    []string{`{"vat_fraction":true}`}, // a refresh that shows other rates is a change indeed
		Doubt:    []string{`{"time_form":"local"}`, `{"time_form":"words"}`},
		Together: `{"wrap_get":true,"zero_expiration":true,"reorder_methods":true,"trim_vat_rate":true,"omit_other_shape":true,"extra_fields":true,"amount_scale":"trimmed","omitted_item_fields":"defaults"}`,
	},
	Creates: drivertest.Creates{
		Neighbors: []object{
			basket(object{"items.0.title": "Another"}), basket(object{"items.0.quantity": 2}), basket(object{"reusable": false}),
			basket(object{"potential_payment_methods": list{"paypal"}}), basket(object{"items.0.vat_rate": "20"}), invoice(),
		},
		Crowd: func(f *drivertest.Fixture) { // the newest first
			f.Seed(105, object{"created_at": f.Clock.Now().Add(time.Hour).Format(time.RFC3339)})
		},
	},
	Live: drivertest.Live{ // an organisation that is connected to the payment provider, with cards enabled
		IsSandbox: func(getenv func(string) string) bool { return getenv("QONTO_ENVIRONMENT") == "sandbox" },
		Config: func(func(string) string) object {
			return basket(object{"reusable": false, "items.0.title": "Test of the Terraform provider, not to be paid", "items.0.unit_price.value": "1.00", "items.0.vat_rate": "0"})
		},
	},
}

func TestMain(m *testing.M) { harness.Main(m) }

func TestConformance(t *testing.T) { drivertest.Run(t, harness) }

func TestAccLife(t *testing.T) { drivertest.RunEngine(t, harness) }

func TestAccLive(t *testing.T) { drivertest.RunLive(t, harness) }
