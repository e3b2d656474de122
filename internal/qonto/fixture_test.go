package qonto_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// debitor is payer data with every character that an echo writes in another way.
const debitor = `Planted Ärger & "Söhne" <GmbH>`

var vendor = acctest.Complete(acctest.Vendor{
	Name: "qonto", Account: "main",
	Secrets:        []string{"Planted", "Ärger", "Söhne", "GmbH>", "GmbH&gt;"},
	SecretSettings: []string{"access_token", "staging_token"},
	OmitSettings:   []string{"token_endpoint"},
})

var typeName = vendor.Type()

// TestMain keeps the variables of whoever runs the tests out of them.
func TestMain(m *testing.M) { vendor.Main(m) }

type (
	object = tfconfig.Object
	list   = tfconfig.List
)

const unknown = tfconfig.Unknown

// bench is one test's sandbox and provider.
type bench struct{ *acctest.Harness }

func newBench(t *testing.T, changes ...object) *bench {
	t.Helper()
	return openBench(t, vendor.Account, changes...)
}

// openBench is newBench with an `account` or, when empty, without.
func openBench(t *testing.T, account string, changes ...object) *bench {
	t.Helper()
	b := &bench{vendor.Start(t, nil)}
	b.Sandbox.Account = account
	b.StartProvider(nil, changes...)
	return b
}

// slowBench is newBench with a sandbox whose faults really wait, and with settings of the provider's own (top).
func slowBench(t *testing.T, top object, changes ...object) *bench {
	t.Helper()
	b := &bench{vendor.Start(t, clock.System{})}
	b.StartProvider(top, changes...)
	return b
}
