package powens

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// The limit of sandbox domains (5).
const (
	rateLimit  = 30
	rateWindow = time.Minute
)

// scopeLinks is what every call of a link needs (1.2).
const scopeLinks = "payment-links:admin"

// admit refuses who may not call: too often, without a live service token, without its scope. It tells the domain.
func (s *Server) admit(call *vendorapi.Call) (domain string, refusal vendorapi.Reply, refused bool) {
	if wait := s.throttled(); wait > 0 {
		reply := s.refuse(http.StatusTooManyRequests, codeTooMany, "too many calls in a minute")
		reply.Header.Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
		return "", reply, true
	}
	secret, bearer := strings.CutPrefix(call.Header.Get("Authorization"), "Bearer ")
	if !bearer {
		return "", s.refuse(http.StatusUnauthorized, codeUnauthorized, "the Authorization header is missing"), true
	}
	token, ok := s.auth.tokens[secret]
	switch {
	case !ok:
		return "", s.refuse(http.StatusUnauthorized, codeUnauthorized, "the token is invalid"), true
	case !s.now().Before(token.expires):
		return "", s.refuse(http.StatusUnauthorized, codeUnauthorized, "the token has expired"), true
	case !slices.Contains(token.scopes, scopeLinks):
		return "", s.refuse(http.StatusForbidden, codeForbidden, "the token lacks the scope "+scopeLinks), true
	}
	return token.domain, vendorapi.Reply{}, false
}

// throttled counts the call and tells how long to wait; 0 for one that may pass. Tokens are another host's and not
// counted (own choice).
func (s *Server) throttled() time.Duration {
	if !s.switches.RateLimit {
		s.requestTimes = nil
		return 0
	}
	now := s.now()
	s.requestTimes = slices.DeleteFunc(s.requestTimes, func(at time.Time) bool { return !at.Add(rateWindow).After(now) })
	if len(s.requestTimes) >= rateLimit {
		return s.requestTimes[0].Add(rateWindow).Sub(now)
	}
	s.requestTimes = append(s.requestTimes, now)
	return 0
}
