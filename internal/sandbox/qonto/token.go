package qonto

import (
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Lifetimes of contract 1.4.
const (
	accessLifetime  = time.Hour
	refreshLifetime = 90 * 24 * time.Hour
	codeLifetime    = 10 * time.Minute
	refreshGrace    = 60 * time.Second // a refresh token lives on so long after its first use
)

// client is an OAuth client of an account, whose name is its id.
type client struct {
	ID      string
	Secret  string
	lasting string // the access token that Env returns
}

type auth struct {
	staging      string
	home         *client
	clients      map[string]*client
	access       vendorapi.Tokens
	refresh      vendorapi.Tokens
	codes        map[string]code
	unauthorized vendorapi.Moments
}

func newAuth() auth {
	a := auth{
		staging: vendorapi.Secret("staging_"), clients: map[string]*client{}, access: vendorapi.Tokens{}, refresh: vendorapi.Tokens{}, codes: map[string]code{},
	}
	a.home = a.addClient()
	a.clients[vendorapi.PublicClient] = &client{ID: a.home.ID, Secret: vendorapi.PublicClient}
	return a
}

func (a *auth) addClient() *client {
	c := &client{ID: vendorapi.Secret("client_"), Secret: vendorapi.Secret("secret_")}
	a.clients[c.ID] = c
	return c
}

// Tokens is what an OAuth client of the sandbox holds.
type Tokens struct {
	ClientID     string
	ClientSecret string
	AccessToken  string
	RefreshToken string    // empty without the scope offline_access
	ExpiresAt    time.Time // of the access token: one hour
	StagingToken string
}

// IssueTokens makes an access and a refresh token of the first account, with the scopes given or, without any, with all that
// links need.
func (s *Server) IssueTokens(scopes ...string) Tokens {
	s.Lock()
	defer s.Unlock()
	if len(scopes) == 0 {
		scopes = []string{"offline_access", "organization.read", scopeRead, scopeWrite}
	}
	home := s.auth.home
	access, refresh := s.issueTokens(home.ID, scopes)
	return Tokens{
		ClientID: home.ID, ClientSecret: home.Secret, AccessToken: access, RefreshToken: refresh,
		ExpiresAt: s.auth.access[access].Expires, StagingToken: s.auth.staging,
	}
}

// issueTokens makes an access token and, with the scope offline_access, a refresh token.
func (s *Server) issueTokens(account string, scopes []string) (access, refresh string) {
	token := func(life time.Duration) vendorapi.Token {
		return vendorapi.Token{Account: account, Expires: s.Now().Add(life), Scopes: scopes}
	}
	access = s.auth.access.Issue("ory_at_", token(accessLifetime))
	if slices.Contains(scopes, "offline_access") {
		refresh = s.auth.refresh.Issue("ory_rt_", token(refreshLifetime))
	}
	return access, refresh
}

// ExpireTokens ends every access token, also that of an earlier Env; refresh tokens live on.
func (s *Server) ExpireTokens() {
	s.Lock()
	defer s.Unlock()
	s.auth.access.ExpireAll(s.Now())
}

// Env points the provider at base. Its access token ends by ExpireTokens only: one that ended within the hour, or by Advance to
// a link's expiry, would be in the way of every other trial.
func (s *Server) Env(base string) map[string]string {
	s.Lock()
	defer s.Unlock()
	return s.env(base, s.auth.home)
}

// AddAccount makes another organization.
func (s *Server) AddAccount(base string) map[string]string {
	s.Lock()
	defer s.Unlock()
	return s.env(base, s.auth.addClient())
}

func (s *Server) env(base string, c *client) map[string]string {
	if token, ok := s.auth.access[c.lasting]; !ok || token.Expired(s.Now()) {
		c.lasting = s.auth.access.Issue("ory_at_", vendorapi.Token{Account: c.ID, Scopes: []string{scopeRead, scopeWrite}})
	}
	return map[string]string{
		"QONTO_ENDPOINT": base, "QONTO_TOKEN_ENDPOINT": base,
		"QONTO_ACCESS_TOKEN": c.lasting, "QONTO_STAGING_TOKEN": s.auth.staging,
	}
}

// token is the refresh grant with rotation (contract 1.4).
func (s *Server) token(call *vendorapi.Call) vendorapi.Reply {
	if media, _, err := mime.ParseMediaType(call.Header.Get("Content-Type")); err != nil || media != "application/x-www-form-urlencoded" {
		return oauthError(http.StatusBadRequest, "invalid_request", "the body must be application/x-www-form-urlencoded")
	}
	form, err := url.ParseQuery(string(call.Body))
	if err != nil {
		return oauthError(http.StatusBadRequest, "invalid_request", "the body cannot be parsed")
	}
	grant := form.Get("grant_type")
	if grant != "refresh_token" && grant != "authorization_code" {
		return oauthError(http.StatusBadRequest, "unsupported_grant_type", "grant_type must be authorization_code or refresh_token")
	}
	caller, known := s.auth.clients[form.Get("client_id")]
	if !known || form.Get("client_secret") != caller.Secret {
		return oauthError(http.StatusUnauthorized, "invalid_client", "Client authentication failed")
	}
	if grant == "authorization_code" {
		code, ok := s.auth.codes[form.Get("code")]
		delete(s.auth.codes, form.Get("code"))
		if !ok || code.Account != caller.ID || code.Expired(s.Now()) || code.redirect != form.Get("redirect_uri") {
			return oauthError(http.StatusBadRequest, "invalid_grant", "The authorization code is invalid, expired, already used or for another redirect_uri")
		}
		return s.grant(call, code.Token)
	}
	secret := form.Get("refresh_token")
	held, ok := s.auth.refresh[secret]
	if !ok || held.Account != caller.ID || held.Expired(s.Now()) {
		return oauthError(http.StatusBadRequest, "invalid_grant", "The refresh token is invalid, expired or already used")
	}
	if end := s.Now().Add(refreshGrace); end.Before(held.Expires) { // never later than after the first use
		s.auth.refresh.Expire(secret, end)
	}
	return s.grant(call, held)
}

// grant answers with new tokens; with a refresh token where the scope offline_access was allowed.
func (s *Server) grant(call *vendorapi.Call, held vendorapi.Token) vendorapi.Reply {
	access, refresh := s.issueTokens(held.Account, held.Scopes)
	call.Commit()
	answer := map[string]any{
		"access_token": access, "expires_in": int(accessLifetime / time.Second), "token_type": "bearer", "scope": strings.Join(held.Scopes, " "),
	}
	if refresh != "" {
		answer["refresh_token"] = refresh
	}
	return vendorapi.JSON(http.StatusOK, answer)
}
