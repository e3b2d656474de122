package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// quickstartPayers is the payer data of examples/quickstart.
var quickstartPayers = []string{"Lovelace", "Elaine Benes", "elaine@example.com", "290.063.072-03", "Atelier Lumière SARL"}

// Credentials are in no log, message, plan or state, and payer data is in no log and message, at every vendor: what the sandbox gives
// as credentials, and the payers of examples/quickstart, through refusals and pages that repeat what they were sent.
func TestAccSecretsOfEveryVendorStayInside(t *testing.T) {
	t.Parallel()
	engine, box := newFixture(t, "quickstart/*.tf")
	c := workspace.NewLeakCheck(t, engine)
	c.PayerData = quickstartPayers
	for _, d := range descriptor.All() {
		for _, setting := range d.Credentials.Secret {
			name := d.EnvPrefix() + strings.ToUpper(setting)
			if c.Credentials[name] = box.Env()[name]; c.Credentials[name] == "" {
				t.Fatalf("the sandbox has no %s", name)
			}
		}
	}
	c.Run(0, "init", "-no-color")
	for _, fault := range []fault.Fault{{Op: "create", Kind: fault.Echo}, {Op: "create", Kind: fault.HTML, Status: http.StatusForbidden, Echo: true}} {
		remove := box.Inject(fault)
		c.Run(1, "apply", "-no-color", "-auto-approve")
		remove()
	}
	c.Run(0, "apply", "-no-color", "-auto-approve")
	c.Run(0, "plan", "-no-color", "-out="+planFile)
	c.CheckFiles(planFile)
	c.Run(0, "destroy", "-no-color", "-auto-approve")
}
