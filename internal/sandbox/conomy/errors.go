package conomy

import (
	"errors"
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Codes of errors (contract 6.2).
const (
	codeInvalid       = "11"
	codeMissing       = "12"
	codeExists        = "13"
	codeParsing       = "14"
	codePrecondition  = "21"
	codeNotFound      = "31"
	codeTooMany       = "32"
	codeUnauthorized  = "41"
	codeUnimplemented = "42"
)

// typeOf is the word beside a code (contract 6.2).
var typeOf = map[string]string{
	codeInvalid: "invalidParam", codeMissing: "missingParam", codeExists: "alreadyExist", codeParsing: "parsingResource",
	codePrecondition: "failedPrecondition", codeNotFound: "notFound", codeTooMany: "tooManyRequests",
	codeUnauthorized: "unauthorized", codeUnimplemented: "unimplemented",
}

// typedError and legacyError are the two published shapes (contract 6.1).
type typedError struct {
	Status  int    `json:"status"`
	Code    string `json:"code"`
	Type    string `json:"type"`
	Detail  string `json:"detail"`
	TraceID string `json:"traceId"`
}

type legacyError struct {
	StatusCode int    `json:"statusCode"`
	Error      string `json:"error"`
	Message    string `json:"message"`
}

// refuse words a refusal as the switch says.
func (s *Server) refuse(status int, code, detail string) vendorapi.Reply {
	switch s.Switch.ErrorShape {
	case Former:
		return vendorapi.JSON(status, legacyError{StatusCode: status, Error: http.StatusText(status), Message: detail})
	case Gateway:
		return vendorapi.JSON(status, map[string]string{"message": detail})
	}
	return vendorapi.JSON(status, typedError{Status: status, Code: code, Type: typeOf[code], Detail: detail, TraceID: vendorapi.UUID(s.Now())})
}

// notFound is the answer to an unknown route or link; never 403 (contract 6.2).
func (s *Server) notFound(what string) vendorapi.Reply {
	return s.refuse(http.StatusNotFound, codeNotFound, what+" not found")
}

// requestErrors keeps the first thing that is wrong with a body.
type requestErrors struct{ code, detail string }

func (e *requestErrors) fail(code, detail string) {
	if e.code == "" {
		e.code, e.detail = code, detail
	}
}

// Malformed refuses a body that cannot be read.
func (e *requestErrors) Malformed(err error) {
	if errors.Is(err, strictjson.ErrTrailing) {
		e.fail(codeParsing, "the body goes on after its end")
	}
	e.fail(codeParsing, "the body is not a JSON object")
}

// WrongType refuses a body that is no object; the types of fields are in the table of fields.
func (e *requestErrors) WrongType(strictjson.Path, strictjson.Kind, strictjson.Kind) {
	e.fail(codeParsing, "the body is not a JSON object")
}

// Missing refuses a body without a required field.
func (e *requestErrors) Missing(at strictjson.Path) { e.fail(codeMissing, at.String()+" is required") }

// Unknown refuses a field that no document names.
func (e *requestErrors) Unknown(at strictjson.Path) {
	e.fail(codeInvalid, at.String()+" is not a known field")
}

// Refuse words a fault's refusal.
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
