package conomy_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

// TestLife is contract 3.1: what each status allows.
func TestLife(t *testing.T) {
	t.Parallel()
	for status, may := range map[string]struct{ activate, remove int }{
		"ATTEMPT": {200, 204}, "ACTIVE": {422, 422}, "PROCESSING_PAYMENT": {422, 422}, "FINISHED": {422, 422}, "EXPIRED": {422, 204}, "FROZEN": {422, 422},
	} {
		r := vendor.Client(t)
		id := r.Create(recipe)
		r.Must(conomy.From(r).ForceStatus(id, status))
		sandboxtest.Equal(t, status+" activate", activate(r, id, "").Status, may.activate)
		r.Must(conomy.From(r).ForceStatus(id, status))
		a := r.Revoke(id).Want(may.remove)
		if may.remove == 422 {
			sandboxtest.Equal(t, "error", a.At("code")+" "+a.At("type"), "21 failedPrecondition")
			continue
		}
		sandboxtest.Equal(t, "body", a.Body, "")
		for _, gone := range []sandboxtest.Response{r.Read(id), r.Revoke(id), activate(r, id, "")} {
			sandboxtest.Equal(t, "gone", gone.Want(404).At("code"), "31")
		}
	}
	r := vendor.Client(t)
	id := r.Create(recipe)
	activate(r, id, `{"x":1}`).Want(400)
	sandboxtest.Equal(t, "activated", activate(r, id, `{}`).Want(200).At("status"), "ACTIVE")
	sandboxtest.Equal(t, "payable", conomy.From(r).Payable(), 1)
	session := r.Call("POST", "/payment-links/token/invoice-1001/checkout-sessions", "{}").Want(201)
	sandboxtest.Equal(t, "session", session.At("paymentLinkId")+" "+session.At("status"), id+" ATTEMPT")
	for _, step := range []struct{ action, status string }{{"process", "PROCESSING_PAYMENT"}, {"fail", "ACTIVE"}, {"process", "PROCESSING_PAYMENT"}, {"pay", "FINISHED"}} {
		r.Must(r.Act("conomy", id, step.action, ""))
		sandboxtest.Equal(t, step.action, r.Read(id).At("status"), step.status)
	}
	if err := conomy.From(r).Act(id, "expire", ""); err == nil {
		t.Error("a paid link expired")
	}
	r.Call("POST", "/payment-links/token/invoice-1001/checkout-sessions", "{}").Want(422)
	r.Call("PATCH", "/payment-links/"+id, "{}").Want(501)
	r.Get("/payment-link").Want(404)
	sandboxtest.Equal(t, "snapshot", conomy.From(r).Links()[0].TotalAmount, "49990")
}
