package conomy

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// apiVersion is the only value of the version header that is taken; absent is version 1 (row 26).
const apiVersion = "24-04-2025"

type auth struct {
	key    string
	id     string
	secret string
	access map[string]time.Time // access tokens and when they end
}

func newAuth() auth {
	return auth{
		key: vendorapi.Secret("key_"), id: vendorapi.Secret("client_"), secret: vendorapi.Secret("secret_"), access: map[string]time.Time{},
	}
}

// admit refuses who may not call. Order: key, token, then the rest (row 22).
func (s *Server) admit(call *vendorapi.Call) (vendorapi.Reply, bool) {
	if call.Header.Get("X-Api-Key") != s.auth.key {
		status, _ := strconv.Atoi(s.switches.KeyStatus)
		if status == http.StatusUnauthorized {
			return s.refuse(status, codeUnauthorized, "invalid API key"), true
		}
		return vendorapi.JSON(status, map[string]string{"message": "Forbidden"}), true // the gateway's own words (section 2.5)
	}
	if call.Op != opToken {
		secret, bearer := strings.CutPrefix(call.Header.Get("Authorization"), "Bearer ")
		if end, ok := s.auth.access[secret]; !bearer || !ok || !s.now().Before(end) {
			return s.refuse(http.StatusUnauthorized, codeUnauthorized, "missing, invalid or expired access token"), true
		}
		if call.Header.Get("User-Agent") == "" { // optional on the token call (section 1)
			return s.refuse(http.StatusBadRequest, codeMissing, "User-Agent header is required"), true
		}
	}
	if versions, ok := call.Header["Conomyhq-Api-Version"]; ok && (len(versions) != 1 || versions[0] != apiVersion) {
		return s.refuse(http.StatusBadRequest, codeInvalid, "conomyhq-api-version must be "+apiVersion), true
	}
	return vendorapi.Reply{}, false
}

// token answers POST /auth (section 1).
func (s *Server) token(call *vendorapi.Call) vendorapi.Reply {
	var asked map[string]any
	if err := json.Unmarshal(call.Body, &asked); err != nil {
		return s.refuse(http.StatusBadRequest, codeParsing, "the body is not a JSON object")
	}
	for _, name := range []string{"clientId", "clientSecret"} {
		if text, ok := asked[name].(string); !ok || text == "" {
			return s.refuse(http.StatusBadRequest, codeMissing, name+" is required")
		}
	}
	if asked["clientId"] != s.auth.id || asked["clientSecret"] != s.auth.secret {
		return s.refuse(http.StatusUnauthorized, codeUnauthorized, "unknown client, or wrong secret")
	}
	call.Commit()
	return vendorapi.JSON(http.StatusOK, map[string]any{
		"accessToken": s.mint(), "tokenType": "Bearer", "expiresIn": int(s.switches.TokenLifetime / time.Second),
	})
}

func (s *Server) mint() string {
	secret := vendorapi.Secret("eyJ")
	s.auth.access[secret] = s.now().Add(s.switches.TokenLifetime)
	return secret
}

// AccessToken mints a token, as POST /auth does.
func (s *Server) AccessToken() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mint()
}

// ExpireTokens ends every access token.
func (s *Server) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.auth.access)
}

// RotateSecret makes a new client secret; tokens live on until they end (section 1).
func (s *Server) RotateSecret() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.auth.secret = vendorapi.Secret("secret_")
	return s.auth.secret
}

// Env points the provider at base.
func (s *Server) Env(base string) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return map[string]string{
		"CONOMY_ENDPOINT": base, "CONOMY_API_KEY": s.auth.key, "CONOMY_CLIENT_ID": s.auth.id, "CONOMY_CLIENT_SECRET": s.auth.secret,
	}
}
