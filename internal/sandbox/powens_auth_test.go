package sandbox_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

func TestPowensToken(t *testing.T) {
	t.Parallel()
	r := newPowens(t)
	env := r.Env()
	body := func(scope string) string {
		return fmt.Sprintf(`{"grant_type":"client_credentials","client_id":%q,"client_secret":%q,"scope":%s}`, env["POWENS_CLIENT_ID"], env["POWENS_CLIENT_SECRET"], scope)
	}
	call := func(token string) reply {
		t.Helper()
		return r.send(http.MethodGet, powensLinks, "", "Authorization", "Bearer "+token)
	}
	a := r.token(body(`"payment-links:admin"`)).want(200)
	equal(t, "keys", len(a.json().(map[string]any)), 2) // no expires_in, no token_type
	equal(t, "scope", a.at("scope"), "payment-links:admin")
	call(a.at("token")).want(200)
	r.Advance(30*time.Minute - time.Second)
	call(a.at("token")).want(200)
	r.Advance(time.Second)
	expired := call(a.at("token")).want(401)
	equal(t, "expired", expired.at("code")+" "+expired.at("description"), "unauthorized the token has expired")

	both := r.token(body(`["payments:read-only","payment-links:admin"]`)).want(200)
	call(both.at("token")).want(200)
	other := r.token(body(`"payments:admin"`)).want(200)
	equal(t, "scope", call(other.at("token")).want(403).at("code"), "forbidden")

	calls := r.Requests(sandbox.ByOp("powens", "token"))
	equal(t, "recorded", len(calls), 3)
}

func TestPowensRefusesTokens(t *testing.T) {
	t.Parallel()
	r := newPowens(t)
	env := r.Env()
	id, secret := env["POWENS_CLIENT_ID"], env["POWENS_CLIENT_SECRET"]
	good := fmt.Sprintf(`{"grant_type":"client_credentials","client_id":%q,"client_secret":%q,"scope":"payment-links:admin"}`, id, secret)
	swap := func(format string, args ...any) string { return fmt.Sprintf(format, args...) }
	for body, want := range map[string]string{
		swap(`{"grant_type":"client_credentials","client_id":%q,"client_secret":"x","scope":"payment-links:admin"}`, id):       "401 unauthorized",
		swap(`{"grant_type":"client_credentials","client_id":"x","client_secret":%q,"scope":"payment-links:admin"}`, secret):   "401 unauthorized",
		swap(`{"grant_type":"password","client_id":%q,"client_secret":%q,"scope":"payment-links:admin"}`, id, secret):          "400 invalidValue",
		swap(`{"grant_type":"client_credentials","client_id":%q,"client_secret":%q,"scope":"payment-links:read"}`, id, secret): "400 invalidValue",
		swap(`{"grant_type":"client_credentials","client_id":%q,"client_secret":%q,"scope":[1]}`, id, secret):                  "400 invalidValue",
		swap(`{"grant_type":"client_credentials","client_id":%q,"client_secret":%q}`, id, secret):                              "400 missingParameter",
		swap(`{"grant_type":"client_credentials","client_id":%q,"scope":"payment-links:admin"}`, id):                           "400 missingParameter",
		swap(`{"client_id":%q,"client_secret":%q,"scope":"payment-links:admin"}`, id, secret):                                  "400 missingParameter",
		`{"x":1}`: "400 invalidValue", `nonsense`: "400 invalidValue",
	} {
		a := r.token(body)
		equal(t, body, fmt.Sprint(a.status, " ", a.at("code")), want)
	}
	r.send("POST", "/powens/2.0/auth/token", good, "Content-Type", "text/plain").want(400)
	r.send("GET", "/powens/2.0/auth/token", "").want(404)
	r.send("POST", "/powens/2.0/auth/service/token", good).want(404) // no such endpoint (1.2)
	r.token(good).want(200)
}

func TestPowensWhoMayCall(t *testing.T) {
	t.Parallel()
	r := newPowens(t)
	token := r.Powens.Token("demo-sandbox")
	for header, detail := range map[string]string{
		"": "the Authorization header is missing", "Bearer x": "the token is invalid", token: "the Authorization header is missing",
		"bearer " + token: "the Authorization header is missing",
	} {
		a := r.send("GET", powensLinks, "", "Authorization", header).want(401)
		equal(t, header, a.at("description"), detail)
	}
	r.Powens.ExpireTokens()
	equal(t, "expired", r.list().want(401).at("description"), "the token has expired")
}

func TestPowensDomainsAreApart(t *testing.T) {
	t.Parallel()
	r := newPowens(t)
	id := r.create(powensLink)
	client := r.Powens.AddClient("acme")
	a := r.token(fmt.Sprintf(`{"grant_type":"client_credentials","client_id":%q,"client_secret":%q,"scope":"payment-links:admin"}`, client.ID, client.Secret)).want(200)
	r.header.Set("Authorization", "Bearer "+a.at("token"))
	r.get(id).want(404)
	r.revoke(id).want(404)
	equal(t, "list", r.list().want(200).body, "[]")
	own := r.create(powensLink)
	equal(t, "own", r.list().at("0", "id"), own)
	equal(t, "held", len(r.Powens.Links()), 2)
}
