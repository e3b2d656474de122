package qonto_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	tokens := qonto.From(r).IssueTokens()
	reader := qonto.From(r).IssueTokens("payment_link.read")
	call := func(method, authorization string) sandboxtest.Response {
		t.Helper()
		return r.Call(method, "/v2/payment_links", basket(item), "Authorization", authorization)
	}
	sandboxtest.Equal(t, "no refresh token without offline_access", reader.RefreshToken, "")
	call("GET", "Bearer "+tokens.AccessToken).Want(200)
	call("POST", "Bearer "+tokens.AccessToken).Want(201)
	call("GET", "Bearer "+reader.AccessToken).Want(200)
	sandboxtest.Equal(t, "scope", call("POST", "Bearer "+reader.AccessToken).Want(403).At("errors", "0", "code"), "forbidden")
	for header, detail := range map[string]string{
		"":                              "Authorization header is missing",
		"acme-1234:secretkey":           "OAuth2 authentication is required here",
		"Bearer x":                      "The access token is invalid",
		"Bearer " + tokens.RefreshToken: "The access token is invalid",
		"bearer " + tokens.AccessToken:  "Authorization header is missing",
	} {
		a := call("GET", header).Want(401)
		sandboxtest.Equal(t, header, a.At("errors", "0", "code")+" "+a.At("errors", "0", "detail"), "unauthorized "+detail)
	}
	r.Advance(time.Hour - time.Second)
	call("GET", "Bearer "+tokens.AccessToken).Want(200)
	r.Advance(time.Second)
	sandboxtest.Equal(t, "after an hour", call("GET", "Bearer "+tokens.AccessToken).Want(401).At("errors", "0", "detail"), "The access token expired")
	r.List("").Want(200) // the token of Env lasts
	qonto.From(r).ExpireTokens()
	r.List("").Want(401)
	call("GET", "Bearer "+r.Env()["QONTO_ACCESS_TOKEN"]).Want(200)
}

func TestStagingToken(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	for _, token := range []string{"", "wrong"} {
		a := r.Call("GET", "/v2/payment_links", "", "X-Qonto-Staging-Token", token).Want(401)
		sandboxtest.Equal(t, "type", a.Header.Get("Content-Type"), "text/html; charset=utf-8")
		r.Call("POST", "/oauth2/token", "", "X-Qonto-Staging-Token", token).Want(401)
	}
}

func TestThrottlesUnauthorized(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	r.HTTP.Transport = &http.Transport{}
	t.Cleanup(r.HTTP.CloseIdleConnections)
	for range 200 {
		r.Call("GET", "/v2/payment_links", "", "Authorization", "Bearer x").Want(401)
	}
	r.Call("GET", "/v2/payment_links", "", "Authorization", "Bearer x").Want(429)
	r.List("").Want(429)
	r.Advance(time.Hour)
	r.List("").Want(200)
}
