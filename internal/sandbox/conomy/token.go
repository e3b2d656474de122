package conomy

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// client has the credentials of an account, whose name is its id.
type client struct{ Key, ID, Secret string }

type auth struct {
	home   *client
	keys   map[string]*client
	access vendorapi.Tokens
}

func newAuth() auth {
	a := auth{keys: map[string]*client{}, access: vendorapi.Tokens{}}
	a.home = a.addClient()
	return a
}

func (a *auth) addClient() *client {
	c := &client{Key: vendorapi.Secret("key_"), ID: vendorapi.Secret("client_"), Secret: vendorapi.Secret("secret_")}
	a.keys[c.Key] = c
	return c
}

// token answers POST /auth (contract 1.4). Key and client have to be of one account (own choice).
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
	caller := s.auth.keys[call.Header.Get("X-Api-Key")]
	if asked["clientId"] != caller.ID || asked["clientSecret"] != caller.Secret {
		return s.refuse(http.StatusUnauthorized, codeUnauthorized, "unknown client, or wrong secret")
	}
	call.Commit()
	return vendorapi.JSON(http.StatusOK, map[string]any{
		"accessToken": s.issueToken(caller), "tokenType": "Bearer", "expiresIn": int(time.Duration(s.Switch.TokenLifetime) / time.Second),
	})
}

func (s *Server) issueToken(c *client) string {
	return s.auth.access.Issue("eyJ", vendorapi.Token{Account: c.ID, Expires: s.Now().Add(time.Duration(s.Switch.TokenLifetime))})
}

// IssueToken makes an access token of the first account, as POST /auth does.
func (s *Server) IssueToken() string {
	s.Lock()
	defer s.Unlock()
	return s.issueToken(s.auth.home)
}

// ExpireTokens ends every access token.
func (s *Server) ExpireTokens() {
	s.Lock()
	defer s.Unlock()
	s.auth.access.ExpireAll(s.Now())
}

// RotateSecret makes a new client secret of the first account; tokens live on until they end (contract 1.6).
func (s *Server) RotateSecret() string {
	s.Lock()
	defer s.Unlock()
	s.auth.home.Secret = vendorapi.Secret("secret_")
	return s.auth.home.Secret
}

// Env points the provider at base, as the first account.
func (s *Server) Env(base string) map[string]string {
	s.Lock()
	defer s.Unlock()
	return s.auth.home.env(base)
}

// AddAccount makes another account.
func (s *Server) AddAccount(base string) map[string]string {
	s.Lock()
	defer s.Unlock()
	return s.auth.addClient().env(base)
}

func (c *client) env(base string) map[string]string {
	return map[string]string{"CONOMY_ENDPOINT": base, "CONOMY_API_KEY": c.Key, "CONOMY_CLIENT_ID": c.ID, "CONOMY_CLIENT_SECRET": c.Secret}
}
