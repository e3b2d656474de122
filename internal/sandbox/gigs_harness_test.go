package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

const (
	gigsLinks   = "/projects/gigs/paymentLinks"
	gigsInvoice = "inv_0SNlurA049MEWV1QTRqvd18YuG25"
	// gigsBody is the vendor's sample request.
	gigsBody = `{"ebanx":{"user":{"fullName":"Elaine Benes","email":"elaine@example.com","taxNumber":"290.063.072-03"},` +
		`"redirectUrl":"https://example.com"},"invoice":"` + gigsInvoice + `","type":"ebanx"}`
)

// gigsRig is a rig whose requests go to Gigs, with its key.
type gigsRig struct{ *rig }

func newGigsRig(t *testing.T) gigsRig {
	t.Helper()
	r := newRig(t)
	r.header = http.Header{"Authorization": {"Bearer " + r.Env()["GIGS_API_KEY"]}, "Content-Type": {"application/json"}}
	return gigsRig{r}
}

func (r gigsRig) call(method, path, body string, header ...string) reply {
	r.t.Helper()
	return r.send(method, "/gigs"+path, body, header...)
}

func (r gigsRig) get(path string) reply { r.t.Helper(); return r.call(http.MethodGet, path, "") }

func (r gigsRig) post(body string, header ...string) reply {
	r.t.Helper()
	return r.call(http.MethodPost, gigsLinks, body, header...)
}

// create makes a link and returns its id.
func (r gigsRig) create(body string) string {
	r.t.Helper()
	return r.post(body).want(http.StatusCreated).at("id")
}

func (r gigsRig) set(change func(*sandbox.GigsSwitches)) gigsRig {
	r.Gigs.Set(change)
	return r
}

// ids are those of a page, in order.
func (a reply) ids() string {
	a.t.Helper()
	page, _ := a.json().(map[string]any)
	items, _ := page["items"].([]any)
	var out []string
	for _, item := range items {
		link, _ := item.(map[string]any)
		id, _ := link["id"].(string)
		out = append(out, id)
	}
	return strings.Join(out, " ")
}

// swapGigs is the sample request with a part replaced.
func swapGigs(t *testing.T, old, with string) string {
	t.Helper()
	if !strings.Contains(gigsBody, old) {
		t.Fatalf("no %s", old)
	}
	return strings.Replace(gigsBody, old, with, 1)
}
