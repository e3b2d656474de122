package conomy

import (
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Codes of errors (section 6).
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

// typeOf is the word beside a code (section 6).
var typeOf = map[string]string{
	codeInvalid: "invalidParam", codeMissing: "missingParam", codeExists: "alreadyExist", codeParsing: "parsingResource",
	codePrecondition: "failedPrecondition", codeNotFound: "notFound", codeTooMany: "tooManyRequests",
	codeUnauthorized: "unauthorized", codeUnimplemented: "unimplemented",
}

// currentError and formerError are the two published shapes (section 2.5).
type currentError struct {
	Status  int    `json:"status"`
	Code    string `json:"code"`
	Type    string `json:"type"`
	Detail  string `json:"detail"`
	TraceID string `json:"traceId"`
}

type formerError struct {
	StatusCode int    `json:"statusCode"`
	Error      string `json:"error"`
	Message    string `json:"message"`
}

// refuse words a refusal as the switch says.
func (s *Server) refuse(status int, code, detail string) vendorapi.Reply {
	switch s.switches.ErrorShape {
	case Former:
		return vendorapi.JSON(status, formerError{StatusCode: status, Error: http.StatusText(status), Message: detail})
	case Gateway:
		return vendorapi.JSON(status, map[string]string{"message": detail})
	}
	return vendorapi.JSON(status, currentError{Status: status, Code: code, Type: typeOf[code], Detail: detail, TraceID: vendorapi.UUID(s.now())})
}

// notFound is the answer to an unknown route or link; never 403 (section 6).
func (s *Server) notFound(what string) vendorapi.Reply {
	return s.refuse(http.StatusNotFound, codeNotFound, what+" not found")
}

// Refuse words a fault's refusal.
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
