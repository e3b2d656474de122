package powens_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/powens"
)

var described, _ = descriptor.ByName("powens")

var harness = drivertest.Harness{
	Descriptor: described, Registration: powens.Registration,
	// The payers' data in the configurations, with every character that an echo writes in another way.
	Secrets: []string{"Planted", "Ärger", "Söhne", germanIBAN, "planted@", "Verborgen", "1990-12-31", "12AB34567", "Hidden Street"},
	Shapes:  []drivertest.Shape{{Name: "small", Config: small()}, {Name: "full", Config: full()}, {Name: "redirecting", Config: redirecting()}},

	Input: input, Replacements: replacements, Unchanged: unchanged, Refusals: refusals, Secrecy: secrecy, Settings: settings, Token: &token, Wire: wire, Samples: samples, Created: created,
	Switches: drivertest.Switches{
		// No more than 10, and whole organisations: what the vendor takes in every position.
		Shapes: []drivertest.Shape{
			{Name: "small", Config: small(object{
				"amount": "9.50", "beneficiary_identity.org_name": "Acme SAS", "beneficiary_identity.org_legal_status": "SAS",
				"beneficiary_identity.org_hq_address": "Paris", "beneficiary_identity.org_business_address": "Lyon",
			})},
			{Name: "full", Config: full()},
		},
		Hidden: []string{`{"sensitive":"null"}`, `{"sensitive":"omit"}`},
		Together: `{"created_201":true,"omit_defaults":true,"fill_issuer":true,"extra_fields":true,"null_attempt_state":true,"hide_revoked":true,"reference_id":"omit",` +
			`"redirect_off":"omit","no_operator":"empty","sensitive":"omit","amount_form":"exponent","iban":"compact"}`,
	},
	Creates: drivertest.Creates{
		Neighbors: []object{
			small(object{"label": "Another"}), small(object{"amount": "50.91"}), small(object{"beneficiary.identification": germanIBAN}), redirecting(), full(),
		},
		Switches: `{"extra_fields":true,"amount_form":"padded","sensitive":"omit"}`,
	},
	Accounts: drivertest.Accounts{Same: sameDomain, Others: []func(*drivertest.Fixture) object{anotherDomain}},
	Live: drivertest.Live{ // a domain with Pay; Powens' sandbox domains are named so, and nothing else tells them apart
		IsSandbox: func(getenv func(string) string) bool { return strings.HasSuffix(getenv("POWENS_DOMAIN"), "-sandbox") },
		Config: func(func(string) string) object {
			return small(object{
				"amount": "1.00", "label": "Test of the Terraform provider, not to be paid", "beneficiary.label": "Terraform provider test",
				"beneficiary_identity.org_name": "Terraform provider test", "payer_identity": object{"first_name": "Test", "last_name": "Payer"},
			})
		},
	},
}

func TestMain(m *testing.M) { harness.Main(m) }

func TestConformance(t *testing.T) { drivertest.Run(t, harness) }

func TestAccLife(t *testing.T) { drivertest.RunEngine(t, harness) }

func TestAccLive(t *testing.T) { drivertest.RunLive(t, harness) }
