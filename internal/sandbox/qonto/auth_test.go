package qonto_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
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

// Without a valid staging token every call, the token host's too, is sent to a log-in page, or shown one; nothing is carried out.
func TestStagingToken(t *testing.T) {
	t.Parallel()
	for refusal, status := range map[string]int{"redirect": http.StatusFound, "page": http.StatusOK} {
		r := vendor.Client(t).Set(`"staging_refusal":"` + refusal + `"`)
		r.HTTP.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		for _, token := range []string{"", "wrong"} {
			for _, call := range [][2]string{{"GET", links}, {"POST", links}, {"POST", "/oauth2/token"}} {
				a := r.Call(call[0], call[1], basket(item), "X-Qonto-Staging-Token", token).Want(status)
				sandboxtest.Equal(t, "type", a.Header.Get("Content-Type"), "text/html; charset=utf-8")
				sandboxtest.Equal(t, "location", strings.HasPrefix(a.Header.Get("Location"), "https://qonto.onelogin.com/"), refusal == "redirect")
			}
		}
		sandboxtest.Equal(t, "links", r.List("").Want(200).At("meta", "total_count"), "0")
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

func refreshForm(tokens qonto.Tokens) url.Values {
	return url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {tokens.RefreshToken},
		"client_id": {tokens.ClientID}, "client_secret": {tokens.ClientSecret},
	}
}

func refresh(r *sandboxtest.Client, form url.Values, header ...string) sandboxtest.Response {
	r.T.Helper()
	header = append([]string{"Content-Type", "application/x-www-form-urlencoded", "Authorization", ""}, header...)
	return r.Call("POST", "/oauth2/token", form.Encode(), header...)
}

func TestRefreshRotates(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	form := refreshForm(qonto.From(r).IssueTokens())
	a := refresh(r, form).Want(200)
	sandboxtest.Equal(t, "answer", fmt.Sprint(a.At("token_type"), " ", a.At("expires_in"), " ", a.At("scope")),
		"bearer 3600 offline_access organization.read payment_link.read payment_link.write")
	r.Call("GET", "/v2/payment_links", "", "Authorization", "Bearer "+a.At("access_token")).Want(200)

	r.Advance(59 * time.Second)
	inGrace := refresh(r, form).Want(200)
	if inGrace.At("refresh_token") == a.At("refresh_token") || inGrace.At("refresh_token") == form.Get("refresh_token") {
		t.Error("the refresh token did not rotate")
	}
	r.Advance(time.Second) // a second use does not prolong the grace of the first
	sandboxtest.Equal(t, "after the grace", refresh(r, form).Want(400).At("error"), "invalid_grant")
	form.Set("refresh_token", a.At("refresh_token"))
	refresh(r, form).Want(200)
	form.Set("refresh_token", inGrace.At("refresh_token"))
	r.Advance(90 * 24 * time.Hour)
	sandboxtest.Equal(t, "after 90 days", refresh(r, form).Want(400).At("error"), "invalid_grant")

	calls := r.Requests(sandbox.ByOp("qonto", "token"))
	sandboxtest.Equal(t, "recorded", len(calls), 5)
	sandboxtest.Equal(t, "committed", fmt.Sprint(calls[0].Committed, calls[2].Committed), "true false")
}

func TestRefusesRefresh(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	for name, c := range map[string]struct {
		key, value string
		status     int
		err        string
	}{
		"secret": {"client_secret", "x", 401, "invalid_client"}, "client": {"client_id", "", 401, "invalid_client"},
		"grant": {"grant_type", "client_credentials", 400, "unsupported_grant_type"}, "token": {"refresh_token", "x", 400, "invalid_grant"},
	} {
		form := refreshForm(qonto.From(r).IssueTokens())
		form.Set(c.key, c.value)
		sandboxtest.Equal(t, name, refresh(r, form).Want(c.status).At("error"), c.err)
	}
	sandboxtest.Equal(t, "as JSON", refresh(r, refreshForm(qonto.From(r).IssueTokens()), "Content-Type", "application/json").Want(400).At("error"), "invalid_request")
}

// TestFaultsOfTheTokenHost are worded as OAuth errors.
func TestFaultsOfTheTokenHost(t *testing.T) {
	t.Parallel()
	r := vendor.Client(t)
	form := refreshForm(qonto.From(r).IssueTokens())
	r.Inject(fault.Fault{Op: "token", Kind: fault.ExpireToken, Times: 1})
	sandboxtest.Equal(t, "expired", refresh(r, form).Want(400).At("error"), "invalid_grant")
	r.Inject(fault.Fault{Op: "token", Kind: fault.Echo, Times: 1})
	sandboxtest.Equal(t, "echo", strings.Contains(refresh(r, form).Want(422).At("error_description"), "refresh_token="), true)
	r.Inject(fault.Fault{Op: "token", Kind: fault.Drop, After: true, Times: 1})
	if a := refresh(r, form); a.Err == nil {
		t.Error("not dropped")
	}
	r.Advance(time.Minute)
	refresh(r, form).Want(400) // the lost answer had begun the grace period
}
