package powens

import (
	"net/http"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// The limit of sandbox domains (contract 6.2).
const (
	rateLimit  = 30
	rateWindow = time.Minute
)

// scopeLinks is what every call of a link needs (contract 1.2).
const scopeLinks = "payment-links:admin"

// authenticate refuses who may not call: too often, without a live service token, without its scope. It returns the domain.
func (s *Server) authenticate(call *vendorapi.Call) (domain string, refusal vendorapi.Reply, refused bool) {
	if wait := s.throttled(); wait > 0 {
		return "", s.refuse(http.StatusTooManyRequests, codeTooMany, "too many calls in a minute").RetryAfter(wait), true
	}
	secret, bearer := call.Bearer()
	if !bearer {
		return "", s.refuse(http.StatusUnauthorized, codeUnauthorized, "the Authorization header is missing"), true
	}
	token, ok := s.auth.tokens[secret]
	switch {
	case !ok:
		return "", s.refuse(http.StatusUnauthorized, codeUnauthorized, "the token is invalid"), true
	case token.Expired(s.Now()):
		return "", s.refuse(http.StatusUnauthorized, codeUnauthorized, "the token has expired"), true
	case !slices.Contains(token.Scopes, scopeLinks):
		return "", s.refuse(http.StatusForbidden, codeForbidden, "the token lacks the scope "+scopeLinks), true
	}
	return token.Account, vendorapi.Reply{}, false
}

// throttled counts the call and returns how long to wait; 0 for a call that may pass. Tokens are another host's and not
// counted (own choice).
func (s *Server) throttled() time.Duration {
	if !s.Switch.RateLimit {
		s.requests = nil
		return 0
	}
	return s.requests.Wait(s.Now(), rateLimit, rateWindow)
}
