package powens_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// TestGoneWhenRevoked: a vendor whose reads do not show a revoked link (row 3).
func TestGoneWhenRevoked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Powens.Set(func(s *sandbox.PowensSwitches) { s.GoneWhenRevoked = true })
	state := b.Create(small())
	b.revoked(state, -1)
	after, diags := b.Destroy(state)
	if len(diags) > 0 || after.Exists() {
		t.Errorf("%s", diags)
	}
	b.RequireCalls("revoke", "get")
	after, diags = b.Refresh(state)
	if after.Exists() || len(diags.Warnings()) != 1 || diags.HasError() {
		t.Errorf("still there %t: %s", after.Exists(), diags)
	}
}
