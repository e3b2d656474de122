package qonto_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

func TestPages(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	r.HTTP.Transport = &http.Transport{}
	t.Cleanup(r.HTTP.CloseIdleConnections)
	var ids []string
	for range 250 {
		ids = append(ids, r.Create(basket(item)))
	}
	var listed []string
	for page, want := range []string{"100 2 null", "100 3 1", "50 null 2"} {
		a := r.Get(fmt.Sprintf("/v2/payment_links?page=%d", page+1)).Want(200)
		links := a.JSON().(map[string]any)["payment_links"].([]any)
		for _, link := range links {
			listed = append(listed, link.(map[string]any)["id"].(string))
		}
		sandboxtest.Equal(t, "page", fmt.Sprint(len(links), " ", a.At("meta", "next_page"), " ", a.At("meta", "prev_page")), want)
		sandboxtest.Equal(t, "meta", a.At("meta", "total_pages")+" "+a.At("meta", "total_count")+" "+a.At("meta", "per_page"), "3 250 100")
		sandboxtest.Equal(t, "current page", a.At("meta", "current_page"), fmt.Sprint(page+1))
	}
	sandboxtest.Equal(t, "links listed", len(listed), 250)
	for i, id := range listed {
		if id != ids[len(ids)-1-i] { // the newest first
			t.Fatalf("place %d is %s, want %s", i, id, ids[len(ids)-1-i])
		}
	}
	beyond := r.Get("/v2/payment_links?page=4").Want(200)
	sandboxtest.Equal(t, "beyond the end", beyond.At("payment_links")+beyond.At("meta", "total_count"), "[]250")
	sandboxtest.Equal(t, "page of 7", r.Get("/v2/payment_links?per_page=7&page=36").At("payment_links", "4", "id"), ids[0])
}

func TestListFiltersAndSorts(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	cheap := r.Create(basket(priced("9.00", "0")))
	r.Advance(time.Hour)
	dear := r.Create(basket(priced("100.00", "0")))
	r.Advance(time.Hour)
	middle := r.Create(basket(priced("20.00", "0")))
	if err := qonto.From(r).Cancel(dear); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string][]string{
		"":                                    {middle, dear, cheap},
		"status[]=open":                       {middle, cheap},
		"status[]=open&status[]=canceled":     {middle, dear, cheap},
		"status[]=paid":                       {},
		"sort_by=amount:asc":                  {cheap, middle, dear},
		"sort_by=amount:desc":                 {dear, middle, cheap},
		"sort_by=expiration_date:asc":         {cheap, dear, middle},
		"sort_by=expiration_date:desc":        {middle, dear, cheap},
		"status[]=open&sort_by=amount:asc":    {cheap, middle},
		"status=canceled&anything=is+ignored": {middle, dear, cheap},
	} {
		a := r.List("?" + query).Want(200)
		var got []string
		for _, link := range a.JSON().(map[string]any)["payment_links"].([]any) {
			got = append(got, link.(map[string]any)["id"].(string))
		}
		sandboxtest.Equal(t, query, strings.Join(got, " "), strings.Join(want, " "))
	}
}

func TestRefusesQueries(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(basket(item))
	for query, name := range map[string]string{
		"page=0": "page", "page=x": "page", "page=": "page", "per_page=101": "per_page", "per_page=0": "per_page",
		"status[]=cancelled": "status[]", "status[]=open,paid": "status[]", "sort_by=created_at:asc": "sort_by", "sort_by=amount": "sort_by",
	} {
		a := r.List("?" + query).Want(422)
		sandboxtest.Equal(t, query, a.At("errors", "0", "code")+" "+a.At("errors", "0", "source", "parameter"), "not_in_list "+name)
	}
	r.Get("/v2/payment_links/" + id + "/payments?status[]=processing").Want(422)
	r.Get("/v2/payment_links/" + id + "/payments?sort_by=created_at:asc").Want(422)
}

func TestPayments(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	body := strings.Replace(basket(item), `"reusable":false`, `"reusable":true`, 1)
	id := r.Create(body)
	path := "/v2/payment_links/" + id + "/payments"
	sandboxtest.Equal(t, "none yet", r.Get(path).Want(200).At("payments"), "[]")
	pay := func(act func(string) error) {
		t.Helper()
		r.Advance(time.Minute)
		if err := act(id); err != nil {
			t.Fatal(err)
		}
	}
	pay(qonto.From(r).Pay)
	pay(qonto.From(r).StartPayment)
	sandboxtest.Equal(t, "pending, the newest first", r.Get(path).At("payments", "0", "status")+r.Get(path).At("payments", "0", "paid_at"), "pendingnull")
	pay(qonto.From(r).Pay)
	a := r.Get(path + "?sort_by=creation_date:asc&status[]=paid").Want(200)
	sandboxtest.Equal(t, "count", a.At("meta", "total_count"), "2")
	sandboxtest.Equal(t, "settled later", a.At("payments", "1", "created_at")+" "+a.At("payments", "1", "paid_at"), "2026-03-01T12:02:00Z 2026-03-01T12:03:00Z")
	sandboxtest.Equal(t, "amount", a.At("payments", "0", "amount"), `{"currency":"EUR","value":"13.30"}`)
	sandboxtest.Equal(t, "method and payer", a.At("payments", "0", "payment_method")+a.At("payments", "0", "debitor_email"), "credit_cardpayer@example.com")
	r.Get("/v2/payment_links/" + invoiceID + "/payments").Want(404)
}

func TestUnknownIsNotFound(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(basket(item))
	for _, c := range []struct{ method, path string }{
		{"GET", "/" + invoiceID}, {"GET", "/not-a-uuid"}, {"GET", "/" + url.PathEscape("../"+id)}, {"GET", "/" + id + "/"},
		{"GET", "//" + id}, {"PATCH", "/" + id}, {"PUT", "/" + id}, {"DELETE", "/" + id}, {"POST", "/" + id}, {"POST", "/" + id + "/deactivate"},
		{"PATCH", "/" + invoiceID + "/deactivate"}, {"PATCH", "/connections"}, {"GET", "/connections/payments"}, {"DELETE", "/payment_methods"},
		{"GET", "/" + id + "/refunds"},
	} {
		a := r.Call(c.method, "/v2/payment_links"+c.path, "").Want(404)
		sandboxtest.Equal(t, c.method+c.path, a.At("errors", "0", "code"), "not_found")
	}
	sandboxtest.Equal(t, "still open", qonto.From(r).Payable(), 1)
	for _, q := range r.Requests(func(q sandbox.Record) bool {
		return strings.HasSuffix(q.Path, "/connections/payments") || q.Method == "DELETE"
	}) {
		sandboxtest.Equal(t, "call of "+q.Path, q.Op, "")
	}
}
