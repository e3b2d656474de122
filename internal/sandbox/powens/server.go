// Package powens is the vendor Powens in the sandbox: payment links and service tokens, of any number of domains. It is
// written from the contract.md in the vendor's folder alone, whose facts comments cite; "own choice" marks what neither
// it nor the vendor says.
package powens

import (
	_ "embed"
	"net/http"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// demo has links in several states.
//
//go:embed demo.json
var demo []byte

const vendor = "powens"

// What routes mean.
const (
	opCreate = "create"
	opGet    = "get"
	opList   = "list"
	opRevoke = "revoke"
	opToken  = "token"
)

// Server is the vendor. Its accounts are domains.
type Server struct {
	vendorapi.Base[Link, Switches]

	auth        auth
	requests    vendorapi.Moments
	lastPayment int
	lastRequest int
}

// New returns a vendor with one domain, DefaultDomain, and without links.
func New(now func() time.Time) vendorapi.Vendor {
	s := &Server{auth: newAuth()}
	s.Init(now, Switches{TokenLifetime: vendorapi.Duration(30 * time.Minute)}, vendorapi.Kind[Link]{
		Vendor: vendor, Home: DefaultDomain, Copy: (*Link).copyAt, Describe: Link.describe, Demo: demo, ReadSeed: readSeed,
		Actions: []vendorapi.Action{
			{Name: "pay", Do: s.Pay}, {Name: "process", Do: s.StartPayment}, {Name: "reject", Do: s.Reject}, {Name: "expire", Do: s.Expire},
			{Name: "cancel", Do: func(id string) error { return s.Revoke(id, s.Now()) }}, {Name: "delete", Do: s.Delete},
		},
		Force: s.ForceStatus,
	})
	return s
}

// From returns the Powens of a sandbox. It panics where the sandbox has none.
func From(r vendorapi.Registry) *Server { return vendorapi.From[*Server](r, vendor) }

// Ops returns the names of all routes.
func (s *Server) Ops() []string {
	return []string{opCreate, opGet, opList, opRevoke, opToken}
}

// Op names a route. Both hosts, that of links and that of tokens, are one here.
func (s *Server) Op(verb string, path []string) string {
	switch {
	case len(path) == 3 && path[0] == "2.0" && path[1] == "auth" && path[2] == "token" && verb == http.MethodPost:
		return opToken
	case !isCollection(path):
		return ""
	case len(path) == 2 && verb == http.MethodPost:
		return opCreate
	case len(path) == 2 && verb == http.MethodGet:
		return opList
	case len(path) == 3 && verb == http.MethodPost && strings.HasSuffix(path[2], revokeSuffix):
		return opRevoke
	case len(path) == 3 && verb == http.MethodGet && !strings.HasSuffix(path[2], revokeSuffix):
		return opGet
	}
	return ""
}

// revokeSuffix is a part of the segment that holds the id (contract 2.1).
const revokeSuffix = ":revoke"

func isCollection(path []string) bool {
	return len(path) >= 2 && path[0] == "api" && path[1] == "payment-links"
}

// Serve checks who calls and does what the route means. Another domain's link is unknown (contract 8.36), as is any other text
// (contract 8.34).
func (s *Server) Serve(call *vendorapi.Call) vendorapi.Reply {
	s.Lock()
	defer s.Unlock()
	if call.Op == opToken {
		return s.token(call)
	}
	domain, refusal, refused := s.authenticate(call)
	if refused {
		return refusal
	}
	switch call.Op {
	case opCreate:
		return s.create(call, domain)
	case opList:
		return s.list(domain)
	case opGet:
		return s.get(call, domain)
	case opRevoke:
		return s.revoke(call, domain)
	}
	if isCollection(call.Path) && len(call.Path) <= 3 { // there is no update and no delete (contract 8.1)
		return s.refuse(http.StatusMethodNotAllowed, codeMethod, "the method "+call.Method+" is not allowed here")
	}
	return s.refuse(http.StatusNotFound, codeNotFound, "no such route")
}
