package powens_test

import (
	"testing"

	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// vendor has the payer data of the configurations, with every character that an echo writes in another way. An account is
// written out only by a token alone, because a client's domain is one.
var vendor = acctest.Complete(acctest.Vendor{
	Name:             "powens",
	Secrets:          []string{"Planted", "Ärger", "Söhne", germanIBAN, "planted@", "Verborgen", "1990-12-31", "12AB34567", "Hidden Street"},
	SecretSettings:   []string{"client_secret"},
	IgnoredOperation: "token",
})

var typeName = vendor.Type()

// TestMain keeps the variables of whoever runs the tests out of them.
func TestMain(m *testing.M) { vendor.Main(m) }

type (
	object = tfconfig.Object
	list   = tfconfig.List
)

// bench is one test's sandbox and provider.
type bench struct{ *acctest.Harness }

func newBench(t *testing.T, changes ...object) *bench {
	t.Helper()
	return serveBench(t, nil, changes...)
}

// serveBench is newBench with settings of the provider's own (top).
func serveBench(t *testing.T, top object, changes ...object) *bench {
	t.Helper()
	b := &bench{vendor.Start(t, nil)}
	b.StartProvider(top, changes...)
	return b
}

// bareBench has a provider with a ready token alone, and with an account's name unless that is empty.
func bareBench(t *testing.T, account string) *bench {
	t.Helper()
	b := &bench{vendor.Start(t, nil)}
	b.Sandbox.Account = account
	b.StartProvider(nil, b.bare())
	return b
}

// bare are the changes for a provider that has a token alone, and does not know whose it is.
func (b *bench) bare() object {
	return object{"domain": nil, "client_id": nil, "client_secret": nil, "token": powenssandbox.From(b.Sandbox).IssueToken("demo-sandbox")}
}

// taken imports a link that has to be there.
func (b *bench) taken(id string) protocoltest.State {
	b.Helper()
	state, diags := b.ImportByID(id)
	if len(diags) > 0 {
		b.Fatalf("import: %s", diags)
	}
	return state
}
