package rest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
)

// Do sends the request, retries it where that is safe, and decodes a 2xx into request.Out (package lenient). Its error is
// always an [*Error].
//
// A read ends with ctx. A write that was started does not: only the request timeout ends it, because an interrupt must not leave a
// link behind that nobody has recorded. Waits, and attempts that were not started, end with ctx.
func (c *Client) Do(ctx context.Context, request Request) (Response, error) {
	return c.execute(ctx, request, func(response *http.Response, usable filter) error {
		return decodeResponse(response, usable, request.Out)
	})
}

// MaxElements bounds a list in one answer.
const MaxElements = 1_000_000

var errTooMany = fmt.Errorf("the list has more than %d elements, the most that are read", MaxElements)

// Elements iterates over the elements of the array under field of a 2xx JSON object ("" for a body that is the array, or an object that holds one only), while
// it is read; each is at most [MaxElement] bytes, and there are at most [MaxElements]. The other keys of the object are decoded into request.Out at the end.
//
// An element that is no T is a zero T that says so, if T embeds a [lenient.Unread]; else it ends the list with an error. An error is
// the last thing yielded, and any other is an [*Error] like that of [Client.Do]. The request is not repeated after the first element.
func Elements[T any](ctx context.Context, c *Client, request Request, field string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		count := 0
		var failed error
		fn := func(raw json.RawMessage) bool {
			var element T
			if count++; count > MaxElements {
				failed = errTooMany
			} else if text, ok := any(&element).(*json.RawMessage); ok {
				*text = raw
			} else {
				failed = lenient.Unmarshal(raw, &element)
			}
			return failed == nil && yield(element, nil)
		}
		_, err := c.execute(ctx, request, func(response *http.Response, usable filter) error {
			return streamResponse(response, usable, field, fn, request.Out)
		})
		if failed = cmp.Or(failed, err); failed != nil {
			var none T
			yield(none, failed)
		}
	}
}

// Collect returns what [Elements] yields. With an error it also returns the elements before it.
func Collect[T any](ctx context.Context, c *Client, request Request, field string) (elements []T, err error) {
	for element, err := range Elements[T](ctx, c, request, field) {
		if err != nil {
			return elements, err
		}
		elements = append(elements, element)
	}
	return elements, nil
}

// execute makes attempts until one succeeds or decide says stop.
func (c *Client) execute(ctx context.Context, request Request, read bodyReader) (Response, error) {
	x := newExecution(ctx, c, request, read)
	var err error
	if x.prepared, err = prepare(c.base, c.header, request); err != nil {
		return Response{}, redactError(x.redactor(), &Error{Method: request.method(), Outcome: NotApplied, Cause: err})
	}
	outcome := NotApplied
	for number := 1; ; number++ {
		r := x.attempt(ctx, number)
		if c.config.Auth != nil && auth.Confirms(r.facts.status) { // the token was accepted
			c.rejected.Confirm(r.token)
			c.config.Auth.Confirm(r.token)
		}
		c.unreachable.observe(r, false, c.now())
		if r.err == nil {
			return r.response, nil
		}
		r.facts.namedConflict = slices.Contains(request.ConflictCodes, r.err.Code) || slices.Contains(request.ConflictCodes, r.err.Type)
		x.recognizeGate(&r)
		// What an earlier attempt may have done is not undone by a later refusal.
		if outcomeOf(r.facts) == Unknown {
			outcome = Unknown
		}
		r.err.Attempts, r.err.Outcome = number, outcome
		if !x.retry(ctx, r) {
			c.unreachable.observe(r, ctx.Err() == nil, c.now())
			failed := redactError(x.redactor(), r.err)
			if r.facts.status == http.StatusUnauthorized && c.config.Auth != nil {
				kept := *failed // the caller may add to its own
				c.rejected.Add(r.token, &kept)
			}
			return r.response, failed
		}
		if outcome == Unknown && request.HasIdempotencyKey {
			countRepeat(ctx)
		}
	}
}

// recognizeGate adds what an answer of the gate means, and ends the attempts. One that may come from elsewhere is asked for once more.
func (x *execution) recognizeGate(r *result) {
	if x.client.config.Gate == nil || r.response.Status == 0 {
		return
	}
	if hint, refused := x.client.config.Gate(r.response); hint != "" {
		r.err.AddHint(hint)
		r.err.Gated, r.facts.refused = true, refused
		if refused || r.facts.number > 1 {
			r.facts.failure = notRetryable
		}
	}
}

// retry reports whether to make another attempt, after the wait before it. If not, the error of this one says why.
func (x *execution) retry(ctx context.Context, r result) bool {
	if r.facts.status == http.StatusUnauthorized && x.client.config.Auth != nil {
		if x.refreshed {
			r.err.RetryNote = "The new token that replaced a rejected one was rejected too."
			return false
		}
		x.refreshed = true
		newToken, err := x.client.config.Auth.Refresh(ctx, r.token)
		if err != nil {
			r.err.RetryNote = fmt.Sprintf("The token was rejected, and no other is available: %s.", humanize(err.Error()))
			return false
		}
		r.facts.newToken = newToken
	}
	if x.client.unreachable.known(x.client.now()) != nil {
		r.err.RetryNote = unreachableNote
		return false
	}
	r.facts.remaining = x.deadline.Sub(x.client.now())
	r.facts.jitter = x.client.config.Jitter()
	d := decide(r.facts)
	if d.reason != "" {
		r.err.RetryNote = d.reason
	}
	if !d.retry {
		return false
	}
	err := ctx.Err()
	if d.wait > 0 {
		err = x.client.config.Clock.Sleep(ctx, d.wait)
	}
	if err != nil {
		r.err.RetryNote = fmt.Sprintf("Not retried: %s.", humanize(err.Error()))
		r.err.Cause = errors.Join(r.err.Cause, err)
	}
	now := x.client.now()
	x.budget.charge(x.startedAt, now)
	x.startedAt = now
	return err == nil
}
