package gigs

import (
	"fmt"
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// auth are the projects, and the static keys, each of which belongs to one project (contract 1.5).
type auth struct {
	projects map[string]bool
	keys     vendorapi.Tokens
	first    string // key of Project
}

func newAuth() auth {
	a := auth{projects: map[string]bool{}, keys: vendorapi.Tokens{}}
	a.first = a.addProject(Project)
	return a
}

func (a *auth) addProject(id string) string {
	a.projects[id] = true
	return a.keys.Issue("gigs_key_", vendorapi.Token{Account: id}) // no form is documented (contract 1.5)
}

// AddProject makes a project known, and returns a new API key of it.
func (s *Server) AddProject(id string) string {
	s.Lock()
	defer s.Unlock()
	return s.auth.addProject(id)
}

// ExpireKey ends an API key now; an unknown one stays unknown.
func (s *Server) ExpireKey(secret string) {
	s.Lock()
	defer s.Unlock()
	s.auth.keys.Expire(secret, s.Now())
}

// Env points the provider at base, with the key of Project.
func (s *Server) Env(base string) map[string]string {
	return map[string]string{"GIGS_ENDPOINT": base, "GIGS_PROJECT": Project, "GIGS_API_KEY": s.auth.first}
}

// AddAccount makes another project.
func (s *Server) AddAccount(base string) map[string]string {
	project := vendorapi.Secret("project-")
	return map[string]string{"GIGS_ENDPOINT": base, "GIGS_PROJECT": project, "GIGS_API_KEY": s.AddProject(project)}
}

// authenticate refuses a key that is missing, unknown or expired (contract 8.16), then what Switches.RateLimit counts, a
// body that is not JSON by its type (contract 8.25, own choice), and idempotency keys. It returns the key's project.
func (s *Server) authenticate(call *vendorapi.Call) (project string, refusal vendorapi.Reply, refused bool) {
	secret, bearer := call.Bearer()
	key, ok := s.auth.keys[secret]
	if !bearer || !ok || key.Expired(s.Now()) {
		return "", refuse(http.StatusUnauthorized, apiError{Type: typeUnauthenticated, Message: "Invalid authorization token"}), true
	}
	if wait := s.throttled(); wait > 0 {
		return "", tooMany("Too many requests").RetryAfter(wait), true
	}
	if call.Method == http.MethodPost && !call.IsJSON() {
		return "", refuse(http.StatusUnsupportedMediaType, apiError{Type: typeInvalid, Message: "Content-Type must be application/json"}), true
	}
	refusal, refused = s.checkIdempotencyKey(call)
	return key.Account, refusal, refused
}

// checkIdempotencyKey refuses keys; on other methods than POST and DELETE the header is ignored (contract 6.5).
func (s *Server) checkIdempotencyKey(call *vendorapi.Call) (vendorapi.Reply, bool) {
	key := call.Header.Get(idempotencyHeader)
	switch {
	case key == "" || call.Method != http.MethodPost && call.Method != http.MethodDelete:
	case s.Switch.RefuseIdempotencyKeys:
		return refuse(http.StatusBadRequest, apiError{Type: typeInvalid, Message: "Idempotent requests are not enabled for this project"}), true
	case len(key) > maxIdempotencyKey:
		return refuse(http.StatusBadRequest, apiError{Type: typeInvalid, Message: fmt.Sprintf("%s must have at most %d characters", idempotencyHeader, maxIdempotencyKey)}), true
	}
	return vendorapi.Reply{}, false
}

// rateWindow is what Switches.RateLimit counts in; own choice.
const rateWindow = 10 * time.Second

// throttled counts the call and returns how long to wait beyond Switches.RateLimit (contract 8.15); 0 for a call that may pass.
func (s *Server) throttled() time.Duration {
	if s.Switch.RateLimit == 0 {
		s.requests = nil
		return 0
	}
	return s.requests.Wait(s.Now(), int(s.Switch.RateLimit), rateWindow) //nolint:gosec // a number of requests
}
