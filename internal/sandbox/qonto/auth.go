package qonto

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Limits of contract 6.2.
const (
	maxUnauthorized    = 200 // answers of 401 in an hour, then everything is 429 (contract 8.30)
	unauthorizedWindow = time.Hour
	shortLimit         = 1000
	shortWindow        = 10 * time.Second
	longLimit          = 10000
	longWindow         = 10 * time.Minute
)

const stagingHeader = "X-Qonto-Staging-Token"

// Where the gate sends a call without a valid staging token, and the page that it shows instead (contract 1.5, 8.28).
const (
	loginURL  = "https://qonto.onelogin.com/login"
	loginPage = "<!DOCTYPE html>\n<html><head><title>OneLogin</title></head><body><h1>Log in</h1></body></html>\n"
)

// The scopes of contract 1.3.
const (
	scopeRead  = "payment_link.read"
	scopeWrite = "payment_link.write"
)

// authenticate refuses who may not call: throttled, without staging token, without a live OAuth token, without its scope. It
// returns the caller's account, which is none for the token call.
func (s *Server) authenticate(call *vendorapi.Call) (account string, refusal vendorapi.Reply, refused bool) {
	if call.Op == opAuthorize { // a person's page, to which no header leads
		return "", vendorapi.Reply{}, false
	}
	if s.throttled(call) {
		return "", refuse(http.StatusTooManyRequests, apiError{Code: codeTooMany, Detail: "Too many requests"}), true
	}
	if !s.Switch.NoStagingToken && call.Header.Get(stagingHeader) != s.auth.staging {
		if s.Switch.StagingRefusal == LoginPage {
			return "", vendorapi.Text(http.StatusOK, vendorapi.ContentTypeHTML, loginPage), true
		}
		reply := vendorapi.Text(http.StatusFound, vendorapi.ContentTypeHTML, "")
		reply.Header.Set("Location", loginURL)
		return "", reply, true
	}
	if call.Op == opToken {
		return "", vendorapi.Reply{}, false
	}
	return s.authorize(call)
}

func (s *Server) authorize(call *vendorapi.Call) (account string, refusal vendorapi.Reply, refused bool) {
	secret, bearer := call.Bearer()
	token, ok := s.auth.access[secret]
	switch {
	case !bearer && strings.Contains(secret, ":"): // "login:secret-key" (contract 1.2, 8.27)
		return "", s.unauthorized("OAuth2 authentication is required here"), true
	case !bearer:
		return "", s.unauthorized("Authorization header is missing"), true
	case !ok:
		return "", s.unauthorized("The access token is invalid"), true
	case token.Expired(s.Now()):
		return "", s.unauthorized("The access token expired"), true
	}
	need := scopeRead
	if call.Method != http.MethodGet {
		need = scopeWrite
	}
	if !slices.Contains(token.Scopes, need) {
		return "", refuse(http.StatusForbidden, apiError{Code: codeForbidden, Detail: "missing required oauth scope " + need}), true
	}
	return token.Account, vendorapi.Reply{}, false
}

// unauthorized is a 401 that counts for the throttle.
func (s *Server) unauthorized(detail string) vendorapi.Reply {
	s.countUnauthorized()
	return refuse(http.StatusUnauthorized, apiError{Code: codeUnauthorized, Detail: detail})
}

func (s *Server) countUnauthorized() { s.auth.unauthorized = append(s.auth.unauthorized, s.Now()) }

// throttled counts the call and reports whether it is one too many. The token host is another one and has no limit here.
func (s *Server) throttled(call *vendorapi.Call) bool {
	if call.Op == opToken {
		return false
	}
	now := s.Now()
	s.auth.unauthorized = s.auth.unauthorized.After(now.Add(-unauthorizedWindow))
	if len(s.auth.unauthorized) >= maxUnauthorized {
		return true
	}
	if !s.Switch.RateLimit {
		s.requests = nil
		return false
	}
	s.requests = append(s.requests.After(now.Add(-longWindow)), now)
	return len(s.requests) > longLimit || len(s.requests.After(now.Add(-shortWindow))) > shortLimit
}
