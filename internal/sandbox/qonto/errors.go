package qonto

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Codes of errors (contract 6.3).
const (
	codeInvalid      = "invalid"
	codeNotInList    = "not_in_list"
	codeNotFound     = "not_found"
	codeUnauthorized = "unauthorized"
	codeForbidden    = "forbidden"
	codeConnected    = "multiple_connections_not_allowed" // contract 2.1
	codeTooMany      = "too_many_requests"                // the vendor names none: our own choice
)

// apiError is one error of contract 6.4.
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

// refuse answers with the error body of contract 6.4.
func refuse(status int, errs ...apiError) vendorapi.Reply {
	return vendorapi.JSON(status, errorBody{Errors: errs, TraceID: vendorapi.Secret("")})
}

// badParameter is an error of a query's parameter.
func badParameter(name, code, detail string) apiError {
	return apiError{Code: code, Detail: detail, Source: &errorSource{Parameter: name}}
}

// notFound is the answer to an unknown route, link, or form of id (contract 8.4, 8.25 and 8.26).
func notFound(what string) vendorapi.Reply {
	return refuse(http.StatusNotFound, apiError{Code: codeNotFound, Detail: what + " not found"})
}

// oauthError is the envelope of the token host (contract 1.4).
func oauthError(status int, name, description string) vendorapi.Reply {
	return vendorapi.JSON(status, map[string]string{"error": name, "error_description": description})
}

// notJSON refuses another content type; the status is our own choice.
func notJSON() vendorapi.Reply {
	return refuse(http.StatusUnsupportedMediaType, apiError{Code: codeInvalid, Detail: "Content-Type must be application/json"})
}

// requestErrors collects what is wrong with a body. Wrong types make the whole body 400 in the words of Go's encoding/json, as
// was observed (contract 2.4, 8.20); broken rules are collected for a 422.
type requestErrors struct {
	mismatch error
	broken   []apiError
}

// parse reads the body of a call. Unknown fields are refused where a switch says so (contract 8.19).
func (s *Server) parse(call *vendorapi.Call) (strictjson.Object, *requestErrors) {
	e := &requestErrors{}
	return strictjson.Reader{Errors: e, NullIsAbsent: true, AllowUnknown: !s.Switch.StrictUnknownFields}.Parse(call.Body), e
}

// Malformed notes the first reason for a 400.
func (e *requestErrors) Malformed(err error) {
	if e.mismatch == nil {
		e.mismatch = err
	}
}

// WrongType refuses the body in Go's words.
func (e *requestErrors) WrongType(at strictjson.Path, got, want strictjson.Kind) {
	goType := map[strictjson.Kind]string{
		strictjson.KindObject: "struct", strictjson.KindArray: "[]string", strictjson.KindNumber: "float64",
		strictjson.KindString: "string", strictjson.KindBool: "bool",
	}[want]
	where := "value"
	if names := slices.DeleteFunc(slices.Clone(at), isIndex); len(names) > 0 {
		where = "struct field CreatePaymentLinkRequest." + names.String()
		if want == strictjson.KindArray && names[len(names)-1] == "items" {
			goType = "[]Item"
		}
	}
	e.Malformed(fmt.Errorf("json: cannot unmarshal %s into Go %s of type %s", got, where, goType))
}

func isIndex(name string) bool { return strings.Trim(name, "0123456789") == "" }

// Missing notes a required field.
func (e *requestErrors) Missing(at strictjson.Path) {
	e.violate(at, codeInvalid, at[len(at)-1]+" is required")
}

// Unknown refuses the body in Go's words.
func (e *requestErrors) Unknown(at strictjson.Path) {
	e.Malformed(fmt.Errorf("json: unknown field %q", at[len(at)-1]))
}

// violate notes a broken rule, for a 422.
func (e *requestErrors) violate(at strictjson.Path, code, detail string) {
	e.broken = append(e.broken, apiError{Code: code, Detail: detail, Source: &errorSource{Pointer: "/" + strings.Join(at, "/")}})
}

// Refuse words a fault's refusal, on the token host in its envelope; 401s count for the throttle like any other.
func (s *Server) Refuse(call *vendorapi.Call, why vendorapi.Refusal, detail string) vendorapi.Reply {
	s.Lock()
	defer s.Unlock()
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
