package powens

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// DefaultDomain is the domain of Env.
const DefaultDomain = "demo-sandbox"

// scopes are all that a token can be asked for (contract 1.2).
var scopes = []string{
	"payments:admin", "payments:read-only", "payments:allow-sensitive", "payments:validate", "payments:cancel", "payments", scopeLinks,
}

// Client is a client application of a domain.
type Client struct{ Domain, ID, Secret string }

type auth struct {
	home    Client
	clients map[string]Client // by id
	tokens  vendorapi.Tokens  // whose accounts are domains
}

func newAuth() auth {
	a := auth{clients: map[string]Client{}, tokens: vendorapi.Tokens{}}
	a.home = a.addClient(DefaultDomain)
	return a
}

func (a *auth) addClient(domain string) Client {
	c := Client{Domain: domain, ID: vendorapi.Secret("client_"), Secret: vendorapi.Secret("secret_")}
	a.clients[c.ID] = c
	return c
}

// AddClient makes a client application of a domain, which need not exist yet.
func (s *Server) AddClient(domain string) Client {
	s.Lock()
	defer s.Unlock()
	return s.auth.addClient(domain)
}

// IssueToken makes a token of a domain, with the scopes given or, without any, with the one that links need.
func (s *Server) IssueToken(domain string, scopes ...string) string {
	s.Lock()
	defer s.Unlock()
	if len(scopes) == 0 {
		scopes = []string{scopeLinks}
	}
	return s.issueToken(domain, scopes)
}

func (s *Server) issueToken(domain string, scopes []string) string {
	life := time.Duration(s.Switch.TokenLifetime)
	return s.auth.tokens.Issue("service_", vendorapi.Token{Account: domain, Expires: s.Now().Add(life), Scopes: scopes})
}

// ExpireTokens ends every token; clients can fetch new ones.
func (s *Server) ExpireTokens() {
	s.Lock()
	defer s.Unlock()
	s.auth.tokens.ExpireAll(s.Now())
}

// Env points the provider at base, as a client application of DefaultDomain.
func (s *Server) Env(base string) map[string]string { return s.auth.home.env(base) }

// AddAccount makes another domain.
func (s *Server) AddAccount(base string) map[string]string {
	return s.AddClient(vendorapi.Secret("domain-")).env(base)
}

func (c Client) env(base string) map[string]string {
	return map[string]string{
		"POWENS_ENDPOINT": base, "POWENS_TOKEN_ENDPOINT": base,
		"POWENS_DOMAIN": c.Domain, "POWENS_CLIENT_ID": c.ID, "POWENS_CLIENT_SECRET": c.Secret,
	}
}

// token answers a client application (contract 1.2). The answer says nothing of its lifetime.
func (s *Server) token(call *vendorapi.Call) vendorapi.Reply {
	if !call.IsJSON() {
		return s.notJSON()
	}
	e := &requestErrors{}
	o := strictjson.Reader{Errors: e}.Parse(call.Body)
	o.Allow("grant_type", "client_id", "client_secret", "scope")
	o.Require("grant_type", "client_id", "client_secret", "scope")
	grant, id, secret := o.Text("grant_type"), o.Text("client_id"), o.Text("client_secret")
	asked := readScopes(o, e)
	if e.code != "" {
		return s.refuse(http.StatusBadRequest, e.code, e.description)
	}
	client, ok := s.auth.clients[id]
	switch {
	case grant != "client_credentials":
		return s.refuse(http.StatusBadRequest, codeInvalid, "grant_type must be client_credentials")
	case !ok || client.Secret != secret:
		return s.refuse(http.StatusUnauthorized, codeUnauthorized, "the client is unknown or its secret is wrong")
	}
	call.Commit()
	return vendorapi.JSON(http.StatusOK, map[string]string{"token": s.issueToken(client.Domain, asked), "scope": strings.Join(asked, " ")})
}

// readScopes reads one scope, or an array of them (contract 1.2).
func readScopes(o strictjson.Object, e *requestErrors) []string {
	many := []string{}
	if o.Kind("scope") != strictjson.KindArray {
		many = append(many, o.Text("scope"))
	} else {
		array, indices := o.Array("scope")
		for _, index := range indices {
			many = append(many, array.Text(index))
		}
	}
	for _, name := range many {
		if !slices.Contains(scopes, name) {
			e.fail(codeInvalid, fmt.Sprintf("no such scope: %q", name))
		}
	}
	return many
}
