package powens_test

import (
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

var refusals = drivertest.Refusals{
	Shown: map[string]drivertest.Refusal{"errors": {
		Answer: fault.Fault{Status: http.StatusBadRequest, Body: `{"code":"invalidBeneficiary","description":"the beneficiary cannot be paid","message":"Compte clos","request_id":90210}`},
		Words:  []string{"400", "invalidBeneficiary", "the beneficiary cannot be paid", "Compte clos", "90210"},
	}},
	ByVendor: map[string]drivertest.VendorRefusal{
		"too much":          {Prepare: strictly, Words: []string{"400", "invalidValue", "amount is more than a sandbox domain takes"}},
		"half organisation": {Prepare: strictly, Config: small(object{"amount": "9"}), Words: []string{"400", "missingParameter", "beneficiary_identity.org_name is missing"}},
		"no IBAN": {
			Config: small(object{"beneficiary.identification": "FR76XXXXXXXXXXXXXXX", "amount": "9"}), Words: []string{"400", "invalidValue", "beneficiary.identification"},
		},
		"wrong secret":      {Settings: object{"client_secret": "planted-secret"}, Words: []string{"401", "unauthorized", "its secret is wrong"}},
		"wrong client":      {Settings: object{"client_id": "nobody"}, Words: []string{"401", "the client is unknown"}},
		"token not reached": {Settings: object{"token_endpoint": "http://127.0.0.1:1"}, Words: []string{"127.0.0.1:1"}},
		"not Pay": {
			Prepare: func(f *drivertest.Fixture) {
				f.Sandbox.Inject(fault.Fault{Op: "token", Status: http.StatusForbidden, Body: `{"code":"unauthorizedScope","description":"Pay is not enabled","request_id":42}`})
			},
			Words: []string{"403", "unauthorizedScope", "Pay is not enabled", "42"},
		},
		"token for something else": {
			Prepare: func(f *drivertest.Fixture) {
				other := sandboxOf(f).IssueToken("demo-sandbox", "payments:admin")
				f.AddSecrets(other)
				f.Server = f.NewProvider(object{"client_id": nil, "client_secret": nil, "token": other})
			},
			Words: []string{"403", "forbidden", "Required: the scope `payment-links:admin`"},
		},
	},
}

// strictly makes the vendor a sandbox domain, and one that demands whole organisations.
func strictly(f *drivertest.Fixture) { f.Switch(`{"cap":true,"strict_organisation":true}`) }

// A list that cannot be one proves nothing, neither before the create nor after it.
func TestListThatIsNone(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"payment_links":[]}`, `[{"id":7}]`, `null`} {
		for _, spared := range []int{0, 1} {
			f := harness.Start(t)
			f.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Drop, After: true})
			f.Sandbox.Inject(fault.Fault{Op: "list", Status: http.StatusOK, Body: body, Skip: spared})
			_, _, diags := f.ApplyConfig(protocoltest.State{}, small())
			f.RequireErrors(diags, "", "may exist", "import {")
			if n := f.CallCount("create"); n != 1 {
				t.Errorf("%d creates", n)
			}
		}
	}
}
