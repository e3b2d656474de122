package gigs_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

// TestActions: a link ends once, and nothing but pay, cancel and delete ends it.
func TestActions(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	show := func(id string) string {
		t.Helper()
		a := r.Read(id).Want(200)
		return a.At("status") + " " + a.At("completedAt") + " " + a.At("canceledAt") + fmt.Sprint(" ", r.Find("gigs", id).Payable)
	}
	for action, want := range map[string]string{
		"pay": "completed 2026-03-01T12:00:00Z null false", "cancel": "canceled null 2026-03-01T12:00:00Z false", "force": "disputed null null false",
	} {
		id := r.Next().ID
		r.Must(r.Act("gigs", id, action, "disputed"))
		sandboxtest.Equal(t, action, show(id), want)
		for _, again := range []string{"pay", "cancel"} {
			if err := r.Act("gigs", id, again, ""); err == nil {
				t.Errorf("%s: it ended twice", action)
			}
		}
	}
	id := r.Next().ID
	for _, action := range []string{"expire", "process"} {
		if err := r.Act("gigs", id, action, ""); err == nil {
			t.Errorf("%s was accepted", action)
		}
	}
	r.Advance(10 * 365 * 24 * time.Hour)
	sandboxtest.Equal(t, "nothing expires", show(id), "active null null true")
}

// TestInvoices: only a finalized one takes a link; a payment settles it.
func TestInvoices(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]int{"draft": 422, "finalized": 201, "paid": 422, "voided": 422} {
		r := vendor.Client(t)
		gigs.From(r).AddInvoice(invoice, status)
		a := r.Post(sample).Want(want)
		if want == 422 {
			sandboxtest.Equal(t, "refusal", a.At("type")+" "+a.At("details", "0", "property"), "invalid invoice")
			continue
		}
		r.Do(a.At("id"), "pay")
		r.Post(sample).Want(422)
	}
}

// TestKnownInvoices: strict values of a switch know what AddInvoice named.
func TestKnownInvoices(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"not_found", "unprocessable"} {
		r := vendor.Client(t).Set(`"unknown_invoice":"` + value + `"`)
		gigs.From(r).AddInvoice(invoice, "finalized")
		r.Post(sample).Want(201)
	}
}
