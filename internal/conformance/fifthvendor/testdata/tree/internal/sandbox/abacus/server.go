// Package abacus is the vendor Abacus in the sandbox. It is written from the contract alone.
package abacus

import (
	_ "embed"
	"errors"
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

//go:embed demo.json
var demo []byte

const vendor = "abacus"

// What routes mean.
const (
	opCreate = "create"
	opGet    = "get"
)

// home is the first account.
const home = "home"

// Switches are what the contract leaves open.
type Switches struct {
	// NullMetadata answers null in place of {} (contract 8.2).
	NullMetadata bool `json:"null_metadata"`
	vendorapi.OtherMoney
	vendorapi.Delays
}

// Server is the vendor.
type Server struct {
	vendorapi.Base[Link, Switches]

	keys    vendorapi.Tokens
	first   string // key of home
	replays vendorapi.Replays
	last    int64 // number of the newest link
}

// New returns a vendor with one shop and a key of it, without links.
func New(now func() time.Time) vendorapi.Vendor {
	s := &Server{keys: vendorapi.Tokens{}, replays: vendorapi.Replays{}, last: 480000}
	s.first = s.keys.Issue("ab_", vendorapi.Token{Account: home})
	s.Init(now, Switches{}, vendorapi.Kind[Link]{
		Vendor: vendor, Home: home, Copy: (*Link).copyAt, Describe: Link.describe, Demo: demo, ReadSeed: readSeed, Lists: []string{"paylink"},
		Actions: []vendorapi.Action{
			{Name: "pay", Do: func(id string) error { return s.change(id, Settled) }},
			{Name: "process", Do: func(id string) error { return s.change(id, Settling) }},
			{Name: "expire", Do: func(id string) error { return s.change(id, Lapsed) }},
			{Name: "delete", Do: s.Delete},
		},
		Force: func(id, status string) error {
			return s.Update(id, func(l *Link, _ time.Time) error { l.Status = status; return nil })
		},
	})
	return s
}

// change is what becomes of a live link.
func (s *Server) change(id, status string) error {
	return s.Update(id, func(l *Link, now time.Time) error {
		if l.copyAt(now).Status != Live {
			return errors.New("it is not live")
		}
		l.Status = status
		return nil
	})
}

// Env points the provider at base, with the key of the first shop.
func (s *Server) Env(base string) map[string]string { return env(base, s.first) }

// AddAccount makes another shop.
func (s *Server) AddAccount(base string) map[string]string {
	s.Lock()
	defer s.Unlock()
	return env(base, s.keys.Issue("ab_", vendorapi.Token{Account: vendorapi.Secret("")}))
}

func env(base, key string) map[string]string {
	return map[string]string{"ABACUS_ENDPOINT": base, "ABACUS_KEY": key}
}

// Ops returns the names of all routes.
func (*Server) Ops() []string { return []string{opCreate, opGet} }

// Op names a route.
func (*Server) Op(method string, path []string) string {
	switch {
	case path[0] != "paylinks":
	case len(path) == 1 && method == http.MethodPost:
		return opCreate
	case len(path) == 2 && path[1] != "" && method == http.MethodGet:
		return opGet
	}
	return ""
}

// Serve answers a call.
func (s *Server) Serve(call *vendorapi.Call) vendorapi.Reply {
	s.Lock()
	defer s.Unlock()
	key, ok := s.keys[call.Header.Get("X-Abacus-Key")]
	switch {
	case !ok:
		return refuse(http.StatusUnauthorized, "key", "The key is missing or unknown", "")
	case call.Op == opCreate:
		return s.create(call, key.Account)
	case call.Op == opGet:
		if link, ok := s.Find(key.Account, call.Path[1]); ok {
			return vendorapi.JSON(http.StatusOK, s.answer(link))
		}
	}
	return refuse(http.StatusNotFound, "unknown", "There is no such thing", "")
}

// Refuse words a fault's refusal.
func (*Server) Refuse(_ *vendorapi.Call, why vendorapi.Refusal, detail string) vendorapi.Reply {
	switch why {
	case vendorapi.Expired:
		return refuse(http.StatusUnauthorized, "key", detail, "")
	case vendorapi.TooMany:
		return refuse(http.StatusTooManyRequests, "busy", detail, "")
	default:
		return refuse(http.StatusUnprocessableEntity, "invalid", detail, "")
	}
}

func refuse(status int, code, message, field string) vendorapi.Reply {
	type body struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Field   string `json:"field,omitempty"`
	}
	return vendorapi.JSON(status, map[string]body{"error": {code, message, field}})
}

// answer shows a link as the switches say.
func (s *Server) answer(link *Link) map[string]Link {
	shown := link.copyAt(s.Now())
	if len(shown.Metadata) == 0 && s.Switch.NullMetadata {
		shown.Metadata = nil
	}
	return map[string]Link{"paylink": shown}
}

// readSeed reads a link of a seed.
func readSeed(data []byte) (string, *Link, error) {
	link := &Link{}
	if err := vendorapi.UnmarshalStrict(data, link); err != nil {
		return "", nil, err
	}
	if link.Number == 0 || link.Status == "" || link.Made == 0 {
		return "", nil, errors.New("a link needs a number, a status and when it was made")
	}
	return link.id(), link, nil
}
