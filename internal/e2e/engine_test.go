package e2e_test

import (
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

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
	found, want := engine.Require(t), terraform
	if found.Name != "terraform" {
		want = tofu
	}
	return want != "" && !version.Must(version.NewVersion(found.Version)).LessThan(version.Must(version.NewVersion(want)))
}
