package qonto_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

const links = "/v2/payment_links"

const item = `{"title":"Workshop","quantity":1,"unit_price":{"value":"10.99","currency":"EUR"},"vat_rate":"21.0"}`

// basket is a create body with items.
func basket(items string) string {
	return `{"payment_link":{"items":[` + items + `],"reusable":false,"potential_payment_methods":["credit_card","ideal"]}}`
}

// priced is an item with a unit price and a VAT rate.
func priced(value, vat string) string {
	return fmt.Sprintf(`{"title":"Workshop","quantity":1,"unit_price":{"value":%q,"currency":"EUR"},"vat_rate":%q}`, value, vat)
}

const invoiceID = "7a5c1e0e-5a0f-4a9b-9c55-0b8f7c1d2e3f"

const invoice = `{"payment_link":{"invoice_id":"` + invoiceID + `","invoice_number":"F-2026-017","debitor_name":"Ada Rossi",` +
	`"amount":{"value":"119.00","currency":"EUR"},"potential_payment_methods":["credit_card"]}}`

const goodSeed = `{"id":"3c90c3cc-0d44-4b50-8888-8dd25736052a","status":"open","amount":{"value":"1.00","currency":"EUR"}`

var vendor = sandboxtest.Vendor{
	Name: "qonto", New: qonto.New, ID: []string{"payment_link", "id"},
	Header: func(_ *sandboxtest.Rig, env map[string]string) http.Header {
		return http.Header{
			"Authorization": {"Bearer " + env["QONTO_ACCESS_TOKEN"]}, "X-Qonto-Staging-Token": {env["QONTO_STAGING_TOKEN"]},
			"Content-Type": {"application/json"},
		}
	},
	Links:  func(map[string]string) string { return links },
	Create: func(int) string { return basket(item) },
	Revoke: func(id string) (method, path, body string) { return http.MethodPatch, "/" + id + "/deactivate", "" },
	Routes: map[string]string{
		"token": "POST /oauth2/token", "authorize": "GET /oauth2/auth", "create": "POST /v2/payment_links", "list": "GET /v2/payment_links", "get": "GET /v2/payment_links/1",
		"deactivate": "PATCH /v2/payment_links/1/deactivate", "payments": "GET /v2/payment_links/1/payments",
		"methods": "GET /v2/payment_links/payment_methods", "connection": "GET /v2/payment_links/connections", "connect": "POST /v2/payment_links/connections",
	},
	Sample: "testdata/link.json", SampleID: "3c90c3cc-0d44-4b50-8888-8dd25736052a", Wrappers: []string{`{"payment_link":%s}`, `{"payment_links":[%s]}`},
	BadSeeds: []string{`[` + goodSeed + `},{"id":"x","status":"open"}]`, goodSeed + `,"state":"open"}`, goodSeed + `,"amount":{"value":"one"}}`},
	Refusals: map[fault.Kind]string{
		fault.TooMany: "429 too_many_requests", fault.ExpireToken: "401 unauthorized", fault.Echo: "422 invalid",
	},
	RefusalCode: []string{"errors", "0", "code"}, OwnRefusals: []string{"token"},
	Words:    []string{"13.30 EUR", "Workshop", "Qonto", "open", "2027-03-01 12:00 UTC"},
	Statuses: []string{qonto.Open, qonto.Processing, qonto.Paid, qonto.Expired, qonto.Canceled}, Undocumented: "on_hold",
}

func TestVendor(t *testing.T) { vendor.Test(t) }
