package gigs

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Types of errors (contract 6.2). That a 422 is "invalid" is a guess (contract 8.17), and so is the type of a 429.
const (
	typeMalformed       = "malformed"
	typeInvalid         = "invalid"
	typeUnauthenticated = "unauthenticated"
	typeDenied          = "permissionDenied"
	typeNotFound        = "notFound"
	typeTooMany         = "tooManyRequests"
)

// Codes of details. Only the first is the vendor's.
const (
	codeRequired = "propertyRequired"
	codeInvalid  = "propertyInvalid"
	codeUnknown  = "propertyUnknown"
)

// apiError is the body of every refusal, bare (contract 6.1).
type apiError struct {
	Object  string        `json:"object"`
	Type    string        `json:"type"`
	Message string        `json:"message"`
	Code    string        `json:"code,omitempty"`
	Hint    string        `json:"hint,omitempty"`
	Details []errorDetail `json:"details,omitempty"`
}

type errorDetail struct {
	Object   string `json:"object"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	Property string `json:"property"`
}

func refuse(status int, e apiError) vendorapi.Reply {
	e.Object = "error"
	for i := range e.Details {
		e.Details[i].Object = "propertyErrorDetail"
	}
	return vendorapi.JSON(status, e)
}

func notFound(what string) vendorapi.Reply {
	return refuse(http.StatusNotFound, apiError{Type: typeNotFound, Message: "The " + what + " was not found"})
}

func tooMany(message string) vendorapi.Reply {
	return refuse(http.StatusTooManyRequests, apiError{Type: typeTooMany, Message: message})
}

// unprocessable is a request that the state of the system does not fit.
func unprocessable(property, message string) vendorapi.Reply {
	return refuse(http.StatusUnprocessableEntity, apiError{
		Type: typeInvalid, Message: message, Details: []errorDetail{{Code: codeInvalid, Message: message, Property: property}},
	})
}

// requestErrors collects all that is wrong with a body, for a 400 (contract 6.2).
type requestErrors struct {
	malformed error
	wrong     []errorDetail
}

// Malformed notes the first reason why the body cannot be read.
func (e *requestErrors) Malformed(err error) {
	if e.malformed == nil {
		e.malformed = err
	}
}

// WrongType notes a value of another type.
func (e *requestErrors) WrongType(at strictjson.Path, got, want strictjson.Kind) {
	switch {
	case len(at) == 0:
		e.Malformed(fmt.Errorf("it is of type %s, not %s", got, want))
	case want == strictjson.KindObject:
		e.violate(at, codeInvalid, "Must be an object")
	default:
		e.violate(at, codeInvalid, "Must be a string")
	}
}

// Missing notes a property that is required.
func (e *requestErrors) Missing(at strictjson.Path) { e.violate(at, codeRequired, "Is required") }

// Unknown notes a property that no document names.
func (e *requestErrors) Unknown(at strictjson.Path) { e.violate(at, codeUnknown, "Unknown property") }

func (e *requestErrors) violate(at strictjson.Path, code, message string) {
	e.wrong = append(e.wrong, errorDetail{Code: code, Message: message, Property: at.String()})
}

// reply is the 400 for what is wrong, if anything is, in the order of the properties' names.
func (e *requestErrors) reply() (vendorapi.Reply, bool) {
	switch {
	case e.malformed != nil:
		return refuse(http.StatusBadRequest, apiError{Type: typeMalformed, Message: "The request body is not valid JSON: " + e.malformed.Error()}), true
	case len(e.wrong) == 0:
		return vendorapi.Reply{}, false
	}
	slices.SortFunc(e.wrong, func(x, y errorDetail) int { return strings.Compare(x.Property, y.Property) })
	return refuse(http.StatusBadRequest, apiError{Type: typeInvalid, Message: "The request is invalid", Details: e.wrong}), true
}

// Refuse words a fault's refusal.
func (s *Server) Refuse(_ *vendorapi.Call, why vendorapi.Refusal, detail string) vendorapi.Reply {
	switch why {
	case vendorapi.Expired:
		return refuse(http.StatusUnauthorized, apiError{Type: typeUnauthenticated, Message: detail})
	case vendorapi.TooMany:
		return tooMany(detail)
	default:
		return refuse(http.StatusUnprocessableEntity, apiError{Type: typeInvalid, Message: detail})
	}
}
