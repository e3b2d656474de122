package gigs_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// The payer of most tests: a name with every character that an echo writes in another way, and the tax number of the
// vendor's sample.
const (
	payerName  = `Planted Ärger & "Söhne" <GmbH>`
	payerEmail = "planted+payer@example.com"
	payerTax   = "290.063.072-03"
)

var vendor = acctest.Complete(acctest.Vendor{
	Name: "gigs", Account: "main",
	Secrets:        []string{"Planted", "Ärger", "Söhne", "GmbH>", "GmbH&gt;", "planted", payerTax, "29006307203"},
	SecretSettings: []string{"api_key"},
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
	b := &bench{vendor.Start(t, nil)}
	b.StartProvider(nil, changes...)
	return b
}
