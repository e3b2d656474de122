package sandbox_test

import (
	"testing"
	"time"
)

func (r conomyRig) auth(id, secret string, header ...string) reply {
	r.t.Helper()
	header = append([]string{"Authorization", "", "User-Agent", ""}, header...)
	return r.send("POST", "/conomy/auth", `{"clientId":"`+id+`","clientSecret":"`+secret+`"}`, header...)
}

func TestConomyToken(t *testing.T) {
	t.Parallel()
	r := newConomyRig(t)
	id, secret := r.Env()["CONOMY_CLIENT_ID"], r.Env()["CONOMY_CLIENT_SECRET"]
	a := r.auth(id, secret).want(200)
	equal(t, "answer", a.at("tokenType")+" "+a.at("expiresIn"), "Bearer 3600")
	call := func(token string) reply {
		return r.send("GET", "/conomy/payment-links", "", "Authorization", token)
	}
	call("Bearer " + a.at("accessToken")).want(200)
	for _, token := range []string{"", a.at("accessToken"), "Bearer x", "bearer " + a.at("accessToken")} {
		equal(t, "error", call(token).want(401).at("code"), "41")
	}
	r.auth(id, "x").want(401)
	r.auth("x", secret).want(401)
	equal(t, "no secret", r.auth(id, "").want(400).at("code"), "12")
	r.auth(id, secret, "X-Api-Key", "").want(403)
	next := r.Conomy.RotateSecret()
	r.auth(id, secret).want(401)
	r.auth(id, next).want(200)
	r.Advance(time.Hour - time.Second)
	call("Bearer " + a.at("accessToken")).want(200) // a rotation does not end it
	r.Advance(time.Second)
	call("Bearer " + a.at("accessToken")).want(401)
}

// TestConomyWhoMayCall: the key first, then the token, then the rest (row 22).
func TestConomyWhoMayCall(t *testing.T) {
	t.Parallel()
	r := newConomyRig(t)
	list := func(header ...string) reply { return r.send("GET", "/conomy/payment-links", "", header...) }
	equal(t, "gateway", list("X-Api-Key", "", "Authorization", "", "User-Agent", "").want(403).body, `{"message":"Forbidden"}`)
	list("X-Api-Key", "x").want(403)
	equal(t, "token", list("Authorization", "", "User-Agent", "").want(401).at("type"), "unauthorized")
	r.header["User-Agent"] = []string{""}
	equal(t, "agent", list().want(400).at("code"), "12")
	r.header.Set("User-Agent", "Test/1.0")
	list("Conomyhq-Api-Version", "24-04-2025").want(200)
	equal(t, "version", list("Conomyhq-Api-Version", "2025-04-24").want(400).at("code"), "11")
	r.post(recipe, "Content-Type", "text/plain").want(415)
}
