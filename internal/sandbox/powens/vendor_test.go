package powens_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

const links = "/api/payment-links"

// least is the least that a create needs.
const least = `{"amount":50.90,"currency":"EUR","label":"Invoice 1","execution_date_type":"first_open_day",` +
	`"beneficiary":{"scheme_name":"iban","identification":"FR1420041010050500013M02606","label":"Acme SAS"},` +
	`"beneficiary_identity":{"kind":"corporate","scheme_name":"siren","identification":"749867206"},` +
	`"payer":null,"payer_identity":{"first_name":"Ada","last_name":"Rossi"},"redirect":false}`

const goodSeed = `{"id":"3c90c3cc-0d44-4b50-8888-8dd25736052a","amount":1`

var vendor = sandboxtest.Vendor{
	Name: "powens", New: powens.New, ID: []string{"id"},
	Header: func(r *sandboxtest.Rig, env map[string]string) http.Header {
		answer := token(r, grant(env["POWENS_CLIENT_ID"], env["POWENS_CLIENT_SECRET"], `"payment-links:admin"`)).Want(http.StatusOK)
		r.ResetRequests()
		return http.Header{"Authorization": {"Bearer " + answer.At("token")}, "Content-Type": {"application/json"}}
	},
	Links:  func(map[string]string) string { return links },
	Create: func(int) string { return least },
	Revoke: func(id string) (method, path, body string) { return http.MethodPost, "/" + id + ":revoke", "" },
	Routes: map[string]string{
		"token": "POST /2.0/auth/token", "create": "POST /api/payment-links", "list": "GET /api/payment-links", "get": "GET /api/payment-links/1",
		"revoke": "POST /api/payment-links/1:revoke",
	},
	Sample: "testdata/link.json", SampleID: "3c90c3cc-0d44-4b50-8888-8dd25736052a", SampleSwitches: `"omit_defaults":true`,
	BadSeeds: []string{`[` + goodSeed + `},{"id":"x","amount":1}]`, goodSeed + `,"sum":1}`, goodSeed + `,"revoked_at":"soon"}`, `[1`},
	Refusals: map[fault.Kind]string{
		fault.TooMany: "429 tooManyRequests", fault.ExpireToken: "401 unauthorized", fault.Echo: "400 invalidValue",
	},
	RefusalCode: []string{"code"},
	Words:       []string{"50.90 EUR", "Invoice 1", "Powens", "open", "unavailable"},
	Statuses:    []string{powens.Created, powens.Pending, powens.Done, powens.Rejected, powens.Expired}, Undocumented: "on_hold",
}

func TestVendor(t *testing.T) { vendor.Test(t) }

// grant is the body of a token call.
func grant(id, secret, scope string) string {
	return `{"grant_type":"client_credentials","client_id":"` + id + `","client_secret":"` + secret + `","scope":` + scope + `}`
}

func token(r *sandboxtest.Rig, body string) sandboxtest.Response {
	r.T.Helper()
	return r.Send(http.MethodPost, "/powens/2.0/auth/token", body, "Authorization", "")
}

// swap is the least with a part replaced.
func swap(t *testing.T, old, with string) string {
	t.Helper()
	return sandboxtest.Swap(t, least, old, with)
}

// withPayer is the least with a payer, whose number and label may be hidden.
var withPayer = strings.Replace(least, `"payer":null`, `"payer":{"scheme_name":"iban","identification":"DE89370400440532013000","label":"Ada Rossi"}`, 1)
