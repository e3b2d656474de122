package sandbox_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestQontoPages(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.client.Transport = &http.Transport{}
	t.Cleanup(r.client.CloseIdleConnections)
	var ids []string
	for range 250 {
		ids = append(ids, r.create(basket(item)))
	}
	var listed []string
	for page, want := range []string{"100 2 null", "100 3 1", "50 null 2"} {
		a := r.get(fmt.Sprintf("/v2/payment_links?page=%d", page+1)).want(200)
		links := a.json().(map[string]any)["payment_links"].([]any)
		for _, link := range links {
			listed = append(listed, link.(map[string]any)["id"].(string))
		}
		equal(t, "page", fmt.Sprint(len(links), " ", a.at("meta", "next_page"), " ", a.at("meta", "prev_page")), want)
		equal(t, "meta", a.at("meta", "total_pages")+" "+a.at("meta", "total_count")+" "+a.at("meta", "per_page"), "3 250 100")
		equal(t, "current page", a.at("meta", "current_page"), fmt.Sprint(page+1))
	}
	equal(t, "links listed", len(listed), 250)
	for i, id := range listed {
		if id != ids[len(ids)-1-i] { // the newest first
			t.Fatalf("place %d is %s, want %s", i, id, ids[len(ids)-1-i])
		}
	}
	beyond := r.get("/v2/payment_links?page=4").want(200)
	equal(t, "beyond the end", beyond.at("payment_links")+beyond.at("meta", "total_count"), "[]250")
	equal(t, "page of 7", r.get("/v2/payment_links?per_page=7&page=36").at("payment_links", "4", "id"), ids[0])
}

func TestQontoListFiltersAndSorts(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	cheap := r.create(priced("9.00", "0"))
	r.Advance(time.Hour)
	dear := r.create(priced("100.00", "0"))
	r.Advance(time.Hour)
	middle := r.create(priced("20.00", "0"))
	if err := r.Qonto.Cancel(dear); err != nil {
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
		a := r.get("/v2/payment_links?" + query).want(200)
		var got []string
		for _, link := range a.json().(map[string]any)["payment_links"].([]any) {
			got = append(got, link.(map[string]any)["id"].(string))
		}
		equal(t, query, strings.Join(got, " "), strings.Join(want, " "))
	}
}

func TestQontoRefusesQueries(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	id := r.create(basket(item))
	for query, name := range map[string]string{
		"page=0": "page", "page=x": "page", "page=": "page", "per_page=101": "per_page", "per_page=0": "per_page",
		"status[]=cancelled": "status[]", "status[]=open,paid": "status[]", "sort_by=created_at:asc": "sort_by", "sort_by=amount": "sort_by",
	} {
		a := r.get("/v2/payment_links?" + query).want(422)
		equal(t, query, a.at("errors", "0", "code")+" "+a.at("errors", "0", "source", "parameter"), "not_in_list "+name)
	}
	r.get("/v2/payment_links/" + id + "/payments?status[]=processing").want(422)
	r.get("/v2/payment_links/" + id + "/payments?sort_by=created_at:asc").want(422)
}

func TestQontoPayments(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	body := strings.Replace(basket(item), `"reusable":false`, `"reusable":true`, 1)
	id := r.create(body)
	path := "/v2/payment_links/" + id + "/payments"
	equal(t, "none yet", r.get(path).want(200).at("payments"), "[]")
	pay := func(act func(string) error) {
		t.Helper()
		r.Advance(time.Minute)
		if err := act(id); err != nil {
			t.Fatal(err)
		}
	}
	pay(r.Qonto.Pay)
	pay(r.Qonto.Process)
	equal(t, "pending, the newest first", r.get(path).at("payments", "0", "status")+r.get(path).at("payments", "0", "paid_at"), "pendingnull")
	pay(r.Qonto.Pay)
	a := r.get(path + "?sort_by=creation_date:asc&status[]=paid").want(200)
	equal(t, "count", a.at("meta", "total_count"), "2")
	equal(t, "settled later", a.at("payments", "1", "created_at")+" "+a.at("payments", "1", "paid_at"), "2026-03-01T12:02:00Z 2026-03-01T12:03:00Z")
	equal(t, "amount", a.at("payments", "0", "amount"), `{"currency":"EUR","value":"13.30"}`)
	equal(t, "method and payer", a.at("payments", "0", "payment_method")+a.at("payments", "0", "debitor_email"), "credit_cardpayer@example.com")
	r.get("/v2/payment_links/" + invoiceID + "/payments").want(404)
}

func TestQontoUnknownIsNotFound(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	id := r.create(basket(item))
	for _, c := range []struct{ method, path string }{
		{"GET", "/" + invoiceID}, {"GET", "/not-a-uuid"}, {"GET", "/" + url.PathEscape("../"+id)}, {"GET", "/" + id + "/"},
		{"GET", "//" + id}, {"PATCH", "/" + id}, {"PUT", "/" + id}, {"DELETE", "/" + id}, {"POST", "/" + id}, {"POST", "/" + id + "/deactivate"},
		{"PATCH", "/" + invoiceID + "/deactivate"}, {"PATCH", "/connections"}, {"GET", "/connections/payments"}, {"DELETE", "/payment_methods"},
		{"GET", "/" + id + "/refunds"},
	} {
		a := r.send(c.method, "/qonto/v2/payment_links"+c.path, "").want(404)
		equal(t, c.method+c.path, a.at("errors", "0", "code"), "not_found")
	}
	equal(t, "still open", r.Qonto.Payable(), 1)
	for _, q := range r.Requests(func(q Record) bool { return strings.HasSuffix(q.Path, "/connections/payments") || q.Method == "DELETE" }) {
		equal(t, "call of "+q.Path, q.Op, "")
	}
}

func TestQontoLife(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	status := func(id string) string { t.Helper(); return r.get("/v2/payment_links/" + id).want(200).at("status") }

	expiring := r.create(basket(item))
	r.Advance(365*24*time.Hour - time.Second)
	equal(t, "a second before", status(expiring), "open")
	r.Advance(time.Second)
	equal(t, "after a year", status(expiring), "expired")
	r.deactivate(expiring).want(422)

	canceled := r.create(basket(item))
	a := r.deactivate(canceled).want(200)
	equal(t, "deactivated", a.at("payment_link", "status"), "canceled")
	equal(t, "canceled and readable", status(canceled), "canceled")
	equal(t, "refusal", r.deactivate(canceled).want(422).at("errors", "0", "code"), "invalid")
	r.send(http.MethodPatch, "/qonto/v2/payment_links/"+r.create(basket(item))+"/deactivate", "{}").want(400)

	for name, act := range map[string]func(string) error{
		"paid": r.Qonto.Pay, "processing": r.Qonto.Process, "expired": r.Qonto.Expire, "canceled": r.Qonto.Cancel,
		"disputed": func(id string) error { return r.Qonto.ForceStatus(id, "disputed") },
	} {
		id := r.create(basket(item))
		if err := act(id); err != nil {
			t.Fatal(err)
		}
		equal(t, "forced", status(id), name)
		r.deactivate(id).want(422)
		if err := r.Qonto.Pay(id); (err == nil) != (name == "processing") {
			t.Errorf("pay while %s: %v", name, err)
		}
		if err := r.Qonto.Delete(id); err != nil {
			t.Fatal(err)
		}
		r.get("/v2/payment_links/" + id).want(404)
		if err := act(id); err == nil {
			t.Errorf("%s of a link that is gone", name)
		}
	}
}
