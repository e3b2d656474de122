package powens

import (
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Codes of errors (2.4). Which one goes with 401, 403, 404, 409 and 429 is not documented: own choices (rows 8 and 10).
const (
	codeMissing      = "missingParameter"
	codeInvalid      = "invalidValue"
	codeMethod       = "methodNotAllowed"
	codeUnauthorized = "unauthorized"
	codeForbidden    = "forbidden"
	codeNotFound     = "notFound"
	codeTooMany      = "tooManyRequests"
)

// errorBody is the one format of all errors (2.4).
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

// notFound is the answer to an unknown link, a revoked one included when it is to be revoked again (2.1).
func (s *Server) notFound() vendorapi.Reply {
	return s.refuse(http.StatusNotFound, codeNotFound, "no such payment link")
}

// Refuse words a fault's refusal. Powens knows no 422: a broken rule is a 400 (1.4).
func (s *Server) Refuse(_ *vendorapi.Call, why vendorapi.Refusal, detail string) vendorapi.Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch why {
	case vendorapi.Expired:
		return s.refuse(http.StatusUnauthorized, codeUnauthorized, detail)
	case vendorapi.TooMany:
		return s.refuse(http.StatusTooManyRequests, codeTooMany, detail)
	default:
		return s.refuse(http.StatusBadRequest, codeInvalid, detail)
	}
}
