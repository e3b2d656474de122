package conomy_test

import (
	"testing"

	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// lastName is payer data with every character that an echo writes in another way.
const lastName = `Planted Ärger & "Söhne" <GmbH>`

var vendor = acctest.Complete(acctest.Vendor{
	Name: "conomy", Account: "main",
	Secrets:          []string{"Planted", "Ärger", "Söhne", "GmbH>", "GmbH&gt;", "payer@planted.example", "3001234567", "PlantedStreet"},
	SecretSettings:   []string{"api_key", "client_secret"},
	IgnoredOperation: "token",
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

type switches = conomysandbox.Switches

// bare are the settings of a ready token in place of a client, with a new token of the sandbox.
func (b *bench) bare() object {
	token := conomysandbox.From(b.Sandbox).IssueToken()
	b.AddSecrets(token)
	return object{"client_id": nil, "client_secret": nil, "access_token": token}
}

// holds: the vendor has so many links.
func (b *bench) holds(want int) {
	b.Helper()
	if got := len(conomysandbox.From(b.Sandbox).Links()); got != want {
		b.Errorf("%d links at the vendor, want %d", got, want)
	}
}

// held is the vendor's own view of a link.
func (b *bench) held(state protocoltest.State) conomysandbox.Link {
	b.Helper()
	for _, l := range conomysandbox.From(b.Sandbox).Links() {
		if l.ID == state.Text("id") {
			return l
		}
	}
	b.Fatalf("the vendor has no link %s", state.Text("id"))
	return conomysandbox.Link{}
}
