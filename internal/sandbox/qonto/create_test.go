package qonto_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

func TestCreateBasket(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	a := r.Post(basket(item)).Want(http.StatusCreated)
	id := a.At("payment_link", "id")
	sandboxtest.Equal(t, "link", sandboxtest.Compact(t, a.At("payment_link")), sandboxtest.Compact(t, `{"id":"`+id+`","status":"open",
		"expiration_date":"2027-03-01T12:00:00Z","potential_payment_methods":["credit_card","ideal"],
		"amount":{"value":"13.30","currency":"EUR"},"resource_type":"Basket","reusable":false,
		"created_at":"2026-03-01T12:00:00Z","url":"`+a.At("payment_link", "url")+`",
		"items":[{"title":"Workshop","quantity":1,"unit_price":{"value":"10.99","currency":"EUR"},"vat_rate":"21.0"}],
		"invoice_id":null,"invoice_number":null,"debitor_name":null}`))
	sandboxtest.Equal(t, "date", a.Header.Get("Date"), "Sun, 01 Mar 2026 12:00:00 GMT")
	got := r.Read(id).Want(http.StatusOK)
	sandboxtest.Equal(t, "read", sandboxtest.Compact(t, got.Body), sandboxtest.Compact(t, a.At("payment_link")))
}

func TestCreateInvoice(t *testing.T) {
	t.Parallel()
	a := vendor.Client(t).Post(invoice).Want(http.StatusCreated)
	for key, want := range map[string]string{
		"resource_type": "Invoice", "items": "null", "invoice_id": invoiceID, "invoice_number": "F-2026-017",
		"debitor_name": "Ada Rossi", "amount": `{"currency":"EUR","value":"119.00"}`, "reusable": "false",
	} {
		sandboxtest.Equal(t, key, a.At("payment_link", key), want)
	}
}

func TestGross(t *testing.T) {
	t.Parallel()
	line := func(value, quantity, vat string) string {
		return `{"title":"x","quantity":` + quantity + `,"unit_price":{"value":"` + value + `","currency":"EUR"},"vat_rate":"` + vat + `"}`
	}
	for name, c := range map[string]struct{ items, want string }{
		"seed":              {line("10.99", "1", "21.0"), "13.30"},
		"no binary error":   {line("0.10", "3", "0"), "0.30"},
		"half goes up":      {line("1.15", "1", "10"), "1.27"}, // exactly 1.265, which a float holds as less
		"decimal quantity":  {line("10.00", "2.5", "20"), "30.00"},
		"lines are rounded": {line("0.33", "1", "4") + "," + line("0.33", "1", "4"), "0.68"}, // 2 x 0.3432
		"as observed":       {line("232.95", "1", "10"), "256.25"},                           // contract 4.3
		"large":             {line("999999999999.99", "3", "0"), "2999999999999.97"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sandboxtest.Equal(t, "gross", vendor.Client(t).Post(basket(c.items)).Want(http.StatusCreated).At("payment_link", "amount", "value"), c.want)
		})
	}
}

