package qonto

import (
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Codes of errors (section 6.3).
const (
	codeInvalid      = "invalid"
	codeNotInList    = "not_in_list"
	codeNotFound     = "not_found"
	codeUnauthorized = "unauthorized"
	codeForbidden    = "forbidden"
	codeTooMany      = "too_many_requests" // the vendor names none: our own choice
)

// apiError is one error of section 2.10.
type apiError struct {
	Code   string       `json:"code"`
	Detail string       `json:"detail"`
	Source *errorSource `json:"source,omitempty"`
}

type errorSource struct {
	Pointer   string `json:"pointer,omitempty"`
	Parameter string `json:"parameter,omitempty"`
}

type errorBody struct {
	Errors  []apiError `json:"errors"`
	TraceID string     `json:"trace_id"`
}

// refuse answers with the error body of section 2.10.
func refuse(status int, errs ...apiError) vendorapi.Reply {
	return vendorapi.JSON(status, errorBody{Errors: errs, TraceID: vendorapi.Secret("")})
}

func at(pointer, code, detail string) apiError {
	return apiError{Code: code, Detail: detail, Source: &errorSource{Pointer: pointer}}
}

func parameter(name, code, detail string) apiError {
	return apiError{Code: code, Detail: detail, Source: &errorSource{Parameter: name}}
}

// notFound is the answer to an unknown route, link, or form of id (rows 4, 25 and 26).
func notFound(what string) vendorapi.Reply {
	return refuse(http.StatusNotFound, apiError{Code: codeNotFound, Detail: what + " not found"})
}

// oauthError is the envelope of the token host (section 1.4).
func oauthError(status int, name, description string) vendorapi.Reply {
	return vendorapi.JSON(status, map[string]string{"error": name, "error_description": description})
}

// Refuse words a fault's refusal, on the token host in its envelope; 401s count for the throttle like any other.
func (s *Server) Refuse(call *vendorapi.Call, why vendorapi.Refusal, detail string) vendorapi.Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := call.Op == opToken
	switch why {
	case vendorapi.Expired:
		if token {
			return oauthError(http.StatusBadRequest, "invalid_grant", detail)
		}
		return s.unauthorized(detail)
	case vendorapi.TooMany:
		return refuse(http.StatusTooManyRequests, apiError{Code: codeTooMany, Detail: detail})
	default:
		if token {
			return oauthError(http.StatusUnprocessableEntity, "invalid_request", detail)
		}
		return refuse(http.StatusUnprocessableEntity, apiError{Code: codeInvalid, Detail: detail})
	}
}
