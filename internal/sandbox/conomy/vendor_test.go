package conomy_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

const links = "/payment-links"

// recipe is the body that the vendor's own recipe publishes in kind: optional parts are left out. Its account is that of the OpenAPI,
// and in bare that of the recipe.
const recipe = `{"checkoutToken":"invoice-1001","items":[{"preTaxAmount":"49990","totalAmount":"49990","description":"Annual plan"}],` +
	`"currency":"CLP","paymentMethodsAllowed":["ETPAY","WEBPAY"],"destinations":[{"type":"ACCOUNT","amount":"49990","account":` + account + `}],` +
	`"duration":86400,"owner":{"identityId":"65f0c0ff"},"customerRequirements":["firstName","email"]}`

const account = `{"type":"CHECKING","currency":"CLP","accountNumber":"000123456789","accountHolder":"Example SpA"}`

var bare = strings.Replace(recipe, account, `{"accountNumber":"000123456789"}`, 1)

// taxed has every optional part.
const taxed = `{"checkoutToken":"order-7","items":[{"preTaxAmount":"100.00","totalAmount":"119.0","description":"Workshop",` +
	`"tax":{"name":"IVA","type":"PERCENTAGE","value":"19","amount":"19"}}],"currency":"USD","paymentMethodsAllowed":["CARD"],` +
	`"customer":{"id":"c1","firstName":"Ana","email":"ana@example.com","address":{"country":"COL"}},` +
	`"destinations":[{"name":"shop","type":"ACCOUNT","externalId":"d1","amount":"119.00","metadata":{"image":"i","description":"d","category":"c"},` +
	`"account":{"type":"CHECKING","currency":"USD","accountNumber":"111","accountHolder":"Shop"}}],"duration":30,` +
	`"owner":{"identityId":"o1","name":"Ana","entityType":"USER"},"successUrl":"https://x.example/a","failedUrl":"https://x.example/b"}`

const goodSeed = `{"id":"x","status":"ACTIVE","checkoutToken":"t","createdAt":"2025-12-05T21:58:58.111Z"`

var vendor = sandboxtest.Vendor{
	Name: "conomy", New: conomy.New, ID: []string{"id"},
	Header: func(r *sandboxtest.Rig, env map[string]string) http.Header {
		answer := token(r, env["CONOMY_API_KEY"], env["CONOMY_CLIENT_ID"], env["CONOMY_CLIENT_SECRET"]).Want(http.StatusOK)
		r.ResetRequests()
		return http.Header{
			"Authorization": {"Bearer " + answer.At("accessToken")}, "X-Api-Key": {env["CONOMY_API_KEY"]},
			"User-Agent": {"Test/1.0"}, "Content-Type": {"application/json"},
		}
	},
	Links:  func(map[string]string) string { return links },
	Create: func(n int) string { return strings.Replace(recipe, "invoice-1001", "invoice-"+strconv.Itoa(n), 1) },
	Revoke: func(id string) (method, path, body string) { return http.MethodDelete, "/" + id, "" },
	Routes: map[string]string{
		"token": "POST /auth", "create": "POST /payment-links", "list": "GET /payment-links", "get": "GET /payment-links/1",
		"delete": "DELETE /payment-links/1", "update": "PATCH /payment-links/1", "activate": "POST /payment-links/1/activate",
		"session": "POST /payment-links/token/1/checkout-sessions",
	},
	Sample: "testdata/link.json", SampleID: "text", Wrappers: []string{`{"pagination":{"count":1,"next":1,"previous":1,"total":1},"results":[%s]}`},
	BadSeeds: []string{`"x"`, "[" + goodSeed + `},{"id":"y"}]`, goodSeed + `,"token":"t"}`, goodSeed + `,"createdAt":"in 2025"}`},
	Refusals: map[fault.Kind]string{fault.TooMany: "429 32", fault.ExpireToken: "401 41", fault.Echo: "400 11"}, RefusalCode: []string{"code"},
	Words:    []string{"49990 CLP", "Annual plan", "Conomy", "open", "ATTEMPT", "2026-03-02 12:00 UTC"},
	Statuses: []string{conomy.Attempt, conomy.Active, conomy.Processing, conomy.Finished, conomy.Expired}, Undocumented: "ON_HOLD",
}

func TestVendor(t *testing.T) { vendor.Test(t) }

// token asks for an access token.
func token(r *sandboxtest.Rig, key, id, secret string) sandboxtest.Response {
	r.T.Helper()
	return r.Send("POST", "/conomy/auth", `{"clientId":"`+id+`","clientSecret":"`+secret+`"}`, "X-Api-Key", key, "Authorization", "", "User-Agent", "")
}

func activate(r *sandboxtest.Client, id, body string) sandboxtest.Response {
	r.T.Helper()
	return r.Call(http.MethodPost, links+"/"+id+"/activate", body)
}

// swap is the recipe, or the taxed body where only that holds the text, with one text replaced.
func swap(t testing.TB, old, with string) string {
	t.Helper()
	if strings.Contains(recipe, old) {
		return sandboxtest.Swap(t, recipe, old, with)
	}
	return sandboxtest.Swap(t, taxed, old, with)
}
