package conomy_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

func TestPages(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	for i := range 120 {
		r.Create(swap(t, "invoice-1001", fmt.Sprint("t-", i)))
	}
	var listed []string
	for _, c := range []struct{ offset, count, next, previous int }{{0, 50, 50, 0}, {50, 100, 100, 0}, {100, 120, 120, 50}} {
		a := r.List(fmt.Sprint("?limit=50&offset=", c.offset)).Want(200)
		sandboxtest.Equal(t, "pagination", a.At("pagination"), fmt.Sprintf(`{"count":%d,"next":%d,"previous":%d,"total":120}`, c.count, c.next, c.previous))
		for _, link := range a.JSON().(map[string]any)["results"].([]any) {
			listed = append(listed, link.(map[string]any)["checkoutToken"].(string))
		}
	}
	sandboxtest.Equal(t, "first", listed[0], "t-119") // the newest first
	sandboxtest.Equal(t, "last", listed[119], "t-0")
	sandboxtest.Equal(t, "by cursor", r.List("?next=119").At("results", "0", "checkoutToken"), "t-0")
	sandboxtest.Equal(t, "default size", r.List("").At("pagination", "count"), "50")
	sandboxtest.Equal(t, "beyond the end", r.List("?offset=500").At("results"), "[]")
	sandboxtest.Equal(t, "sorted", r.List("?sort=createdAt:asc").At("results", "0", "checkoutToken"), "t-0")
	for _, bad := range []string{"limit=51", "limit=-1", "limit=x", "limit=1.5", "offset=-1", "next=x", "status=DONE", "status=ACTIVE,done"} {
		sandboxtest.Equal(t, bad, r.List("?"+bad).Want(400).At("code"), "11")
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	plan, order := r.Create(recipe), r.Create(taxed)
	r.Must(conomy.From(r).Activate(order))
	for query, want := range map[string]string{
		"": order + "," + plan, "id=" + plan: plan, "id=" + plan + "," + order: order + "," + plan, "status=ACTIVE": order, "status=ATTEMPT,ACTIVE": order + "," + plan,
		"destination.accountNumber=111": order, "customer.email=ana@example.com": order, "owner.identityId=65f0c0ff,o2": plan,
		"owner.identityId=o1&status=ATTEMPT": "", "currency=EUR": order + "," + plan, // the last is the vendor's own client's, and tolerated
	} {
		var ids []string
		for _, link := range r.List("?" + query).Want(200).JSON().(map[string]any)["results"].([]any) {
			ids = append(ids, link.(map[string]any)["id"].(string))
		}
		sandboxtest.Equal(t, query, strings.Join(ids, ","), want)
	}
	r.Advance(30 * time.Second)
	sandboxtest.Equal(t, "expired", r.List("?status=EXPIRED").At("results", "0", "id"), order)
}
