package e2e_test

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// requireEngine is the engine that make test chose; without one the test is skipped.
func requireEngine(t *testing.T) engine.Engine {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance test: set TF_ACC=1, or run make test")
	}
	if !strings.HasPrefix(t.Name(), "TestAcc") {
		t.Fatalf("%s needs an engine: its name must begin with TestAcc", t.Name())
	}
	found, err := engine.Ask(t.Context(), os.Getenv("TF_ACC_TERRAFORM_PATH"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var (
	mirrorOnce  sync.Once
	mirror      string
	mirrorError error
)

// TestMain removes what the tests of this package share.
func TestMain(m *testing.M) {
	code := m.Run()
	if mirror != "" {
		_ = os.RemoveAll(mirror)
	}
	os.Exit(code)
}

// newWorkspace is a folder in which the engine runs the provider of this checkout; env points it at vendors.
func newWorkspace(t *testing.T, env map[string]string) *workspace.Workspace {
	t.Helper()
	found := requireEngine(t)
	mirrorOnce.Do(func() {
		if mirror, mirrorError = os.MkdirTemp("", "mirror"); mirrorError == nil {
			mirrorError = workspace.Mirror(t.Context(), root, mirror, found)
		}
	})
	if mirrorError != nil {
		t.Fatal(mirrorError)
	}
	w, err := workspace.New(t.TempDir(), found, mirror, env)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// requireVersion skips a test that needs Terraform of a version or later or, with an OpenTofu version, an OpenTofu of that
// one.
func requireVersion(t *testing.T, terraform, tofu string) {
	t.Helper()
	if !hasVersion(t, terraform, tofu) {
		t.Skipf("it needs Terraform %s or later, or OpenTofu %q", terraform, tofu)
	}
}

func hasVersion(t *testing.T, terraform, tofu string) bool {
	t.Helper()
	found, want := requireEngine(t), terraform
	if found.Name != "terraform" {
		want = tofu
	}
	return want != "" && !version.Must(version.NewVersion(found.Version)).LessThan(version.Must(version.NewVersion(want)))
}
