package powens_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	token := powens.From(r).IssueToken("demo-sandbox")
	for header, detail := range map[string]string{
		"": "the Authorization header is missing", "Bearer x": "the token is invalid", token: "the Authorization header is missing",
		"bearer " + token: "the Authorization header is missing",
	} {
		a := r.Call("GET", links, "", "Authorization", header).Want(401)
		sandboxtest.Equal(t, header, a.At("description"), detail)
	}
	r.Call("GET", links, "", "Authorization", "Bearer "+token).Want(200)
	powens.From(r).ExpireTokens()
	sandboxtest.Equal(t, "expired", r.List("").Want(401).At("description"), "the token has expired")
}

// TestClientOfAnotherDomain: a further client sees what its domain has.
func TestClientOfAnotherDomain(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	id := r.Create(least)
	for domain, want := range map[string]int{"acme": 404, powens.DefaultDomain: 200} {
		client := powens.From(r).AddClient(domain)
		a := token(r.Rig, grant(client.ID, client.Secret, `"payment-links:admin"`)).Want(200)
		r.Call("GET", links+"/"+id, "", "Authorization", "Bearer "+a.At("token")).Want(want)
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	env := r.Env()
	body := func(scope string) string { return grant(env["POWENS_CLIENT_ID"], env["POWENS_CLIENT_SECRET"], scope) }
	call := func(token string) sandboxtest.Response {
		t.Helper()
		return r.Call(http.MethodGet, links, "", "Authorization", "Bearer "+token)
	}
	a := token(r.Rig, body(`"payment-links:admin"`)).Want(200)
	sandboxtest.Equal(t, "keys", len(a.JSON().(map[string]any)), 2) // no expires_in, no token_type
	sandboxtest.Equal(t, "scope", a.At("scope"), "payment-links:admin")
	call(a.At("token")).Want(200)
	r.Advance(30*time.Minute - time.Second)
	call(a.At("token")).Want(200)
	r.Advance(time.Second)
	expired := call(a.At("token")).Want(401)
	sandboxtest.Equal(t, "expired", expired.At("code")+" "+expired.At("description"), "unauthorized the token has expired")

	both := token(r.Rig, body(`["payments:read-only","payment-links:admin"]`)).Want(200)
	call(both.At("token")).Want(200)
	other := token(r.Rig, body(`"payments:admin"`)).Want(200)
	sandboxtest.Equal(t, "scope", call(other.At("token")).Want(403).At("code"), "forbidden")

	calls := r.Requests(sandbox.ByOp("powens", "token"))
	sandboxtest.Equal(t, "recorded", len(calls), 3)
}

func TestRefusesTokens(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	env := r.Env()
	id, secret := env["POWENS_CLIENT_ID"], env["POWENS_CLIENT_SECRET"]
	good := grant(id, secret, `"payment-links:admin"`)
	for body, want := range map[string]string{
		grant(id, "x", `"payment-links:admin"`):     "401 unauthorized",
		grant("x", secret, `"payment-links:admin"`): "401 unauthorized",
		fmt.Sprintf(`{"grant_type":"password","client_id":%q,"client_secret":%q,"scope":"payment-links:admin"}`, id, secret): "400 invalidValue",
		grant(id, secret, `"payment-links:read"`): "400 invalidValue",
		grant(id, secret, `[1]`):                  "400 invalidValue",
		fmt.Sprintf(`{"grant_type":"client_credentials","client_id":%q,"client_secret":%q}`, id, secret):    "400 missingParameter",
		fmt.Sprintf(`{"grant_type":"client_credentials","client_id":%q,"scope":"payment-links:admin"}`, id): "400 missingParameter",
		fmt.Sprintf(`{"client_id":%q,"client_secret":%q,"scope":"payment-links:admin"}`, id, secret):        "400 missingParameter",
		`{"x":1}`: "400 invalidValue", `nonsense`: "400 invalidValue",
	} {
		a := token(r.Rig, body)
		sandboxtest.Equal(t, body, fmt.Sprint(a.Status, " ", a.At("code")), want)
	}
	r.Call("POST", "/2.0/auth/token", good, "Content-Type", "text/plain").Want(400)
	r.Call("GET", "/2.0/auth/token", "").Want(404)
	r.Call("POST", "/2.0/auth/service/token", good).Want(404) // no such endpoint (contract 1.2)
	token(r.Rig, good).Want(200)
}
