package sandbox_test

import (
	"net/http"
	"strings"
	"testing"
)

// conomyRig is a rig with Conomy's credentials.
type conomyRig struct{ *rig }

func newConomyRig(t *testing.T) conomyRig {
	t.Helper()
	r := newRig(t)
	r.header = http.Header{
		"Authorization": {"Bearer " + r.Conomy.AccessToken()}, "X-Api-Key": {r.Env()["CONOMY_API_KEY"]},
		"User-Agent": {"Test/1.0"}, "Content-Type": {"application/json"},
	}
	return conomyRig{r}
}

func (r conomyRig) get(path string) reply { r.t.Helper(); return r.send("GET", "/conomy"+path, "") }

func (r conomyRig) post(body string, header ...string) reply {
	r.t.Helper()
	return r.send("POST", "/conomy/payment-links", body, header...)
}

func (r conomyRig) create(body string) string {
	r.t.Helper()
	return r.post(body).want(201).at("id")
}

func (r conomyRig) delete(id string) reply {
	r.t.Helper()
	return r.send("DELETE", "/conomy/payment-links/"+id, "")
}

func (r conomyRig) activate(id string) reply {
	r.t.Helper()
	return r.send("POST", "/conomy/payment-links/"+id+"/activate", "")
}

// do is for what must not fail.
func (r conomyRig) do(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// recipe is the body that the vendor's own recipe publishes in kind: optional parts are left out.
const recipe = `{"checkoutToken":"invoice-1001","items":[{"preTaxAmount":"49990","totalAmount":"49990","description":"Annual plan"}],` +
	`"currency":"CLP","paymentMethodsAllowed":["ETPAY","WEBPAY"],"destinations":[{"type":"ACCOUNT","amount":"49990","account":{"accountNumber":"000123456789"}}],` +
	`"duration":86400,"owner":{"identityId":"65f0c0ff"},"customerRequirements":["firstName","email"]}`

// taxed has every optional part.
const taxed = `{"checkoutToken":"order-7","items":[{"preTaxAmount":"100.00","totalAmount":"119.0","description":"Workshop",` +
	`"tax":{"name":"IVA","type":"PERCENTAGE","value":"19","amount":"19"}}],"currency":"USD","paymentMethodsAllowed":["CARD"],` +
	`"customer":{"id":"c1","firstName":"Ana","email":"ana@example.com","address":{"country":"COL"}},` +
	`"destinations":[{"name":"shop","type":"ACCOUNT","externalId":"d1","amount":"119.00","metadata":{"image":"i","description":"d","category":"c"},` +
	`"account":{"type":"CHECKING","currency":"USD","accountNumber":"111","accountHolder":"Shop"}}],"duration":30,` +
	`"owner":{"identityId":"o1","name":"Ana","entityType":"USER"},"successUrl":"https://x.example/a","failedUrl":"https://x.example/b"}`

// swapped is the recipe, or the taxed body where only that holds the text, with one text replaced.
func swapped(t *testing.T, old, with string) string {
	t.Helper()
	for _, body := range []string{recipe, taxed} {
		if strings.Contains(body, old) {
			return strings.Replace(body, old, with, 1)
		}
	}
	t.Fatalf("no %s", old)
	return ""
}
