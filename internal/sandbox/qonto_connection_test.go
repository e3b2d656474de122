package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

const onboarding = `{"partner_callback_url":"https://shop.example.com/done","user_bank_account_id":"0197c0de-0000-7000-8000-000000000001",` +
	`"user_phone_number":"+33612345678","business_description":null}`

func TestQontoConnection(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	const path = "/v2/payment_links/connections"
	connect := func() reply { t.Helper(); return r.send(http.MethodPost, "/qonto"+path, onboarding) }
	equal(t, "at first", r.get(path).want(200).at("status"), "enabled")
	equal(t, "second connect", connect().want(422).at("errors", "0", "code"), "invalid")

	r.Qonto.SetConnection("not_connected")
	equal(t, "never connected", r.get(path).want(404).at("errors", "0", "detail"), "connection not found")
	equal(t, "create", r.post(basket(item)).want(400).at("errors", "0", "detail"), "connection with the provider does not exist")

	a := connect().want(201)
	equal(t, "pending", a.at("status")+" "+a.at("bank_account_id"), "pending 0197c0de-0000-7000-8000-000000000001")
	equal(t, "repeated", connect().want(201).body, a.body)
	equal(t, "read", r.get(path).want(200).body, a.body)
	equal(t, "methods", r.get("/v2/payment_links/payment_methods").want(200).at("payment_link_payment_methods"), "[]")
	r.post(basket(item)).want(400)

	onboard := strings.TrimPrefix(a.at("connection_location"), r.URL())
	r.send(http.MethodGet, onboard+"0", "").want(404)
	r.send(http.MethodGet, onboard, "").want(200)
	equal(t, "finished", r.get(path).want(200).at("status"), "enabled")
	r.post(basket(item)).want(201)
	equal(t, "committed", r.Requests(sandbox.ByOp("qonto", "connect"), func(q sandbox.Record) bool { return q.Committed })[0].Status, 201)
}

func TestQontoRefusesConnection(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.Qonto.SetConnection("not_connected")
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
		a := r.send(http.MethodPost, "/qonto/v2/payment_links/connections", strings.Replace(onboarding, c.old, c.new, 1)).want(c.status)
		equal(t, c.new, a.at("errors", "0", "source", "pointer"), pointer)
	}
	r.send(http.MethodPost, "/qonto/v2/payment_links/connections", `{}`).want(422)
}

func TestQontoPaymentMethods(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.Qonto.EnableMethod("ideal", false)
	r.Qonto.EnableMethod("bank_transfer", true)
	a := r.get("/v2/payment_links/payment_methods?amount=119.00&currency=EUR").want(200)
	equal(t, "methods", a.at("payment_link_payment_methods"), `[{"enabled":true,"name":"credit_card"},{"enabled":true,"name":"apple_pay"},`+
		`{"enabled":true,"name":"paypal"},{"enabled":false,"name":"ideal"},{"enabled":true,"name":"bank_transfer"}]`)
	a = r.post(basket(item)).want(422)
	equal(t, "not enabled", a.at("errors", "0", "code")+a.at("errors", "0", "source", "pointer"), "invalid/payment_link/potential_payment_methods/1")
	r.post(strings.Replace(basket(item), `"ideal"`, `"bank_transfer"`, 1)).want(201)
}
