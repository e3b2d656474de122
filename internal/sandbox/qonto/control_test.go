package qonto_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

// TestLife is what a link's status allows.
func TestLife(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	status := func(id string) string { t.Helper(); return r.Read(id).Want(200).At("status") }

	expiring := r.Create(basket(item))
	r.Advance(365*24*time.Hour - time.Second)
	sandboxtest.Equal(t, "a second before", status(expiring), "open")
	r.Advance(time.Second)
	sandboxtest.Equal(t, "after a year", status(expiring), "expired")
	r.Revoke(expiring).Want(422)

	canceled := r.Create(basket(item))
	a := r.Revoke(canceled).Want(200)
	sandboxtest.Equal(t, "deactivated", a.At("payment_link", "status"), "canceled")
	sandboxtest.Equal(t, "canceled and readable", status(canceled), "canceled")
	sandboxtest.Equal(t, "refusal", r.Revoke(canceled).Want(422).At("errors", "0", "code"), "invalid")
	r.Call(http.MethodPatch, links+"/"+r.Create(basket(item))+"/deactivate", "{}").Want(400)

	for action, want := range map[string]string{
		"pay": "paid", "process": "processing", "fail": "open", "expire": "expired", "cancel": "canceled", "force": "disputed",
	} {
		id := r.Create(basket(item))
		r.Must(r.Act("qonto", id, action, "disputed"))
		sandboxtest.Equal(t, action, status(id), want)
		sandboxtest.Equal(t, action+", payable", r.Find("qonto", id).Payable, want == "open")
		if err := r.Act("qonto", id, "pay", ""); (err == nil) != (want == "processing" || want == "open") {
			t.Errorf("pay while %s: %v", want, err)
		}
		if want != "open" {
			r.Revoke(id).Want(422)
		}
	}
}
