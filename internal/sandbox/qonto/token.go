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

// Lifetimes of section 1.4.
const (
	accessLifetime  = time.Hour
	refreshLifetime = 90 * 24 * time.Hour
	refreshGrace    = 60 * time.Second // a refresh token lives on so long after its first use
)

// forever is the life of the token that Env hands to people: one that ended within the hour, or by Advance to a link's
// expiry, would be in the way of every other trial.
const forever = 100 * 365 * 24 * time.Hour

type auth struct {
	staging      string
	clientID     string
	clientSecret string
	lasting      string // the access token of Env
	access       map[string]accessToken
	refresh      map[string]*refreshToken
	unauthorized []time.Time
}

type accessToken struct {
	expires time.Time
	scopes  []string
}

type refreshToken struct {
	expires time.Time
	scopes  []string
}

func newAuth() auth {
	return auth{
		staging: vendorapi.Secret("staging_"), clientID: vendorapi.Secret("client_"), clientSecret: vendorapi.Secret("secret_"),
		access: map[string]accessToken{}, refresh: map[string]*refreshToken{},
	}
}

// Tokens is what an OAuth client of the sandbox holds.
type Tokens struct {
	ClientID     string
	ClientSecret string
	AccessToken  string
	RefreshToken string
	ExpiresAt    time.Time // of the access token: one hour
	StagingToken string
}

// Tokens mints an access and a refresh token, with the scopes given or, without any, with all that links need.
func (s *Server) Tokens(scopes ...string) Tokens {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(scopes) == 0 {
		scopes = []string{"offline_access", "organization.read", scopeRead, scopeWrite}
	}
	access, refresh := s.mint(scopes)
	return Tokens{
		ClientID: s.auth.clientID, ClientSecret: s.auth.clientSecret, AccessToken: access, RefreshToken: refresh,
		ExpiresAt: s.auth.access[access].expires, StagingToken: s.auth.staging,
	}
}

// mint makes an access token and, with the scope offline_access, a refresh token.
func (s *Server) mint(scopes []string) (access, refresh string) {
	access = vendorapi.Secret("ory_at_")
	s.auth.access[access] = accessToken{expires: s.now().Add(accessLifetime), scopes: scopes}
	if slices.Contains(scopes, "offline_access") {
		refresh = vendorapi.Secret("ory_rt_")
		s.auth.refresh[refresh] = &refreshToken{expires: s.now().Add(refreshLifetime), scopes: scopes}
	}
	return access, refresh
}

// ExpireTokens ends every access token, also that of an earlier Env; refresh tokens live on.
func (s *Server) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for secret, token := range s.auth.access {
		token.expires = s.now()
		s.auth.access[secret] = token
	}
}

// Env points the provider at base. Its access token does not end by the clock, only by ExpireTokens.
func (s *Server) Env(base string) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if token, ok := s.auth.access[s.auth.lasting]; !ok || !s.now().Before(token.expires) {
		s.auth.lasting = vendorapi.Secret("ory_at_")
		s.auth.access[s.auth.lasting] = accessToken{expires: s.now().Add(forever), scopes: []string{scopeRead, scopeWrite}}
	}
	return map[string]string{
		"QONTO_ENDPOINT": base, "QONTO_TOKEN_ENDPOINT": base,
		"QONTO_ACCESS_TOKEN": s.auth.lasting, "QONTO_STAGING_TOKEN": s.auth.staging,
	}
}

// token is the refresh grant with rotation (section 1.4).
func (s *Server) token(call *vendorapi.Call) vendorapi.Reply {
	if media, _, err := mime.ParseMediaType(call.Header.Get("Content-Type")); err != nil || media != "application/x-www-form-urlencoded" {
		return oauthError(http.StatusBadRequest, "invalid_request", "the body must be application/x-www-form-urlencoded")
	}
	form, err := url.ParseQuery(string(call.Body))
	if err != nil {
		return oauthError(http.StatusBadRequest, "invalid_request", "the body cannot be parsed")
	}
	if form.Get("grant_type") != "refresh_token" {
		return oauthError(http.StatusBadRequest, "unsupported_grant_type", "grant_type must be refresh_token")
	}
	if form.Get("client_id") != s.auth.clientID || form.Get("client_secret") != s.auth.clientSecret {
		return oauthError(http.StatusUnauthorized, "invalid_client", "Client authentication failed")
	}
	held, ok := s.auth.refresh[form.Get("refresh_token")]
	if !ok || !s.now().Before(held.expires) {
		return oauthError(http.StatusBadRequest, "invalid_grant", "The refresh token is invalid, expired or already used")
	}
	if end := s.now().Add(refreshGrace); end.Before(held.expires) { // never later than after the first use
		held.expires = end
	}
	access, refresh := s.mint(held.scopes)
	call.Commit()
	return vendorapi.JSON(http.StatusOK, map[string]any{
		"access_token": access, "refresh_token": refresh, "expires_in": int(accessLifetime / time.Second),
		"token_type": "bearer", "scope": strings.Join(held.scopes, " "),
	})
}
