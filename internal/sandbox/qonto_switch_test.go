package sandbox_test

import (
	"fmt"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// wireCase is what a switch changes on the wire: probe says what it sees, in the default and in the other position.
type wireCase struct {
	field    string // of QontoSwitches
	set      func(*sandbox.QontoSwitches)
	probe    func(*rig) string
	off, on  string
	position string // where a switch has several
}

func read(path ...string) func(*rig) string {
	return func(r *rig) string { return r.get("/v2/payment_links/" + r.create(basket(item))).at(path...) }
}

func created(body string, path ...string) func(*rig) string {
	return func(r *rig) string {
		a := r.post(body)
		if a.status != http.StatusCreated {
			return fmt.Sprint(a.status, " ", a.at("errors", "0", "source", "pointer"))
		}
		return a.at(append([]string{"payment_link"}, path...)...)
	}
}

func deactivated(prepare func(r *rig, id string) error) func(*rig) string {
	return func(r *rig) string {
		id := r.create(basket(item))
		if err := prepare(r, id); err != nil {
			r.t.Fatal(err)
		}
		a := r.deactivate(id)
		return fmt.Sprint(a.status, " ", a.at("payment_link", "status"))
	}
}

var wireCases = []wireCase{
	{field: "VATFraction", set: func(s *sandbox.QontoSwitches) { s.VATFraction = true },
		probe: created(priced("10.99", "21.0"), "amount", "value"), off: "13.30", on: "422 /payment_link/items/0/vat_rate"},
	{field: "VATFraction", position: "read as a fraction", set: func(s *sandbox.QontoSwitches) { s.VATFraction = true },
		probe: created(priced("10.99", "0.21"), "amount", "value"), off: "11.01", on: "13.30"},
	{field: "RoundPerItem", set: func(s *sandbox.QontoSwitches) { s.RoundPerItem = true },
		probe: created(basket(lineOf("0.33", "4")+","+lineOf("0.33", "4")), "amount", "value"), off: "0.69", on: "0.68"},
	{field: "WrapGet", set: func(s *sandbox.QontoSwitches) { s.WrapGet = true },
		probe: read("payment_link", "status"), off: "absent", on: "open"},
	{field: "IdempotentDeactivate", set: func(s *sandbox.QontoSwitches) { s.IdempotentDeactivate = true },
		probe: deactivated(func(r *rig, id string) error { return r.Qonto.Cancel(id) }), off: "422 absent", on: "200 canceled"},
	{field: "DeactivateProcessing", set: func(s *sandbox.QontoSwitches) { s.DeactivateProcessing = true },
		probe: deactivated(func(r *rig, id string) error { return r.Qonto.Process(id) }), off: "422 absent", on: "200 canceled"},
	{field: "ZeroExpiration", set: func(s *sandbox.QontoSwitches) { s.ZeroExpiration = true },
		probe: read("expiration_date"), off: "2027-03-01T12:00:00Z", on: "0001-01-01T00:00:00Z"},
	{field: "IgnoreIdempotencyKey", set: func(s *sandbox.QontoSwitches) { s.IgnoreIdempotencyKey = true },
		probe: func(r *rig) string {
			for range 2 {
				r.post(basket(item), "X-Qonto-Idempotency-Key", "k").want(201)
			}
			return r.get("/v2/payment_links").at("meta", "total_count")
		}, off: "1", on: "2"},
	{field: "AmountScale", position: "verbatim", set: func(s *sandbox.QontoSwitches) { s.AmountScale = "verbatim" },
		probe: created(priced("10.9", "0"), "items", "0", "unit_price", "value"), off: "10.90", on: "10.9"},
	{field: "AmountScale", position: "trimmed", set: func(s *sandbox.QontoSwitches) { s.AmountScale = "trimmed" },
		probe: created(priced("10.90", "0"), "amount", "value"), off: "10.90", on: "10.9"},
	{field: "TrimVATRate", set: func(s *sandbox.QontoSwitches) { s.TrimVATRate = true },
		probe: created(basket(item), "items", "0", "vat_rate"), off: "21.0", on: "21"},
	{field: "ReorderMethods", set: func(s *sandbox.QontoSwitches) { s.ReorderMethods = true },
		probe: read("potential_payment_methods"), off: `["credit_card","ideal"]`, on: `["ideal","credit_card"]`},
	{field: "OmittedItemFields", position: "null", set: func(s *sandbox.QontoSwitches) { s.OmittedItemFields = "null" },
		probe: created(basket(item), "items", "0", "type"), off: "absent", on: "null"},
	{field: "OmittedItemFields", position: "defaults", set: func(s *sandbox.QontoSwitches) { s.OmittedItemFields = "defaults" },
		probe: created(basket(item), "items", "0", "measure_unit"), off: "absent", on: "unit"},
	{field: "StrictInvoice", set: func(s *sandbox.QontoSwitches) { s.StrictInvoice = true },
		probe: created(invoice, "status"), off: "open", on: "422 /payment_link/invoice_id"},
	{field: "StrictUnknownFields", set: func(s *sandbox.QontoSwitches) { s.StrictUnknownFields = true },
		probe: created(basket(`{"discount":"1",`+item[1:]), "status"), off: "open", on: "400 absent"},
	{field: "ReadDelay", set: func(s *sandbox.QontoSwitches) { s.ReadDelay = 2 * time.Second },
		probe: func(r *rig) string {
			id := r.create(basket(item))
			first := r.get("/v2/payment_links/" + id).status
			r.Advance(2 * time.Second)
			return fmt.Sprint(first, r.get("/v2/payment_links/"+id).status)
		}, off: "200 200", on: "404 200"},
	{field: "ListLag", set: func(s *sandbox.QontoSwitches) { s.ListLag = 2 * time.Second },
		probe: func(r *rig) string {
			r.create(basket(item))
			first := r.get("/v2/payment_links").at("meta", "total_count")
			r.Advance(2 * time.Second)
			return first + " " + r.get("/v2/payment_links").at("meta", "total_count")
		}, off: "1 1", on: "0 1"},
	{field: "NextPageZeroQuirk", set: func(s *sandbox.QontoSwitches) { s.NextPageZeroQuirk = false },
		probe: func(r *rig) string { return r.get("/v2/payment_links").at("meta", "next_page") }, off: "0", on: "null"},
	{field: "OmitLastNextPage", set: func(s *sandbox.QontoSwitches) { s.OmitLastNextPage = true },
		probe: func(r *rig) string {
			r.create(basket(item))
			return r.get("/v2/payment_links").at("meta", "next_page")
		}, off: "null", on: "absent"},
	{field: "OmitResourceType", set: func(s *sandbox.QontoSwitches) { s.OmitResourceType = true },
		probe: read("resource_type"), off: "Basket", on: "absent"},
	{field: "OmitOtherShape", set: func(s *sandbox.QontoSwitches) { s.OmitOtherShape = true },
		probe: read("invoice_id"), off: "null", on: "absent"},
	{field: "ExtraFields", set: func(s *sandbox.QontoSwitches) { s.ExtraFields = true },
		probe: read("sandbox_extra", "since"), off: "absent", on: "a later version"},
	{field: "PaidStaysProcessing", set: func(s *sandbox.QontoSwitches) { s.PaidStaysProcessing = true },
		probe: func(r *rig) string {
			id := r.create(basket(item))
			if err := r.Qonto.Pay(id); err != nil {
				r.t.Fatal(err)
			}
			return r.get("/v2/payment_links/" + id).at("status")
		}, off: "paid", on: "processing"},
	{field: "NoStagingToken", set: func(s *sandbox.QontoSwitches) { s.NoStagingToken = true },
		probe: func(r *rig) string {
			a := r.send(http.MethodGet, "/qonto/v2/payment_links", "", "X-Qonto-Staging-Token", "")
			return fmt.Sprint(a.status, " ", a.header.Get("Content-Type"))
		}, off: "401 text/html; charset=utf-8", on: "200 application/json"},
	{field: "RateLimit", set: func(s *sandbox.QontoSwitches) { s.RateLimit = true },
		probe: func(r *rig) string {
			r.client.Transport = &http.Transport{} // keeps its connection: a thousand requests
			defer r.client.CloseIdleConnections()
			for range 1000 {
				r.get("/v2/payment_links/payment_methods").want(200)
			}
			last := r.get("/v2/payment_links/payment_methods").status
			r.Advance(10 * time.Second)
			return fmt.Sprint(last, r.get("/v2/payment_links/payment_methods").status)
		}, off: "200 200", on: "429 200"},
}

func lineOf(value, vat string) string {
	return `{"title":"x","quantity":1,"unit_price":{"value":"` + value + `","currency":"EUR"},"vat_rate":"` + vat + `"}`
}

func TestQontoSwitches(t *testing.T) {
	t.Parallel()
	for _, c := range wireCases {
		t.Run(c.field+" "+c.position, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			equal(t, "by default", c.probe(r), c.off)
			r = newRig(t)
			r.Qonto.Set(c.set)
			equal(t, "switched", c.probe(r), c.on)
		})
	}
}

// TestQontoSwitchesAreAllTried fails for a switch without a case above.
func TestQontoSwitchesAreAllTried(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for _, c := range wireCases {
		tried[c.field] = true
	}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[sandbox.QontoSwitches]()) {
		if !tried[field.Name] {
			t.Errorf("no wire test for the switch %s", field.Name)
		}
	}
}

func TestQontoStrictInvoiceKnowsInvoices(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.Qonto.Set(func(s *sandbox.QontoSwitches) { s.StrictInvoice = true })
	r.Qonto.AddInvoice(invoiceID)
	r.post(invoice).want(201)
}
