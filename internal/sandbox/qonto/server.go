// Package qonto is the vendor Qonto in the sandbox: payment links, their payments, payment methods, the connection to the
// payment provider, and OAuth tokens. It is written from the contract.md in the vendor's folder alone, whose facts
// comments cite; "own choice" marks what neither it nor the vendor says.
package qonto

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

const vendor = "qonto"

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
	opAuthorize  = "authorize"
)

// Server is the vendor. Accounts, which are organizations at this vendor, have tokens and links of their own, and share the rest.
type Server struct {
	vendorapi.Base[Link, Switches]

	replays    vendorapi.Replays // by account and key
	invoices   map[string]bool
	methods    []method
	connection connection
	auth       auth
	requests   vendorapi.Moments
}

// New returns a vendor whose connection is enabled, with every payment method, and without links.
func New(now func() time.Time) vendorapi.Vendor {
	s := &Server{
		replays: vendorapi.Replays{}, invoices: map[string]bool{}, methods: allMethods(),
		connection: connection{Status: ConnectionEnabled, BankAccountID: vendorapi.UUID(now())},
	}
	s.auth = newAuth()
	s.Init(now, Switches{NextPageZeroQuirk: true}, vendorapi.Kind[Link]{
		Vendor: vendor, Home: s.auth.home.ID, Copy: (*Link).copyAt, Describe: Link.describe,
		Demo: demo, ReadSeed: readSeed, Lists: []string{"payment_link", "payment_links"},
		Actions: []vendorapi.Action{
			{Name: "pay", Do: s.Pay}, {Name: "process", Do: s.StartPayment}, {Name: "fail", Do: s.Fail},
			{Name: "expire", Do: s.Expire}, {Name: "cancel", Do: s.Cancel}, {Name: "delete", Do: s.Delete},
		},
		Force: s.ForceStatus,
	})
	return s
}

// From returns the Qonto of a sandbox. It panics where the sandbox has none.
func From(r vendorapi.Registry) *Server { return vendorapi.From[*Server](r, vendor) }

// Ops returns the names of all routes.
func (s *Server) Ops() []string {
	return []string{opCreate, opGet, opList, opDeactivate, opPayments, opMethods, opConnection, opConnect, opToken, opAuthorize}
}

// Op names a route. "connections" and "payment_methods" stand in the place of an id and go first (contract 2.3).
func (s *Server) Op(verb string, path []string) string {
	if len(path) == 2 && path[0] == "oauth2" && path[1] == "token" && verb == http.MethodPost {
		return opToken
	}
	if len(path) == 2 && path[0] == "oauth2" && path[1] == "auth" && (verb == http.MethodGet || verb == http.MethodPost) {
		return opAuthorize
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
	s.Lock()
	defer s.Unlock()
	account, refusal, refused := s.authenticate(call)
	if refused {
		return refusal
	}
	switch call.Op {
	case opToken:
		return s.token(call)
	case opAuthorize:
		return s.authorizePage(call)
	case opCreate:
		return s.create(call, account)
	case opList:
		return s.list(call, account)
	case opMethods:
		return s.listMethods()
	case opConnection:
		return s.getConnection()
	case opConnect:
		return s.connect(call)
	case opGet, opDeactivate, opPayments:
		link, ok := s.Find(account, call.Path[2])
		if !ok {
			return notFound("payment link")
		}
		return s.serveLink(call, link)
	}
	// There is no update and no delete (contract 8.4).
	return notFound("route")
}

// serveLink does what a route of one link means.
func (s *Server) serveLink(call *vendorapi.Call, link *Link) vendorapi.Reply {
	switch call.Op {
	case opDeactivate:
		return s.deactivate(call, link)
	case opPayments:
		return s.payments(call, link)
	}
	return s.get(link)
}
