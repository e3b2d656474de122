package powens

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// DefaultDomain is the domain of Env.
const DefaultDomain = "demo-sandbox"

// scopes are all that a token can be asked for (1.2).
var scopes = []string{
	"payments:admin", "payments:read-only", "payments:allow-sensitive", "payments:validate", "payments:cancel", "payments", scopeLinks,
}

type auth struct {
	home    Client
	clients map[string]Client // by id
	tokens  map[string]token
}

type token struct {
	domain  string
	expires time.Time
	scopes  []string
}

func newAuth() auth { return auth{clients: map[string]Client{}, tokens: map[string]token{}} }

// Client is a client application of a domain.
type Client struct{ Domain, ID, Secret string }

// addClient makes a client application; the caller holds the lock, or is alone.
func (s *Server) addClient(domain string) Client {
	c := Client{Domain: domain, ID: vendorapi.Secret("client_"), Secret: vendorapi.Secret("secret_")}
	s.auth.clients[c.ID] = c
	return c
}

// AddClient makes a client application of a domain, which need not exist yet.
func (s *Server) AddClient(domain string) Client {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addClient(domain)
}

// Token mints a token of a domain, with the scopes given or, without any, with the one that links need.
func (s *Server) Token(domain string, scopes ...string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(scopes) == 0 {
		scopes = []string{scopeLinks}
	}
	return s.mint(domain, scopes)
}

func (s *Server) mint(domain string, scopes []string) string {
	secret := vendorapi.Secret("service_")
	s.auth.tokens[secret] = token{domain: domain, expires: s.now().Add(s.switches.TokenLifetime), scopes: scopes}
	return secret
}

// ExpireTokens ends every token; clients can fetch new ones.
func (s *Server) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for secret, token := range s.auth.tokens {
		token.expires = s.now()
		s.auth.tokens[secret] = token
	}
}

// Env points the provider at base, as a client application of DefaultDomain.
func (s *Server) Env(base string) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return map[string]string{
		"POWENS_ENDPOINT": base, "POWENS_TOKEN_ENDPOINT": base,
		"POWENS_DOMAIN": s.auth.home.Domain, "POWENS_CLIENT_ID": s.auth.home.ID, "POWENS_CLIENT_SECRET": s.auth.home.Secret,
	}
}

// token answers a client application (1.2). The answer says nothing of its lifetime.
func (s *Server) token(call *vendorapi.Call) vendorapi.Reply {
	if refusal, refused := s.wantJSON(call); refused {
		return refusal
	}
	b := &body{strict: true}
	o := b.parse(call.Body)
	o.allow("grant_type", "client_id", "client_secret", "scope")
	for _, key := range []string{"grant_type", "client_id", "client_secret", "scope"} {
		o.require(key)
	}
	grant, id, secret := o.text("grant_type"), o.text("client_id"), o.text("client_secret")
	asked := o.scopes()
	if b.broken != nil {
		return s.refuse(http.StatusBadRequest, b.broken.code, b.broken.description)
	}
	client, ok := s.auth.clients[id]
	switch {
	case grant != "client_credentials":
		return s.refuse(http.StatusBadRequest, codeInvalid, "grant_type must be client_credentials")
	case !ok || client.Secret != secret:
		return s.refuse(http.StatusUnauthorized, codeUnauthorized, "the client is unknown or its secret is wrong")
	}
	call.Commit()
	return vendorapi.JSON(http.StatusOK, map[string]string{"token": s.mint(client.Domain, asked), "scope": strings.Join(asked, " ")})
}

// scopes reads one scope, or an array of them (1.2).
func (o object) scopes() []string {
	var many []string
	if kindOf(o.fields["scope"]) != "array" {
		many = []string{o.text("scope")}
	} else if err := json.Unmarshal(o.fields["scope"], &many); err != nil {
		o.body.fail(codeInvalid, "scope must be text, or an array of texts")
	}
	for _, name := range many {
		if !slices.Contains(scopes, name) {
			o.body.fail(codeInvalid, fmt.Sprintf("no such scope: %q", name))
		}
	}
	return many
}
