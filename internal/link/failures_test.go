package link_test

import (
	"errors"
	"strconv"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// failures are errors of a vendor or of the network; none of them proves that a link is gone.
func failures() map[string]*rest.Error {
	return map[string]*rest.Error{
		"400":             {Status: 400, Code: "bad_request", Message: "That is not possible", RequestID: "req-400"},
		"401":             {Status: 401, Code: "token_expired", Message: "Who are you?", RequestID: "req-401"},
		"403":             {Status: 403, Code: "forbidden", Message: "Not with this role", RequestID: "req-403"},
		"429":             {Status: 429, Code: "slow_down", Message: "Too many requests", RequestID: "req-429"},
		"500":             {Status: 500, Code: "internal", Message: "Something broke", RequestID: "req-500", Outcome: rest.Unknown},
		"503":             {Status: 503, Code: "busy", Message: "Down for repair", RequestID: "req-503", Outcome: rest.Unknown},
		"connection lost": {Cause: errors.New("connection reset by peer"), Outcome: rest.Unknown},
	}
}

// errorParts returns what a message must show of an error.
func errorParts(err *rest.Error) []string {
	if err.Status == 0 {
		return []string{err.Cause.Error()}
	}
	return []string{strconv.Itoa(err.Status), err.Code, err.Message, err.RequestID}
}
