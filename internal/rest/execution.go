package rest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/ratelimit"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// bodyReader reads the body of a 2xx, each JSON value of it through usable. Any error but a decodeError is one of the connection.
type bodyReader func(response *http.Response, usable filter) error

type filter = func(json.RawMessage) json.RawMessage

// execution is the state of one request over all its attempts.
type execution struct {
	client    *Client
	request   Request
	prepared  preparedRequest
	readBody  bodyReader
	redactors *redactorCache
	budget    *budget
	deadline  time.Time       // of the budget
	startedAt time.Time       // of the attempt under way
	sensitive func() []string // of the context; nil for none
	learned   []string        // tokens that an answer held
	refreshed bool            // a 401 was met, and the token source was asked for another token
}

// result is how one attempt ended.
type result struct {
	facts    attemptFacts
	token    string
	sent     time.Time // by the machine's clock; zero if it was not
	response Response
	err      *Error // nil when all is well
}

func newExecution(ctx context.Context, c *Client, r Request, read bodyReader) *execution {
	x := &execution{client: c, request: r, readBody: read, redactors: &c.redactors, budget: budgetFrom(ctx), startedAt: c.now(), sensitive: sensitiveFrom(ctx)}
	if x.sensitive != nil { // no other request has these
		x.redactors = &redactorCache{}
	}
	x.deadline = x.startedAt.Add(x.budget.remaining(c.config.RetryBudget))
	return x
}

// redactor is current: it also hides tokens that were issued during the request.
func (x *execution) redactor() *redact.Redactor {
	secrets := append(x.client.credentials(), x.learned...)
	if x.sensitive != nil {
		secrets = append(secrets, x.sensitive()...)
	}
	return x.redactors.get(secrets)
}

// newError returns the error of an attempt, without what its body says.
func (x *execution) newError(r Response, cause error) *Error {
	return &Error{
		Method: x.prepared.method, Path: x.prepared.url.EscapedPath(), Status: r.Status, RequestID: r.RequestID, Cause: cause,
	}
}

// admit waits until the request may be sent and returns its token, or the error of a request that is not sent. The wait for the rate
// limit is not charged to the retry budget. ctx is checked last, so that nothing is sent after it has ended.
func (x *execution) admit(ctx context.Context) (string, *Error) {
	for {
		// The token comes first: it may take long or fail, and a slot must be used within ArrivalTolerance.
		token, failed := x.token(ctx)
		if failed != nil || x.client.config.Limiter == nil {
			return token, failed
		}
		began := x.client.now()
		slot, err := x.client.config.Limiter.Wait(ctx)
		if err != nil {
			return "", x.notSent(fmt.Errorf("while waiting for requests_per_minute: %w", err))
		}
		x.deadline, x.startedAt = x.deadline.Add(slot.Sub(began)), slot
		token, failed = x.token(ctx) // it may have been refreshed meanwhile
		if failed != nil || x.client.now().Sub(slot) <= ratelimit.ArrivalTolerance {
			return token, failed
		}
	}
}

// token returns the token to send; "" for no Authorization header.
func (x *execution) token(ctx context.Context) (string, *Error) {
	if x.client.config.Auth == nil || ctx.Err() != nil {
		return "", x.notSent(ctx.Err())
	}
	token, err := x.client.config.Auth.Token(ctx)
	if err != nil {
		return "", x.notSent(err)
	}
	if err := checkHeader(http.Header{"Authorization": {token}}); err != nil {
		return "", x.notSent(err)
	}
	if earlier, known := x.client.rejected.ErrorFor(token); known {
		return "", x.cachedRejection(earlier)
	}
	return token, x.notSent(ctx.Err())
}

// notSent returns the error of an attempt that ended before its request was sent; nil for nil.
func (x *execution) notSent(err error) *Error {
	if err == nil {
		return nil
	}
	return x.newError(Response{}, err)
}

// cachedRejection returns the error of a request that is not sent because its token was rejected before.
func (x *execution) cachedRejection(earlier *Error) *Error {
	failed := *earlier
	failed.Method, failed.Path = x.prepared.method, x.prepared.url.EscapedPath()
	failed.Fields = slices.Clone(failed.Fields) // each error is redacted in place
	failed.RetryNote = "Not sent: the vendor already rejected an earlier request with the same credentials."
	return &failed
}