// TestStrict gives every way of refusing a body: status, code, pointer.
func TestStrict(t *testing.T) {
	t.Parallel()
	swap := func(old, with string) string {
		if !strings.Contains(basket(item)+invoice, old) {
			t.Fatalf("no %s", old)
		}
		if strings.Contains(basket(item), old) {
			return strings.Replace(basket(item), old, with, 1)
		}
		return strings.Replace(invoice, old, with, 1)
	}
	const p = "/payment_link/items/0/"
	for name, c := range map[string]struct {
		body    string
		status  int
		code    string
		pointer string // "absent" for none
		detail  string // a part of it
	}{
		"not JSON":            {"{", 400, "invalid", "absent", "unexpected EOF"},
		"empty":               {"", 400, "invalid", "absent", "EOF"},
		"two values":          {basket(item) + "{}", 400, "invalid", "absent", "after top-level"},
		"array":               {"[]", 400, "invalid", "absent", "cannot unmarshal array into Go value"},
		"vat_rate number":     {swap(`"21.0"`, `21.0`), 400, "invalid", "absent", "cannot unmarshal number into Go struct field CreatePaymentLinkRequest.payment_link.items.vat_rate of type string"},
		"quantity string":     {swap(`"quantity":1`, `"quantity":"1"`), 400, "invalid", "absent", "cannot unmarshal string"},
		"value number":        {swap(`"10.99"`, `10.99`), 400, "invalid", "absent", "unit_price.value of type string"},
		"reusable string":     {swap(`"reusable":false`, `"reusable":"false"`), 400, "invalid", "absent", "of type bool"},
		"items object":        {`{"payment_link":{"items":{},"reusable":false,"potential_payment_methods":["ideal"]}}`, 400, "invalid", "absent", "cannot unmarshal object"},
		"item string":         {basket(`"x"`), 400, "invalid", "absent", "cannot unmarshal string"},
		"price string":        {swap(`{"value":"10.99","currency":"EUR"}`, `"10.99"`), 400, "invalid", "absent", "cannot unmarshal string"},
		"method number":       {swap(`"credit_card"`, `1`), 400, "invalid", "absent", "cannot unmarshal number"},
		"no wrapper":          {`{"items":[]}`, 422, "invalid", "/payment_link/potential_payment_methods", "required"},
		"neither shape":       {`{"payment_link":{"potential_payment_methods":["ideal"]}}`, 422, "invalid", "/payment_link", "either"},
		"both shapes":         {swap(`"reusable"`, `"invoice_number":"F-1","reusable"`), 422, "invalid", "/payment_link", "combined"},
		"basket with amount":  {swap(`"reusable"`, `"amount":{"value":"1.00","currency":"EUR"},"reusable"`), 422, "invalid", "/payment_link", "combined"},
		"no reusable":         {swap(`"reusable":false,`, ``), 422, "invalid", "/payment_link/reusable", "required"},
		"no items":            {basket(``), 422, "invalid", "/payment_link/items", "empty"},
		"wrong case of key":   {swap(`"title"`, `"Title"`), 422, "invalid", p + "title", "required"},
		"null title":          {swap(`"Workshop"`, `null`), 422, "invalid", p + "title", "required"},
		"empty title":         {swap(`"Workshop"`, `""`), 422, "invalid", p + "title", "characters"},
		"long title":          {swap(`Workshop`, strings.Repeat("é", 256)), 422, "invalid", p + "title", "255"},
		"long description":    {swap(`"quantity"`, `"description":"`+strings.Repeat("é", 1001)+`","quantity"`), 422, "invalid", p + "description", "1000"},
		"unknown type":        {swap(`"quantity"`, `"type":"gift","quantity"`), 422, "not_in_list", p + "type", "good"},
		"no quantity":         {swap(`"quantity":1,`, ``), 422, "invalid", p + "quantity", "required"},
		"quantity 0":          {swap(`"quantity":1`, `"quantity":0`), 422, "invalid", p + "quantity", "greater than 0"},
		"quantity enormous":   {swap(`"quantity":1`, `"quantity":1e999999999`), 422, "invalid", p + "quantity", ""},
		"quantity in e":       {swap(`"quantity":1`, `"quantity":1e12`), 422, "invalid", p + "quantity", ""},
		"quantity of 1e-12":   {swap(`"quantity":1`, `"quantity":1e-12`), 422, "invalid", p + "quantity", ""},
		"no price":            {swap(`"unit_price":{"value":"10.99","currency":"EUR"},`, ``), 422, "invalid", p + "unit_price", "required"},
		"negative price":      {swap(`"10.99"`, `"-10.99"`), 422, "invalid", p + "unit_price/value", "negative"},
		"three decimals":      {swap(`"10.99"`, `"10.999"`), 422, "invalid", p + "unit_price/value", "2 decimals"},
		"not a decimal":       {swap(`"10.99"`, `"10,99"`), 422, "invalid", p + "unit_price/value", "decimal"},
		"exponent":            {swap(`"10.99"`, `"1e3"`), 422, "invalid", p + "unit_price/value", "decimal"},
		"price in USD":        {swap(`"EUR"`, `"USD"`), 422, "not_in_list", p + "unit_price/currency", "EUR"},
		"no currency":         {swap(`,"currency":"EUR"`, ``), 422, "invalid", p + "unit_price/currency", "required"},
		"no vat_rate":         {swap(`,"vat_rate":"21.0"`, ``), 422, "invalid", p + "vat_rate", "required"},
		"vat_rate percent":    {swap(`"21.0"`, `"21%"`), 422, "invalid", p + "vat_rate", "decimal"},
		"vat_rate negative":   {swap(`"21.0"`, `"-1"`), 422, "invalid", p + "vat_rate", "0 or more"},
		"vat_rate 101":        {swap(`"21.0"`, `"101"`), 422, "invalid", p + "vat_rate", "100"},
		"gross 0":             {swap(`"10.99"`, `"0.00"`), 422, "invalid", "/payment_link/items", "greater than 0"},
		"unknown method":      {swap(`"credit_card"`, `"bank_transfer"`), 422, "not_in_list", "/payment_link/potential_payment_methods/0", "bank_transfer"},
		"no methods":          {swap(`"credit_card","ideal"`, ``), 422, "invalid", "/payment_link/potential_payment_methods", "empty"},
		"half an invoice":     {swap(`"invoice_number":"F-2026-017",`, ``), 422, "invalid", "/payment_link/invoice_number", "required"},
		"no invoice_id":       {swap(`"invoice_id":"`+invoiceID+`",`, ``), 422, "invalid", "/payment_link/invoice_id", "required"},
		"no debitor_name":     {swap(`"debitor_name":"Ada Rossi",`, ``), 422, "invalid", "/payment_link/debitor_name", "required"},
		"no amount":           {swap(`"amount":{"value":"119.00","currency":"EUR"},`, ``), 422, "invalid", "/payment_link/amount", "required"},
		"invoice_id form":     {swap(invoiceID, `F-2026-017`), 422, "invalid", "/payment_link/invoice_id", "UUID"},
		"invoice amount 0":    {swap(`"119.00"`, `"0"`), 422, "invalid", "/payment_link/amount/value", "greater than 0"},
		"empty debitor_name":  {swap(`"Ada Rossi"`, `""`), 422, "invalid", "/payment_link/debitor_name", "characters"},
		"long invoice_number": {swap(`F-2026-017`, strings.Repeat("F", 256)), 422, "invalid", "/payment_link/invoice_number", "255"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := vendor.Client(t)
			a := r.Post(c.body).Want(c.status)
			sandboxtest.Equal(t, "code", a.At("errors", "0", "code"), c.code)
			sandboxtest.Equal(t, "pointer", a.At("errors", "0", "source", "pointer"), c.pointer)
			if !strings.Contains(a.At("errors", "0", "detail"), c.detail) {
				t.Errorf("detail %q, want %q", a.At("errors", "0", "detail"), c.detail)
			}
			if a.At("trace_id") == "absent" {
				t.Error("no trace_id")
			}
			sandboxtest.Equal(t, "links", len(qonto.From(r).Links()), 0)
			sandboxtest.Equal(t, "committed", r.Requests()[0].Committed, false)
		})
	}
}

