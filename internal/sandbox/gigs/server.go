// Package gigs is the vendor Gigs in the sandbox: payment links of EBANX, with the projects, API keys and invoices that
// they need. It is written from the contract.md in the vendor's folder alone, whose facts comments cite; "own choice"
// marks what neither it nor the vendor says.
package gigs

import (
	_ "embed"
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// demo has links in several states.
//
//go:embed demo.json
var demo []byte

const vendor = "gigs"

// What routes mean.
const (
	opCreate = "create"
	opGet    = "get"
	opList   = "list"
)

// Project is the project that exists from the start, as in the vendor's samples.
const Project = "gigs"

// Server is the vendor. Its accounts are projects.
type Server struct {
	vendorapi.Base[Link, Switches]

	invoices map[string]string // status by project and id; see invoiceKey
	auth     auth
	replays  vendorapi.Replays // by project and key
	requests vendorapi.Moments
	answers  int // links shown so far, for Switches.Fractions
}

// New returns a vendor with one project and a key of it, without links.
func New(now func() time.Time) vendorapi.Vendor {
	s := &Server{invoices: map[string]string{}, auth: newAuth(), replays: vendorapi.Replays{}}
	s.Init(now, Switches{}, vendorapi.Kind[Link]{
		Vendor: vendor, Home: Project, Copy: (*Link).copyAt, Describe: Link.describe, Demo: demo, ReadSeed: readSeed, Lists: []string{"items"},
		Actions: []vendorapi.Action{{Name: "pay", Do: s.Pay}, {Name: "cancel", Do: s.Cancel}, {Name: "delete", Do: s.Delete}},
		Force:   s.ForceStatus,
	})
	return s
}

// From returns the Gigs of a sandbox. It panics where the sandbox has none.
func From(r vendorapi.Registry) *Server { return vendorapi.From[*Server](r, vendor) }

// Ops returns the names of all routes.
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

// Serve checks headers, then the path, then query and body, and reports the first failure only (contract 6.3).
func (s *Server) Serve(call *vendorapi.Call) vendorapi.Reply {
	s.Lock()
	defer s.Unlock()
	project, refusal, refused := s.authenticate(call)
	if refused {
		return refusal
	}
	if refusal, refused := s.checkPath(call, project); refused {
		return refusal
	}
	switch call.Op {
	case opCreate:
		return s.create(call, project)
	case opList:
		return s.list(call, project)
	default:
		return s.get(call, project)
	}
}

// checkPath refuses unknown routes, other methods (there is no update, cancel or delete: contract 8.1; the status is
// our own choice), and projects that do not exist (contract 8.11) or are another key's than of project (contract 8.16).
func (s *Server) checkPath(call *vendorapi.Call, project string) (vendorapi.Reply, bool) {
	switch {
	case !isLinkPath(call.Path):
		return notFound("route"), true
	case !s.auth.projects[call.Path[1]]:
		return notFound("project"), true
	case project != call.Path[1]:
		return refuse(http.StatusForbidden, apiError{Type: typeDenied, Message: "The API key does not belong to this project"}), true
	case call.Op == "":
		return refuse(http.StatusMethodNotAllowed, apiError{Type: typeInvalid, Message: "Method not allowed"}), true
	}
	return vendorapi.Reply{}, false
}
