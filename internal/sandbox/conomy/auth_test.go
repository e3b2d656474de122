package conomy_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

// TestWhoMayCall: the key first, then the token, then the rest (contract 8.22).
func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	list := func(header ...string) sandboxtest.Response { return r.Call("GET", links, "", header...) }
	sandboxtest.Equal(t, "gateway", list("X-Api-Key", "", "Authorization", "", "User-Agent", "").Want(403).Body, `{"message":"Forbidden"}`)
	list("X-Api-Key", "x").Want(403)
	sandboxtest.Equal(t, "token", list("Authorization", "", "User-Agent", "").Want(401).At("type"), "unauthorized")
	r.Header["User-Agent"] = []string{""}
	sandboxtest.Equal(t, "agent", list().Want(400).At("code"), "12")
	r.Header.Set("User-Agent", "Test/1.0")
	list("Conomyhq-Api-Version", "24-04-2025").Want(200)
	sandboxtest.Equal(t, "version", list("Conomyhq-Api-Version", "2025-04-24").Want(400).At("code"), "11")
	r.Post(recipe, "Content-Type", "text/plain").Want(415)
}

func TestToken(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	key, id, secret := r.Env()["CONOMY_API_KEY"], r.Env()["CONOMY_CLIENT_ID"], r.Env()["CONOMY_CLIENT_SECRET"]
	a := token(r.Rig, key, id, secret).Want(200)
	sandboxtest.Equal(t, "answer", a.At("tokenType")+" "+a.At("expiresIn"), "Bearer 3600")
	call := func(authorization string) sandboxtest.Response {
		return r.Call("GET", links, "", "Authorization", authorization)
	}
	call("Bearer " + a.At("accessToken")).Want(200)
	for _, bad := range []string{"", a.At("accessToken"), "Bearer x", "bearer " + a.At("accessToken")} {
		sandboxtest.Equal(t, "error", call(bad).Want(401).At("code"), "41")
	}
	token(r.Rig, key, id, "x").Want(401)
	token(r.Rig, key, "x", secret).Want(401)
	sandboxtest.Equal(t, "no secret", token(r.Rig, key, id, "").Want(400).At("code"), "12")
	token(r.Rig, "", id, secret).Want(403)
	next := conomy.From(r).RotateSecret()
	token(r.Rig, key, id, secret).Want(401)
	token(r.Rig, key, id, next).Want(200)
	r.Advance(time.Hour - time.Second)
	call("Bearer " + a.At("accessToken")).Want(200) // a rotation does not end it
	r.Advance(time.Second)
	call("Bearer " + a.At("accessToken")).Want(401)
	call("Bearer " + conomy.From(r).IssueToken()).Want(200)
	conomy.From(r).ExpireTokens()
	r.List("").Want(401)
}

// TestKeyAndTokenOfTwoAccounts: a key opens nothing with another account's token, and gets none with another account's client.
func TestKeyAndTokenOfTwoAccounts(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	other, err := r.AddAccount("conomy")
	r.Must(err)
	r.Call("GET", links, "", "X-Api-Key", other["CONOMY_API_KEY"]).Want(401)
	token(r.Rig, other["CONOMY_API_KEY"], r.Env()["CONOMY_CLIENT_ID"], r.Env()["CONOMY_CLIENT_SECRET"]).Want(401)
}