func TestReportsEveryBrokenRule(t *testing.T) {
	t.Parallel()
	a := vendor.Client(t).Post(basket(`{"title":"","quantity":0}`)).Want(422)
	for i, want := range []string{"title", "quantity", "unit_price", "vat_rate"} {
		sandboxtest.Equal(t, "pointer", a.At("errors", string(rune('0'+i)), "source", "pointer"), "/payment_link/items/0/"+want)
	}
}

func TestContentType(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	r.Post(basket(item), "Content-Type", "text/plain").Want(415)
	r.Post(basket(item), "Content-Type", "").Want(415)
	r.Post(basket(item), "Content-Type", "application/json; charset=utf-8").Want(201)
}

func TestIdempotencyKey(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	const key = "X-Qonto-Idempotency-Key"
	r.Post(basket(``), key, "k").Want(422) // failures are not kept
	first := r.Post(basket(item), key, "k").Want(201)
	r.Advance(29 * time.Minute)
	again := r.Post(invoice, key, "k").Want(201)
	sandboxtest.Equal(t, "repeated", again.Body, first.Body)
	sandboxtest.Equal(t, "links", len(qonto.From(r).Links()), 1)
	sandboxtest.Equal(t, "committed", r.Requests()[2].Committed, false)
	r.Post(basket(item), key, "other").Want(201)
	r.Advance(time.Minute)
	r.Post(basket(item), key, "k").Want(201)
	sandboxtest.Equal(t, "links", len(qonto.From(r).Links()), 3)
}
