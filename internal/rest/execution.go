package rest

import (
	"context"
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// bodyReader reads the body of a 2xx. Any error but a decodeError or a callbackError is one of the connection.
type bodyReader func(*http.Response) error

// execution is the state of one request over all its attempts.
type execution struct {
	client    *Client
	request   Request
	prepared  preparedRequest
	readBody  bodyReader
	redactors *redactorCache
	budget    *budget
	deadline  time.Time // of the budget
	startedAt time.Time // of the attempt under way
	learned   []string  // tokens that an answer held
	refreshed bool      // a 401 was met, and the token source was asked for another token
}

// result is how one attempt ended. Both errors are nil when all is well.
type result struct {
	facts       attemptFacts
	token       string
	response    Response
	err         *Error
	callbackErr error // of the function that takes the elements of a list
}

func newExecution(ctx context.Context, c *Client, r Request, read bodyReader) *execution {
	x := &execution{client: c, request: r, readBody: read, redactors: &c.redactors, budget: budgetFrom(ctx), startedAt: c.clock.Now()}
	if len(r.Sensitive) > 0 { // no other request has these
		x.redactors = &redactorCache{}
	}
	x.deadline = x.startedAt.Add(x.budget.remaining(c.retryBudget))
	return x
}

// redactor is current: it also hides tokens that were issued during the request.
func (x *execution) redactor() *redact.Redactor {
	return x.redactors.get(append(x.client.secretsOf(x.request), x.learned...))
}

// newError returns the error of an attempt, without what its body says.
func (x *execution) newError(r Response, cause error) *Error {
	return &Error{
		Method: x.prepared.method, Path: x.prepared.url.EscapedPath(), Status: r.Status, RequestID: r.RequestID, Cause: cause,
	}
}
