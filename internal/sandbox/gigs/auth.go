package gigs

import (
	"fmt"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// apiKey is a static key that belongs to one project (1).
type apiKey struct {
	project string
	expires time.Time // zero: never
}

// AddProject makes a project known, and returns a new API key of it.
func (s *Server) AddProject(id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.projects[id] = true
	secret := vendorapi.Secret("gigs_key_") // no form is documented (1)
	s.keys[secret] = apiKey{project: id}
	return secret
}

// ExpireKey ends an API key now; an unknown one stays unknown.
func (s *Server) ExpireKey(secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if key, ok := s.keys[secret]; ok {
		key.expires = s.now()
		s.keys[secret] = key
	}
}

// checkHeaders refuses a key that is missing, unknown or expired (row 16), then what Switches.RateLimit counts, a body that
// is not JSON by its type (row 25, own choice), and idempotency keys.
func (s *Server) checkHeaders(call *vendorapi.Call) (apiKey, vendorapi.Reply, bool) {
	secret, bearer := strings.CutPrefix(call.Header.Get("Authorization"), "Bearer ")
	key, ok := s.keys[secret]
	if !bearer || !ok || !key.expires.IsZero() && !s.now().Before(key.expires) {
		return key, refuse(http.StatusUnauthorized, apiError{Type: typeUnauthenticated, Message: "Invalid authorization token"}), true
	}
	if refusal, refused := s.throttle(); refused {
		return key, refusal, true
	}
	if call.Method == http.MethodPost {
		if media, _, err := mime.ParseMediaType(call.Header.Get("Content-Type")); err != nil || media != vendorapi.ContentTypeJSON {
			return key, refuse(http.StatusUnsupportedMediaType, apiError{Type: typeInvalid, Message: "Content-Type must be application/json"}), true
		}
	}
	refusal, refused := s.checkIdempotencyKey(call)
	return key, refusal, refused
}

// checkIdempotencyKey: on other methods than POST and DELETE the header is ignored (5).
func (s *Server) checkIdempotencyKey(call *vendorapi.Call) (vendorapi.Reply, bool) {
	key := call.Header.Get(idempotencyHeader)
	switch {
	case key == "" || call.Method != http.MethodPost && call.Method != http.MethodDelete:
	case s.switches.RefuseIdempotencyKeys:
		return refuse(http.StatusBadRequest, apiError{Type: typeInvalid, Message: "Idempotent requests are not enabled for this project"}), true
	case len(key) > maxIdempotencyKey:
		return refuse(http.StatusBadRequest, apiError{Type: typeInvalid, Message: fmt.Sprintf("%s must have at most %d characters", idempotencyHeader, maxIdempotencyKey)}), true
	}
	return vendorapi.Reply{}, false
}

// rateWindow is what Switches.RateLimit counts in; own choice.
const rateWindow = 10 * time.Second

// throttle answers 429 beyond Switches.RateLimit (row 15).
func (s *Server) throttle() (vendorapi.Reply, bool) {
	if s.switches.RateLimit <= 0 {
		s.requestTimes = nil
		return vendorapi.Reply{}, false
	}
	now := s.now()
	for len(s.requestTimes) > 0 && !s.requestTimes[0].After(now.Add(-rateWindow)) {
		s.requestTimes = s.requestTimes[1:]
	}
	if len(s.requestTimes) < s.switches.RateLimit {
		s.requestTimes = append(s.requestTimes, now)
		return vendorapi.Reply{}, false
	}
	wait := s.requestTimes[0].Add(rateWindow).Sub(now)
	reply := tooMany("Too many requests")
	reply.Header.Set("Retry-After", fmt.Sprint(int64((wait+time.Second-1)/time.Second)))
	return reply, true
}
