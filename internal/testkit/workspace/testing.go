package workspace

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

// ForTest returns a workspace in a folder of the test's own, with the engine of the acceptance tests and the provider of this
// checkout; env points the provider at its vendors. Without an engine the test is skipped.
func ForTest(t testing.TB, env map[string]string) *Workspace {
	t.Helper()
	found := engine.Require(t)
	mirror, err := Mirror(t.Context(), found)
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(t.TempDir(), found, mirror, env)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if secret, err := w.FindInJournal(append(SecretsIn(env), PayerData()...)...); secret != "" || err != nil {
			t.Errorf("the journal shows %q, %v", secret, err)
		}
	})
	return w
}
