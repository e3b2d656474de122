// Package qonto is the vendor Qonto in the sandbox: payment links, their payments, payment methods, the connection to the
// payment provider, and OAuth tokens. It is written from the contract alone: section and row numbers in comments are
// those of the contract, "own choice" marks what neither it nor the vendor says.
package qonto

import (
	"net/http"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// What routes mean.
const (
	opCreate     = "create"
	opGet        = "get"
	opList       = "list"
	opDeactivate = "deactivate"
	opPayments   = "payments"
	opMethods    = "methods"
	opConnection = "connection"
	opConnect    = "connect"
	opToken      = "token"
)

// Server is the vendor. Its exported methods are safe for concurrent use.
type Server struct {
	now func() time.Time

	mu           sync.Mutex
	switches     Switches
	links        vendorapi.Store[*Link]
	idempotent   map[string]idempotent
	invoices     map[string]bool
	methods      []method
	connection   connection
	auth         auth
	requestTimes []time.Time
}

// New returns a vendor whose connection is enabled, with every payment method, and without links.
func New(now func() time.Time) *Server {
	s := &Server{
		now:        now,
		switches:   DefaultSwitches(),
		idempotent: map[string]idempotent{},
		invoices:   map[string]bool{},
		methods:    allMethods(),
		auth:       newAuth(),
	}
	s.connection = connection{Status: ConnectionEnabled, BankAccountID: vendorapi.UUID(now())}
	return s
}

// Name is "qonto".
func (s *Server) Name() string { return "qonto" }

// Ops are the names of all routes.
func (s *Server) Ops() []string {
	return []string{opCreate, opGet, opList, opDeactivate, opPayments, opMethods, opConnection, opConnect, opToken}
}

// Op names a route. "connections" and "payment_methods" stand in the place of an id and go first (section 2.3).
func (s *Server) Op(verb string, path []string) string {
	if len(path) == 2 && path[0] == "oauth2" && path[1] == "token" && verb == http.MethodPost {
		return opToken
	}
	if len(path) < 2 || path[0] != "v2" || path[1] != "payment_links" {
		return ""
	}
	literal := ""
	if len(path) > 2 {
		literal = path[2]
	}
	switch {
	case len(path) == 2 && verb == http.MethodPost:
		return opCreate
	case len(path) == 2 && verb == http.MethodGet:
		return opList
	case len(path) == 3 && literal == "connections" && verb == http.MethodPost:
		return opConnect
	case len(path) == 3 && literal == "connections" && verb == http.MethodGet:
		return opConnection
	case len(path) == 3 && literal == "payment_methods" && verb == http.MethodGet:
		return opMethods
	case literal == "connections" || literal == "payment_methods":
		return ""
	case len(path) == 3 && verb == http.MethodGet:
		return opGet
	case len(path) == 4 && path[3] == "deactivate" && verb == http.MethodPatch:
		return opDeactivate
	case len(path) == 4 && path[3] == "payments" && verb == http.MethodGet:
		return opPayments
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
	case opDeactivate:
		return s.deactivate(call)
	case opPayments:
		return s.payments(call)
	case opMethods:
		return s.listMethods()
	case opConnection:
		return s.getConnection()
	case opConnect:
		return s.connect(call)
	}
	// There is no update and no delete (row 4).
	return notFound("route")
}

// find is the link of a call. For Switches.ReadDelay after its creation a link is not there yet (row 23).
func (s *Server) find(call *vendorapi.Call) (*Link, bool) {
	link, ok := s.links.Get(call.Path[2])
	if !ok || s.now().Before(link.since.Add(s.switches.ReadDelay)) {
		return nil, false
	}
	return link, true
}
