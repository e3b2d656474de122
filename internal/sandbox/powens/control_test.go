package powens_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

// TestAttempts: a link can be tried and paid again and again, until it is revoked; what is under way goes on.
func TestAttempts(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(least)
	seen := func() string {
		a := r.Read(id).Want(200)
		return a.At("attempt_state") + " " + a.At("last_payment_id") + fmt.Sprint(" ", r.Find("powens", id).Payable)
	}
	sandboxtest.Equal(t, "at first", seen(), "unavailable null true")
	for _, step := range []struct{ action, want string }{
		{"reject", "rejected 70001 true"}, {"process", "pending 70002 true"}, {"pay", "done 70002 true"}, {"pay", "done 70003 true"},
		{"expire", "expired 70004 true"}, {"process", "pending 70005 true"}, {"cancel", "pending 70005 false"}, {"pay", "done 70005 false"}, // it was under way
	} {
		r.Do(id, step.action)
		sandboxtest.Equal(t, step.action, seen(), step.want)
	}
	if err := r.Act("powens", id, "pay", ""); err == nil {
		t.Error("a revoked link was paid")
	}
	r.Must(r.Act("powens", id, "force", "on_hold"))
	sandboxtest.Equal(t, "forced", seen(), "on_hold 70005 false")
	r.Must(powens.From(r).ForceStatus(id, ""))
	sandboxtest.Equal(t, "no attempt", seen(), "unavailable null false")
}

func TestRevokedLater(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(least)
	r.Must(powens.From(r).Revoke(id, sandboxtest.Start.Add(time.Hour)))
	sandboxtest.Equal(t, "payable", powens.From(r).Payable(), 1)
	r.Advance(time.Hour)
	sandboxtest.Equal(t, "an hour later", powens.From(r).Payable(), 0)
	sandboxtest.Equal(t, "status", r.Find("powens", id).Status, "revoked")
}

// TestLinksAreCopies: what a test does to a link of Links does nothing to the vendor's.
func TestLinksAreCopies(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(least)
	powens.From(r).Links()[0].PayerIdentity["first_name"] = nil
	sandboxtest.Equal(t, "first name", r.Read(id).At("payer_identity", "first_name"), "Ada")
}
