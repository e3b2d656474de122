package qonto_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

const onboarding = `{"partner_callback_url":"https://shop.example.com/done","user_bank_account_id":"0197c0de-0000-7000-8000-000000000001",` +
	`"user_phone_number":"+33612345678","business_description":null}`

func TestConnection(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	const path = "/v2/payment_links/connections"
	connect := func() sandboxtest.Response { t.Helper(); return r.Call(http.MethodPost, path, onboarding) }
	sandboxtest.Equal(t, "at first", r.Get(path).Want(200).At("status"), "enabled")
	sandboxtest.Equal(t, "second connect", connect().Want(422).At("errors", "0", "code"), "multiple_connections_not_allowed")
	qonto.From(r).SetConnection("disabled")
	sandboxtest.Equal(t, "disabled", r.Get(path).Want(200).At("status"), "disabled")
	connect().Want(422)
	r.Post(basket(item)).Want(400)

	qonto.From(r).SetConnection("not_connected")
	sandboxtest.Equal(t, "never connected", r.Get(path).Want(404).At("errors", "0", "detail"), "connection not found")
	sandboxtest.Equal(t, "create", r.Post(basket(item)).Want(400).At("errors", "0", "detail"), "connection with the provider does not exist")

	a := connect().Want(201)
	sandboxtest.Equal(t, "pending", a.At("status")+" "+a.At("bank_account_id"), "pending 0197c0de-0000-7000-8000-000000000001")
	sandboxtest.Equal(t, "repeated", connect().Want(201).Body, a.Body)
	sandboxtest.Equal(t, "read", r.Get(path).Want(200).Body, a.Body)
	sandboxtest.Equal(t, "methods", r.Get("/v2/payment_links/payment_methods").Want(200).At("payment_link_payment_methods"), "[]")
	r.Post(basket(item)).Want(400)

	onboard := strings.TrimPrefix(a.At("connection_location"), r.URL())
	r.Send(http.MethodGet, onboard+"0", "").Want(404)
	r.Send(http.MethodGet, onboard, "").Want(200)
	sandboxtest.Equal(t, "finished", r.Get(path).Want(200).At("status"), "enabled")
	r.Post(basket(item)).Want(201)
	sandboxtest.Equal(t, "committed", r.Requests(sandbox.ByOp("qonto", "connect"), func(q sandbox.Record) bool { return q.Committed })[0].Status, 201)
}

func TestRefusesConnection(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	qonto.From(r).SetConnection("not_connected")
	for pointer, c := range map[string]struct {
		old, new string
		status   int
	}{
		"/partner_callback_url": {`https://shop.example.com/done`, `shop`, 422},
		"/user_bank_account_id": {`0197c0de-0000-7000-8000-000000000001`, ``, 422},
		"/user_phone_number":    {`+33612345678`, `0612345678`, 422},
		"/business_description": {`null`, `"too short"`, 422},
		"/user_website_url":     {`null`, `null,"user_website_url":"https://me@example.com"`, 422},
		"absent":                {`"+33612345678"`, `33612345678`, 400},
	} {
		a := r.Call(http.MethodPost, "/v2/payment_links/connections", strings.Replace(onboarding, c.old, c.new, 1)).Want(c.status)
		sandboxtest.Equal(t, c.new, a.At("errors", "0", "source", "pointer"), pointer)
	}
	r.Call(http.MethodPost, "/v2/payment_links/connections", `{}`).Want(422)
}

func TestPaymentMethods(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	qonto.From(r).EnableMethod("ideal", false)
	qonto.From(r).EnableMethod("bank_transfer", true)
	a := r.Get("/v2/payment_links/payment_methods?amount=119.00&currency=EUR").Want(200)
	sandboxtest.Equal(t, "methods", a.At("payment_link_payment_methods"), `[{"enabled":true,"name":"credit_card"},{"enabled":true,"name":"apple_pay"},`+
		`{"enabled":true,"name":"paypal"},{"enabled":false,"name":"ideal"},{"enabled":true,"name":"bank_transfer"}]`)
	a = r.Post(basket(item)).Want(422)
	sandboxtest.Equal(t, "not enabled", a.At("errors", "0", "code")+a.At("errors", "0", "source", "pointer"), "invalid/payment_link/potential_payment_methods/1")
	r.Post(strings.Replace(basket(item), `"ideal"`, `"bank_transfer"`, 1)).Want(201)
}
