package sandbox_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestConomyPages(t *testing.T) {
	t.Parallel()
	r := newConomyRig(t)
	for i := range 120 {
		r.create(swapped(t, "invoice-1001", fmt.Sprint("t-", i)))
	}
	var listed []string
	for _, c := range []struct{ offset, count, next, previous int }{{0, 50, 50, 0}, {50, 100, 100, 0}, {100, 120, 120, 50}} {
		a := r.get(fmt.Sprint("/payment-links?limit=50&offset=", c.offset)).want(200)
		equal(t, "pagination", a.at("pagination"), fmt.Sprintf(`{"count":%d,"next":%d,"previous":%d,"total":120}`, c.count, c.next, c.previous))
		for _, link := range a.json().(map[string]any)["results"].([]any) {
			listed = append(listed, link.(map[string]any)["checkoutToken"].(string))
		}
	}
	equal(t, "first", listed[0], "t-119") // the newest first
	equal(t, "last", listed[119], "t-0")
	equal(t, "by cursor", r.get("/payment-links?next=119").at("results", "0", "checkoutToken"), "t-0")
	equal(t, "default size", r.get("/payment-links").at("pagination", "count"), "50")
	equal(t, "beyond the end", r.get("/payment-links?offset=500").at("results"), "[]")
	equal(t, "sorted", r.get("/payment-links?sort=createdAt:asc").at("results", "0", "checkoutToken"), "t-0")
	for _, bad := range []string{"limit=51", "limit=-1", "limit=x", "limit=1.5", "offset=-1", "next=x", "status=DONE", "status=ACTIVE,done"} {
		equal(t, bad, r.get("/payment-links?"+bad).want(400).at("code"), "11")
	}
}

func TestConomyFilters(t *testing.T) {
	t.Parallel()
	r := newConomyRig(t)
	plan, order := r.create(recipe), r.create(taxed)
	r.do(r.Conomy.Activate(order))
	for query, want := range map[string]string{
		"": order + "," + plan, "id=" + plan: plan, "id=" + plan + "," + order: order + "," + plan, "status=ACTIVE": order, "status=ATTEMPT,ACTIVE": order + "," + plan,
		"destination.accountNumber=111": order, "customer.email=ana@example.com": order, "owner.identityId=65f0c0ff,o2": plan,
		"owner.identityId=o1&status=ATTEMPT": "", "currency=EUR": order + "," + plan, // the last is the vendor's own client's, and tolerated
	} {
		var ids []string
		for _, link := range r.get("/payment-links?" + query).want(200).json().(map[string]any)["results"].([]any) {
			ids = append(ids, link.(map[string]any)["id"].(string))
		}
		equal(t, query, strings.Join(ids, ","), want)
	}
	r.Advance(30 * time.Second)
	equal(t, "expired", r.get("/payment-links?status=EXPIRED").at("results", "0", "id"), order)
}
