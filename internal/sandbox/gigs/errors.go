package gigs

import (
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Types of errors (2.5). That a 422 is "invalid" is a guess (row 17), and so is the type of a 429.
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

// apiError is the body of every refusal, bare (2.5).
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
