// Package conomy is the vendor Conomy in the sandbox: payment links, their activation, checkout sessions, and access
// tokens. It is written from the contract alone: section and row numbers in comments are those of the contract, "own
// choice" marks what neither it nor the vendor says.
package conomy

import (
	"net/http"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// What routes mean.
const (
	opToken    = "token"
	opCreate   = "create"
	opGet      = "get"
	opList     = "list"
	opDelete   = "delete"
	opActivate = "activate"
	opSession  = "session"
	opUpdate   = "update"
)

// Server is the vendor. Its exported methods are safe for concurrent use.
type Server struct {
	now func() time.Time

	mu       sync.Mutex
	switches Switches
	links    vendorapi.Store[*Link]
	used     map[string]bool // checkout tokens of deleted links
	auth     auth
}

// New returns a vendor without links.
func New(now func() time.Time) *Server {
	return &Server{now: now, switches: DefaultSwitches(), used: map[string]bool{}, auth: newAuth()}
}

// Name is "conomy".
func (s *Server) Name() string { return "conomy" }

// Ops are the names of all routes.
func (s *Server) Ops() []string {
	return []string{opToken, opCreate, opGet, opList, opDelete, opActivate, opSession, opUpdate}
}

// Op names a route (section 2).
func (s *Server) Op(verb string, path []string) string {
	if len(path) == 1 && path[0] == "auth" && verb == http.MethodPost {
		return opToken
	}
	if path[0] != "payment-links" {
		return ""
	}
	switch {
	case len(path) == 1 && verb == http.MethodPost:
		return opCreate
	case len(path) == 1 && verb == http.MethodGet:
		return opList
	case len(path) == 2 && verb == http.MethodGet:
		return opGet
	case len(path) == 2 && verb == http.MethodDelete:
		return opDelete
	case len(path) == 2 && verb == http.MethodPatch:
		return opUpdate
	case len(path) == 3 && path[2] == "activate" && verb == http.MethodPost:
		return opActivate
	case len(path) == 4 && path[1] == "token" && path[3] == "checkout-sessions" && verb == http.MethodPost:
		return opSession
	}
	return ""
}

// Serve checks who calls and does what the route means.
func (s *Server) Serve(call *vendorapi.Call) vendorapi.Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	if refusal, refused := s.admit(call); refused {
		return refusal
	}
	switch call.Op {
	case opToken:
		return s.token(call)
	case opCreate:
		return s.create(call)
	case opList:
		return s.list(call)
	case opGet:
		return s.get(call)
	case opDelete:
		return s.delete(call)
	case opActivate:
		return s.activate(call)
	case opSession:
		return s.session(call)
	case opUpdate: // only the vendor's own client knows it (row 29)
		if !s.switches.PatchNotFound {
			return s.refuse(http.StatusNotImplemented, codeUnimplemented, "payment links cannot be updated")
		}
	}
	return s.notFound("route")
}

// find is the link of a call. For Switches.ReadDelay after its creation it is not there yet; expired ones may be gone
// (row 6).
func (s *Server) find(id string) (*Link, bool) {
	link, ok := s.links.Get(id)
	now := s.now()
	if !ok || now.Before(link.since.Add(s.switches.ReadDelay)) || s.switches.ExpiredGone && link.status(now) == Expired {
		return nil, false
	}
	return link, true
}
