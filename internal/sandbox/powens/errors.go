package powens

import (
	"errors"
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Codes of errors (contract 6.6). Which one goes with 401, 403, 404, 409 and 429 is not documented: own choices
// (contract 8.8 and 8.10).
const (
	codeMissing      = "missingParameter"
	codeInvalid      = "invalidValue"
	codeMethod       = "methodNotAllowed"
	codeUnauthorized = "unauthorized"
	codeForbidden    = "forbidden"
	codeNotFound     = "notFound"
	codeTooMany      = "tooManyRequests"
)

// errorBody is the one format of all errors (contract 6.5).
type errorBody struct {
	Code        string  `json:"code"`
	Description string  `json:"description"`
	Message     *string `json:"message"`
	RequestID   int     `json:"request_id"`
}

// refuse answers with an error; the caller holds the lock.
func (s *Server) refuse(status int, code, description string) vendorapi.Reply {
	s.lastRequest++
	return vendorapi.JSON(status, errorBody{Code: code, Description: description, RequestID: 1000 + s.lastRequest})
}

// notFound is the answer to an unknown link, a revoked one included when it is to be revoked again (contract 2.1).
func (s *Server) notFound() vendorapi.Reply {
	return s.refuse(http.StatusNotFound, codeNotFound, "no such payment link")
}

// notJSON refuses another content type (contract 1.3); the code is our own choice.
func (s *Server) notJSON() vendorapi.Reply {
	return s.refuse(http.StatusBadRequest, codeInvalid, "the content type must be application/json")
}

// requestErrors keeps the first thing that is wrong with a body: the error format has room for one (contract 6.5).
type requestErrors struct{ code, description string }

func (e *requestErrors) fail(code, description string) {
	if e.code == "" {
		e.code, e.description = code, description
	}
}

// violate notes a rule that a value breaks.
func (e *requestErrors) violate(at strictjson.Path, rule string) {
	e.fail(codeInvalid, at.String()+" "+rule)
}

// Malformed refuses a body that cannot be read.
func (e *requestErrors) Malformed(err error) {
	if errors.Is(err, strictjson.ErrTrailing) {
		e.fail(codeInvalid, "the body goes on after its end")
	}
	e.fail(codeInvalid, "the body is not a JSON object")
}

// WrongType refuses a value of another kind; null is one too.
func (e *requestErrors) WrongType(at strictjson.Path, got, want strictjson.Kind) {
	if len(at) == 0 {
		e.fail(codeInvalid, "the body is not a JSON object")
	}
	e.violate(at, "must be of type "+kindName(want)+", not "+kindName(got))
}

func kindName(kind strictjson.Kind) string {
	if kind == strictjson.KindBool {
		return "boolean"
	}
	return string(kind)
}

// Missing refuses a body without a key, whatever its value would be (contract 8.14 and 8.16).
func (e *requestErrors) Missing(at strictjson.Path) { e.fail(codeMissing, at.String()+" is missing") }

// Unknown refuses a key (contract 8.27).
func (e *requestErrors) Unknown(at strictjson.Path) { e.violate(at, "is unknown") }

// Refuse words a fault's refusal. Powens knows no 422: a broken rule is a 400 (contract 1.4).
func (s *Server) Refuse(_ *vendorapi.Call, why vendorapi.Refusal, detail string) vendorapi.Reply {
	s.Lock()
	defer s.Unlock()
	switch why {
	case vendorapi.Expired:
		return s.refuse(http.StatusUnauthorized, codeUnauthorized, detail)
	case vendorapi.TooMany:
		return s.refuse(http.StatusTooManyRequests, codeTooMany, detail)
	default:
		return s.refuse(http.StatusBadRequest, codeInvalid, detail)
	}
}
