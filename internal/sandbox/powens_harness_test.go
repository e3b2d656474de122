package sandbox_test

import (
	"net/http"
	"strings"
	"testing"
)

// newPowens is a rig whose header is that of a client of Powens' default domain.
func newPowens(t *testing.T) *powensRig {
	t.Helper()
	r := newRig(t)
	r.header = http.Header{"Authorization": {"Bearer " + r.Powens.Token("demo-sandbox")}, "Content-Type": {"application/json"}}
	return &powensRig{r}
}

type powensRig struct{ *rig }

const powensLinks = "/powens/api/payment-links"

func (r *powensRig) get(id string) reply {
	r.t.Helper()
	return r.send(http.MethodGet, powensLinks+"/"+id, "")
}

func (r *powensRig) list() reply {
	r.t.Helper()
	return r.send(http.MethodGet, powensLinks, "")
}

func (r *powensRig) post(body string) reply {
	r.t.Helper()
	return r.send(http.MethodPost, powensLinks, body)
}

func (r *powensRig) revoke(id string) reply {
	r.t.Helper()
	return r.send(http.MethodPost, powensLinks+"/"+id+":revoke", "", "Content-Type", "")
}

func (r *powensRig) token(body string) reply {
	r.t.Helper()
	return r.send(http.MethodPost, "/powens/2.0/auth/token", body, "Authorization", "")
}

// create makes a link and returns its id.
func (r *powensRig) create(body string) string {
	r.t.Helper()
	return r.post(body).want(http.StatusOK).at("id")
}

// powensLink is the least that a create needs.
const powensLink = `{"amount":50.90,"currency":"EUR","label":"Invoice 1","execution_date_type":"first_open_day",` +
	`"beneficiary":{"scheme_name":"iban","identification":"FR1420041010050500013M02606","label":"Acme SAS"},` +
	`"beneficiary_identity":{"kind":"corporate","scheme_name":"siren","identification":"749867206"},` +
	`"payer":null,"payer_identity":{"first_name":"Ada","last_name":"Rossi"},"redirect":false}`

// powensWith is powensLink with a part replaced.
func powensWith(t *testing.T, old, with string) string {
	t.Helper()
	if !strings.Contains(powensLink, old) {
		t.Fatalf("no %s", old)
	}
	return strings.Replace(powensLink, old, with, 1)
}

// powensPayer is powensLink with a payer, whose number and label may be hidden.
func powensPayer() string {
	return strings.Replace(powensLink, `"payer":null`, `"payer":{"scheme_name":"iban","identification":"DE89370400440532013000","label":"Ada Rossi"}`, 1)
}
