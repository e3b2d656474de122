package qonto_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

type client = *sandboxtest.Client

// read is a value of a new link, as a read shows it.
func read(path ...string) func(client) string {
	return func(r client) string { return r.Read(r.Create(basket(item))).At(path...) }
}

// created is a value of the answer to a create, or the status and the pointer of its refusal.
func created(body string, path ...string) func(client) string {
	return func(r client) string {
		a := r.Post(body)
		if a.Status != http.StatusCreated {
			return fmt.Sprint(a.Status, " ", a.At("errors", "0", "source", "pointer"))
		}
		return a.At(append([]string{"payment_link"}, path...)...)
	}
}

// after is the status of a link to which something was done.
func after(action string) func(client) string {
	return func(r client) string {
		id := r.Create(basket(item))
		r.Do(id, action)
		return r.Read(id).At("status")
	}
}

// deactivated is the answer to a deactivation after something was done to the link.
func deactivated(action string) func(client) string {
	return func(r client) string {
		id := r.Create(basket(item))
		r.Do(id, action)
		a := r.Revoke(id)
		return fmt.Sprint(a.Status, " ", a.At("payment_link", "status"))
	}
}

func TestSwitches(t *testing.T) {
	t.Parallel()
	vendor.TestSwitches(t, []sandboxtest.SwitchCase{
		{Switches: `"vat_fraction":true`, Probe: created(basket(item), "amount", "value"), Off: "13.30", On: "422 /payment_link/items/0/vat_rate"},
		{Switches: `"vat_fraction":true`, Probe: created(basket(priced("10.99", "0.21")), "amount", "value"), Off: "11.01", On: "13.30"},
		{Switches: `"rounding":"unit"`, Probe: created(basket(strings.Replace(item, `"quantity":1`, `"quantity":100`, 1)), "amount", "value"), Off: "1329.79", On: "1330.00"},
		{Switches: `"rounding":"sum"`, Probe: created(basket(priced("0.33", "4")+","+priced("0.33", "4")), "amount", "value"), Off: "0.68", On: "0.69"},
		{Switches: `"accept_undocumented":true`, Probe: created(basket(item+","+priced("-1.00", "0")), "amount", "value"), Off: "422 /payment_link/items/1/unit_price/value", On: "12.30"},
		{Switches: `"accept_undocumented":true`, Probe: created(strings.Replace(invoice, "EUR", "USD", 1), "amount", "currency"), Off: "422 /payment_link/amount/currency", On: "USD"},
		{Switches: `"accept_undocumented":true`, Probe: created(strings.Replace(invoice, `"credit_card"`, ``, 1), "potential_payment_methods"), Off: "422 /payment_link/potential_payment_methods", On: "[]"},
		{Switches: `"accept_undocumented":true`, Probe: created(strings.Replace(invoice, `"invoice_id"`, `"reusable":true,"invoice_id"`, 1), "reusable"), Off: "false", On: "true"},
		{Switches: `"payments_delay":"10s"`, Probe: func(r client) string {
			id := r.Create(basket(item))
			first := r.Get(links + "/" + id + "/payments").Status
			r.Read(id).Want(200)
			r.Advance(10 * time.Second)
			return fmt.Sprint(first, " ", r.Get(links+"/"+id+"/payments").Status)
		}, Off: "200 200", On: "404 200"},
		{Switches: `"staging_refusal":"page"`, Probe: func(r client) string {
			r.HTTP.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			return fmt.Sprint(r.Call(http.MethodGet, links, "", "X-Qonto-Staging-Token", "").Status)
		}, Off: "302", On: "200"},
		{Switches: `"wrap_get":true`, Probe: read("payment_link", "status"), Off: "absent", On: "open"},
		{Switches: `"idempotent_deactivate":true`, Probe: deactivated("cancel"), Off: "422 absent", On: "200 canceled"},
		{Switches: `"deactivate_processing":true`, Probe: deactivated("process"), Off: "422 absent", On: "200 canceled"},
		{Switches: `"zero_expiration":true`, Probe: read("expiration_date"), Off: "2027-03-01T12:00:00Z", On: "0001-01-01T00:00:00Z"},
		{Switches: `"time_form":"offset"`, Probe: read("created_at"), Off: "2026-03-01T12:00:00Z", On: "2026-03-01T12:00:00.000+0000"},
		{Switches: `"time_form":"blank"`, Probe: read("created_at"), Off: "2026-03-01T12:00:00Z", On: "2026-03-01 12:00:00Z"},
		{Switches: `"time_form":"local"`, Probe: read("expiration_date"), Off: "2027-03-01T12:00:00Z", On: "2027-03-01T12:00:00"},
		{Switches: `"time_form":"words"`, Probe: read("expiration_date"), Off: "2027-03-01T12:00:00Z", On: "1 March 2027"},
		{Switches: `"inflated":true`, Probe: created(invoice, "amount", "value"), Off: "119.00", On: "11900.00"},
		{Switches: `"other_currency":true`, Probe: created(invoice, "amount", "currency"), Off: "EUR", On: "USD"},
		{Switches: `"ignore_idempotency_key":true`, Probe: func(r client) string {
			for range 2 {
				r.Post(basket(item), "X-Qonto-Idempotency-Key", "k").Want(201)
			}
			return r.List("").At("meta", "total_count")
		}, Off: "1", On: "2"},
		{Switches: `"amount_scale":"verbatim"`, Probe: created(basket(priced("10.9", "0")), "items", "0", "unit_price", "value"), Off: "10.90", On: "10.9"},
		{Switches: `"amount_scale":"trimmed"`, Probe: created(basket(priced("10.90", "0")), "amount", "value"), Off: "10.90", On: "10.9"},
		{Switches: `"trim_vat_rate":true`, Probe: created(basket(item), "items", "0", "vat_rate"), Off: "21.0", On: "21"},
		{Switches: `"reorder_methods":true`, Probe: read("potential_payment_methods"), Off: `["credit_card","ideal"]`, On: `["ideal","credit_card"]`},
		{Switches: `"omitted_item_fields":"null"`, Probe: created(basket(item), "items", "0", "type"), Off: "absent", On: "null"},
		{Switches: `"omitted_item_fields":"defaults"`, Probe: created(basket(item), "items", "0", "measure_unit"), Off: "absent", On: "unit"},
		{Switches: `"strict_invoice":true`, Probe: created(invoice, "status"), Off: "open", On: "422 /payment_link/invoice_id"},
		{Switches: `"strict_unknown_fields":true`, Probe: created(basket(`{"discount":"1",`+item[1:]), "status"), Off: "open", On: "400 absent"},
		{Switches: `"next_page_zero_quirk":false`, Probe: func(r client) string { return r.List("").At("meta", "next_page") }, Off: "0", On: "null"},
		{Switches: `"omit_last_next_page":true`, Probe: func(r client) string {
			r.Create(basket(item))
			return r.List("").At("meta", "next_page")
		}, Off: "null", On: "absent"},
		{Switches: `"omit_resource_type":true`, Probe: read("resource_type"), Off: "Basket", On: "absent"},
		{Switches: `"omit_other_shape":true`, Probe: read("invoice_id"), Off: "null", On: "absent"},
		{Switches: `"extra_fields":true`, Probe: read("sandbox_extra", "since"), Off: "absent", On: "a later version"},
		{Switches: `"paid_stays_processing":true`, Probe: after("pay"), Off: "paid", On: "processing"},
		{Switches: `"no_staging_token":true`, Probe: func(r client) string {
			r.HTTP.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			a := r.Call(http.MethodGet, links, "", "X-Qonto-Staging-Token", "")
			return fmt.Sprint(a.Status, " ", a.Header.Get("Content-Type"))
		}, Off: "302 text/html; charset=utf-8", On: "200 application/json"},
		{Switches: `"rate_limit":true`, Probe: func(r client) string {
			r.HTTP.Transport = &http.Transport{} // keeps its connection: a thousand requests
			defer r.HTTP.CloseIdleConnections()
			for range 1000 {
				r.Get(links + "/payment_methods").Want(200)
			}
			last := r.Get(links + "/payment_methods").Status
			r.Advance(10 * time.Second)
			return fmt.Sprint(last, r.Get(links+"/payment_methods").Status)
		}, Off: "200 200", On: "429 200"},
	})
}

func TestStrictInvoiceKnowsInvoices(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t).Set(`"strict_invoice":true`)
	qonto.From(r).AddInvoice(invoiceID)
	r.Post(invoice).Want(201)
}
