// Package conomy is the vendor Conomy in the sandbox: payment links, their activation, checkout sessions, and access
// tokens. It is written from the contract.md in the vendor's folder alone, whose facts comments cite; "own choice"
// marks what neither it nor the vendor says.
package conomy

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

const vendor = "conomy"

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

// Server is the vendor. Its accounts share checkout tokens, because these alone stand in a link's URL (own choice).
type Server struct {
	vendorapi.Base[Link, Switches]

	used map[string]bool // checkout tokens of deleted links
	auth auth
}

// New returns a vendor without links.
func New(now func() time.Time) vendorapi.Vendor {
	s := &Server{used: map[string]bool{}, auth: newAuth()}
	s.Init(now, Switches{TokenLifetime: vendorapi.Duration(time.Hour)}, vendorapi.Kind[Link]{
		Vendor: vendor, Home: s.auth.home.ID, Copy: (*Link).copyAt, Describe: Link.describe, Demo: demo, ReadSeed: readSeed, Lists: []string{"results"},
		// No link of Conomy's is canceled: to cancel is to delete.
		Actions: []vendorapi.Action{
			{Name: "pay", Do: s.Pay}, {Name: "process", Do: s.StartPayment}, {Name: "fail", Do: s.Fail}, {Name: "activate", Do: s.Activate},
			{Name: "expire", Do: s.Expire}, {Name: "cancel", Do: s.Delete}, {Name: "delete", Do: s.Delete},
		},
		Force: s.ForceStatus,
	})
	return s
}

// From returns the Conomy of a sandbox. It panics where the sandbox has none.
func From(r vendorapi.Registry) *Server { return vendorapi.From[*Server](r, vendor) }

// Ops returns the names of all routes.
func (s *Server) Ops() []string {
	return []string{opToken, opCreate, opGet, opList, opDelete, opActivate, opSession, opUpdate}
}

// Op names a route (contract 2.5).
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
	s.Lock()
	defer s.Unlock()
	account, refusal, refused := s.authenticate(call)
	if refused {
		return refusal
	}
	switch call.Op {
	case opToken:
		return s.token(call)
	case opCreate:
		return s.create(call, account)
	case opList:
		return s.list(call, account)
	case opSession:
		return s.session(call, account)
	case opUpdate: // only the vendor's own client knows it (contract 8.29)
		if !s.Switch.PatchNotFound {
			return s.refuse(http.StatusNotImplemented, codeUnimplemented, "payment links cannot be updated")
		}
	case opGet, opDelete, opActivate:
		if link, ok := s.find(account, call.Path[1]); ok {
			return s.serveLink(call, link)
		}
		return s.notFound("payment link")
	}
	return s.notFound("route")
}

// serveLink does what a route of one link means.
func (s *Server) serveLink(call *vendorapi.Call, link *Link) vendorapi.Reply {
	switch call.Op {
	case opDelete:
		return s.delete(call, link)
	case opActivate:
		return s.activate(call, link)
	}
	return vendorapi.JSON(http.StatusOK, s.wire(link))
}

// find is a link that an account can read. Expired ones may be gone (contract 8.6).
func (s *Server) find(account, id string) (*Link, bool) {
	link, ok := s.Find(account, id)
	if !ok || s.Switch.ExpiredGone && link.status(s.Now()) == Expired {
		return nil, false
	}
	return link, true
}
