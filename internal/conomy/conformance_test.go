package conomy_test

import (
	"cmp"
	"fmt"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
)

var described, _ = descriptor.ByName("conomy")

var harness = drivertest.Harness{
	Descriptor: described, Registration: conomy.Registration,
	Secrets: []string{
		"Planted", "Ärger", "Söhne", "GmbH>", "GmbH&gt;", "payer@planted.example", "3001234567", "PlantedStreet", "Medell", "Antioquia", "El Poblado", "1020304050",
		"planted-77", "050021", "CED_CIU", "Apto 4",
	},
	Shapes: []drivertest.Shape{{Name: "small", Config: small()}, {Name: "full", Config: full()}},

	Input: input, Replacements: replacements, Unchanged: unchanged, Refusals: refusals, Secrecy: secrecy, Settings: settings, Token: &token, Wire: wire, Samples: samples, Created: created,
	Switches: drivertest.Switches{
		Shapes: []drivertest.Shape{{Name: "small", Config: small()}, {Name: "full", Config: full(object{"activate": nil})}},
		Doubt:  []string{`{"time_form":"local"}`, `{"time_form":"words"}`},
		Blind:  []string{`{"time_form":"words"}`},
		Hidden: []string{`{"customer":"null"}`, `{"customer":"omit"}`},
		Together: `{"destination_name":true,"fill_account":true,"fill_owner":true,"reorder_sets":true,"null_destination_type":true,"extra_fields":true,"create_ok":true,` +
			`"delete_ok":true,"created_active":true,"amount_scale":"two","omitted_fields":"empty"}`,
	},
	Creates: drivertest.Creates{
		Neighbors: []object{
			small(object{"items.0.description": "Other"}), small(object{"duration": 60}), small(object{"checkout_token": "invoice-1002"}), small(object{"payment_methods_allowed": list{"WEBPAY"}}),
			small(object{"owner.identity_id": "other"}), small(object{"destinations.0.account.account_number": "1"}), small(object{"success_url": "https://x.example/"}),
			small(object{"customer.email": "payer@planted.example"}),
		},
		Switches: `{"duplicate_tokens":true,"oldest_first":true}`,
		Crowd:    func(f *drivertest.Fixture) { f.Seed(50, nil) },
	},
	Accounts: drivertest.Accounts{
		// The client says whose the links are, also without an account's name.
		Same:   []func(*drivertest.Fixture) object{func(*drivertest.Fixture) object { return object{"account": nil} }},
		Others: []func(*drivertest.Fixture) object{func(*drivertest.Fixture) object { return object{"client_id": "somebody"} }},
	},
	Live: drivertest.Live{ // an identity and an account of the tenant
		IsSandbox: func(getenv func(string) string) bool { return getenv("CONOMY_ENVIRONMENT") == "sandbox" },
		Config: func(getenv func(string) string) object {
			return object{
				"checkout_token": fmt.Sprintf("terraform-test-%d", clock.System{}.Now().UnixNano()), "currency": "CLP", "payment_methods_allowed": list{"WEBPAY"}, "duration": 60,
				"items": list{object{"description": "Test of the Terraform provider", "pre_tax_amount": "100", "total_amount": "100"}},
				"destinations": list{object{"amount": "100", "account": object{
					"account_number": cmp.Or(getenv("CONOMY_LIVE_ACCOUNT"), "9283746501"), "type": "CHECKING", "currency": "CLP", "account_holder": "Test",
				}}},
				"owner": object{"identity_id": cmp.Or(getenv("CONOMY_LIVE_IDENTITY"), "65f1a7c2e4b0d81f3a9c7e21")},
			}
		},
	},
}

func TestMain(m *testing.M) { harness.Main(m) }

func TestConformance(t *testing.T) { drivertest.Run(t, harness) }

func TestAccLife(t *testing.T) { drivertest.RunEngine(t, harness) }

func TestAccLive(t *testing.T) { drivertest.RunLive(t, harness) }
