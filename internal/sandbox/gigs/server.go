// Package gigs is the vendor Gigs in the sandbox: payment links of EBANX, with the projects, API keys and invoices that
// they need. It is written from the contract alone: section and row numbers in comments are those of the contract (rows
// of its section 7), "own choice" marks what neither it nor the vendor says.
package gigs

import (
	"net/http"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// What routes mean.
const (
	opCreate = "create"
	opGet    = "get"
	opList   = "list"
)

// Project is the project that exists from the start, as in the vendor's samples.
const Project = "gigs"

// Server is the vendor. Its exported methods are safe for concurrent use.
type Server struct {
	now func() time.Time

	mu           sync.Mutex
	switches     Switches
	links        vendorapi.Store[*Link]
	invoices     map[string]string     // status by project and id; see invoiceKey
	projects     map[string]bool       //
	keys         map[string]apiKey     // by the key itself
	first        string                // key of Project
	idempotent   map[string]idempotent // by project and key
	requestTimes []time.Time
	answers      int // links shown so far, for Switches.Fractions
}

// New returns a vendor with one project and a key of it, without links.
func New(now func() time.Time) *Server {
	s := &Server{
		now:        now,
		switches:   DefaultSwitches(),
		invoices:   map[string]string{},
		projects:   map[string]bool{},
		keys:       map[string]apiKey{},
		idempotent: map[string]idempotent{},
	}
	s.first = s.AddProject(Project)
	return s
}

// Name is "gigs".
func (s *Server) Name() string { return "gigs" }

// Env names the variables of the provider.
func (s *Server) Env(base string) map[string]string {
	return map[string]string{"GIGS_ENDPOINT": base, "GIGS_PROJECT": Project, "GIGS_API_KEY": s.first}
}

// Ops are the names of all routes.
func (s *Server) Ops() []string {
	return []string{opCreate, opGet, opList}
}

// Op names a route.
func (s *Server) Op(verb string, path []string) string {
	switch {
	case !isLinkPath(path):
		return ""
	case len(path) == 3 && verb == http.MethodPost:
		return opCreate
	case len(path) == 3 && verb == http.MethodGet:
		return opList
	case len(path) == 4 && verb == http.MethodGet:
		return opGet
	}
	return ""
}

func isLinkPath(path []string) bool {
	return (len(path) == 3 || len(path) == 4 && path[3] != "") && path[0] == "projects" && path[1] != "" && path[2] == "paymentLinks"
}

// Serve checks headers, then the path, then query and body, and reports the first failure only (2.5).
func (s *Server) Serve(call *vendorapi.Call) vendorapi.Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	key, refusal, refused := s.checkHeaders(call)
	if refused {
		return refusal
	}
	if refusal, refused := s.checkPath(call, key); refused {
		return refusal
	}
	switch call.Op {
	case opCreate:
		return s.create(call)
	case opList:
		return s.list(call)
	default:
		return s.get(call)
	}
}

// checkPath refuses unknown routes, other methods (there is no update, cancel or delete: row 1; the status is our own
// choice), and projects that do not exist (row 11) or are another key's (row 16).
func (s *Server) checkPath(call *vendorapi.Call, key apiKey) (vendorapi.Reply, bool) {
	switch {
	case !isLinkPath(call.Path):
		return notFound("route"), true
	case !s.projects[call.Path[1]]:
		return notFound("project"), true
	case key.project != call.Path[1]:
		return refuse(http.StatusForbidden, apiError{Type: typeDenied, Message: "The API key does not belong to this project"}), true
	case call.Op == "":
		return refuse(http.StatusMethodNotAllowed, apiError{Type: typeInvalid, Message: "Method not allowed"}), true
	}
	return vendorapi.Reply{}, false
}

// find is the link of a call: of the project in its path (row 11), and for Switches.ReadDelay after its creation none.
func (s *Server) find(call *vendorapi.Call) (*Link, bool) {
	link, ok := s.links.Get(call.Path[3])
	if !ok || link.Project != call.Path[1] || s.now().Before(link.since.Add(s.switches.ReadDelay)) {
		return nil, false
	}
	return link, true
}

// get answers one link (2.2).
func (s *Server) get(call *vendorapi.Call) vendorapi.Reply {
	if refusal, refused := refuseQuery(call.Query); refused {
		return refusal
	}
	link, ok := s.find(call)
	if !ok {
		return notFound("payment link")
	}
	return vendorapi.JSON(http.StatusOK, s.wire(link))
}
