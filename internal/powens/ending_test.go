package powens_test

import (
	"testing"

	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
)

// TestGoneWhenRevoked: a vendor whose reads do not show a revoked link (row 3).
func TestGoneWhenRevoked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.GoneWhenRevoked = true })
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
