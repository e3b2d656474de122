package sandbox_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

func TestQontoWhoMayCall(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	tokens := r.Qonto.Tokens()
	reader := r.Qonto.Tokens("payment_link.read")
	call := func(method, authorization string) reply {
		t.Helper()
		return r.send(method, "/qonto/v2/payment_links", basket(item), "Authorization", authorization)
	}
	equal(t, "no refresh token without offline_access", reader.RefreshToken, "")
	call("GET", "Bearer "+tokens.AccessToken).want(200)
	call("POST", "Bearer "+tokens.AccessToken).want(201)
	call("GET", "Bearer "+reader.AccessToken).want(200)
	equal(t, "scope", call("POST", "Bearer "+reader.AccessToken).want(403).at("errors", "0", "code"), "forbidden")
	for header, detail := range map[string]string{
		"":                              "Authorization header is missing",
		"acme-1234:secretkey":           "OAuth2 authentication is required here",
		"Bearer x":                      "The access token is invalid",
		"Bearer " + tokens.RefreshToken: "The access token is invalid",
		"bearer " + tokens.AccessToken:  "Authorization header is missing",
	} {
		a := call("GET", header).want(401)
		equal(t, header, a.at("errors", "0", "code")+" "+a.at("errors", "0", "detail"), "unauthorized "+detail)
	}
	r.Advance(time.Hour - time.Second)
	call("GET", "Bearer "+tokens.AccessToken).want(200)
	r.Advance(time.Second)
	equal(t, "after an hour", call("GET", "Bearer "+tokens.AccessToken).want(401).at("errors", "0", "detail"), "The access token expired")
	r.get("/v2/payment_links").want(200) // the token of Env lasts
	r.Qonto.ExpireTokens()
	r.get("/v2/payment_links").want(401)
	call("GET", "Bearer "+r.Env()["QONTO_ACCESS_TOKEN"]).want(200)
}

func TestQontoStagingToken(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for _, token := range []string{"", "wrong"} {
		a := r.send("GET", "/qonto/v2/payment_links", "", "X-Qonto-Staging-Token", token).want(401)
		equal(t, "type", a.header.Get("Content-Type"), "text/html; charset=utf-8")
		r.send("POST", "/qonto/oauth2/token", "", "X-Qonto-Staging-Token", token).want(401)
	}
}

func TestQontoThrottlesUnauthorized(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.client.Transport = &http.Transport{}
	t.Cleanup(r.client.CloseIdleConnections)
	for range 200 {
		r.send("GET", "/qonto/v2/payment_links", "", "Authorization", "Bearer x").want(401)
	}
	r.send("GET", "/qonto/v2/payment_links", "", "Authorization", "Bearer x").want(429)
	r.get("/v2/payment_links").want(429)
	r.Advance(time.Hour)
	r.get("/v2/payment_links").want(200)
}

func refreshForm(tokens sandbox.QontoTokens) url.Values {
	return url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {tokens.RefreshToken},
		"client_id": {tokens.ClientID}, "client_secret": {tokens.ClientSecret},
	}
}

func (r *rig) refresh(form url.Values, header ...string) reply {
	r.t.Helper()
	header = append([]string{"Content-Type", "application/x-www-form-urlencoded", "Authorization", ""}, header...)
	return r.send("POST", "/qonto/oauth2/token", form.Encode(), header...)
}

func TestQontoRefreshRotates(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	form := refreshForm(r.Qonto.Tokens())
	a := r.refresh(form).want(200)
	equal(t, "answer", fmt.Sprint(a.at("token_type"), " ", a.at("expires_in"), " ", a.at("scope")),
		"bearer 3600 offline_access organization.read payment_link.read payment_link.write")
	r.send("GET", "/qonto/v2/payment_links", "", "Authorization", "Bearer "+a.at("access_token")).want(200)

	r.Advance(59 * time.Second)
	inGrace := r.refresh(form).want(200)
	if inGrace.at("refresh_token") == a.at("refresh_token") || inGrace.at("refresh_token") == form.Get("refresh_token") {
		t.Error("the refresh token did not rotate")
	}
	r.Advance(time.Second) // a second use does not prolong the grace of the first
	equal(t, "after the grace", r.refresh(form).want(400).at("error"), "invalid_grant")
	form.Set("refresh_token", a.at("refresh_token"))
	r.refresh(form).want(200)
	form.Set("refresh_token", inGrace.at("refresh_token"))
	r.Advance(90 * 24 * time.Hour)
	equal(t, "after 90 days", r.refresh(form).want(400).at("error"), "invalid_grant")

	calls := r.Requests(sandbox.ByOp("qonto", "token"))
	equal(t, "recorded", len(calls), 5)
	equal(t, "committed", fmt.Sprint(calls[0].Committed, calls[2].Committed), "true false")
}

func TestQontoRefusesRefresh(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, c := range map[string]struct {
		key, value string
		status     int
		err        string
	}{
		"secret": {"client_secret", "x", 401, "invalid_client"}, "client": {"client_id", "", 401, "invalid_client"},
		"grant": {"grant_type", "client_credentials", 400, "unsupported_grant_type"}, "token": {"refresh_token", "x", 400, "invalid_grant"},
	} {
		form := refreshForm(r.Qonto.Tokens())
		form.Set(c.key, c.value)
		equal(t, name, r.refresh(form).want(c.status).at("error"), c.err)
	}
	equal(t, "as JSON", r.refresh(refreshForm(r.Qonto.Tokens()), "Content-Type", "application/json").want(400).at("error"), "invalid_request")
}
