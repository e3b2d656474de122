package sandbox_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// stocked is a rig that makes links of every vendor.
type stocked struct {
	*rig
	made int
}

func newStocked(t *testing.T) *stocked { return &stocked{rig: newRig(t)} }

// stock makes a link of a vendor, as its API does.
func (r *stocked) stock(vendor string) vendorapi.Link {
	r.t.Helper()
	r.made++
	var path, token, body string
	switch vendor {
	case "qonto":
		path, token, body = "/qonto/v2/payment_links", r.Env()["QONTO_ACCESS_TOKEN"], basket(item)
	case "powens":
		path, token, body = powensLinks, r.Powens.Token("demo-sandbox"), powensLink
	case "conomy":
		path, token = "/conomy/payment-links", r.Conomy.AccessToken()
		body = strings.Replace(recipe, "invoice-1001", fmt.Sprint("invoice-", r.made), 1)
	case "gigs":
		path, token = "/gigs"+gigsLinks, r.Env()["GIGS_API_KEY"]
		body = strings.Replace(gigsBody, gigsInvoice, fmt.Sprintf("inv_%028d", r.made), 1)
	}
	a := r.send("POST", path, body, "Authorization", "Bearer "+token, "X-Api-Key", r.Env()["CONOMY_API_KEY"], "User-Agent", "Test/1.0")
	if a.status != http.StatusOK && a.status != http.StatusCreated {
		r.t.Fatalf("%s: %d %s", vendor, a.status, a.body)
	}
	links := r.Overview()
	for i := len(links) - 1; i >= 0; i-- {
		if links[i].Vendor == vendor {
			return links[i]
		}
	}
	r.t.Fatalf("%s holds no link", vendor)
	return vendorapi.Link{}
}

// find is a link as it is now.
func (r *rig) find(vendor, id string) vendorapi.Link {
	r.t.Helper()
	for _, link := range r.Overview() {
		if link.Vendor == vendor && link.ID == id {
			return link
		}
	}
	r.t.Fatalf("%s holds no link %s", vendor, id)
	return vendorapi.Link{}
}

// form sends what a button sends.
func (r *rig) form(address string, values url.Values, header ...string) reply {
	r.t.Helper()
	header = append([]string{"Content-Type", "application/x-www-form-urlencoded"}, header...)
	return r.send("POST", strings.TrimPrefix(address, r.URL()), values.Encode(), header...)
}

func pressed(act string) url.Values { return url.Values{"act": {act}} }
