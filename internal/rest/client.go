package rest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Do sends the call, repeats what may be repeated, and decodes a 2xx into call.Out, numbers exactly. Its error is an
// [*Error] whenever the vendor was or should have been asked.
//
// A read ends with ctx. A write that has been started does not: it is bounded by the request timeout, so that an
// interrupt never leaves a link behind that nobody has recorded. Waits and what was not started end with ctx.
func (c *Client) Do(ctx context.Context, call Request) (Response, error) {
	return c.run(ctx, call, func(response *http.Response) error { return decodeAnswer(response, call.Out) })
}

// Elements streams the array under field of a 2xx JSON object ("" for a body that is the array), one element at a time,
// each of at most MaxElement bytes; the other keys of the object are decoded into call.Out at the end. An error of each
// ends the stream and is returned as it is. Once an element was handed over, the call is not repeated.
func (c *Client) Elements(ctx context.Context, call Request, field string, each func(json.RawMessage) error) (Response, error) {
	return c.run(ctx, call, func(response *http.Response) error { return streamAnswer(response, field, each, call.Out) })
}

// consumer reads the body of a 2xx. Its errors are of the connection, unless they are a readError or a callerError.
type consumer func(*http.Response) error

// exchange is one call with all its attempts.
type exchange struct {
	client   *Client
	call     Request
	request  prepared
	consume  consumer
	renewed  bool // a 401 was met, and Renew was asked
	budget   *budget
	deadline time.Time // of the budget
	began    time.Time // the attempt under way
}

// result is how one attempt ended. Both errors are nil when all is well.
type result struct {
	facts  attempt
	token  string
	answer Response
	err    *Error
	caller error // what the caller's own function said
}

func (c *Client) run(ctx context.Context, call Request, consume consumer) (Response, error) {
	request, err := c.prepare(call)
	if err != nil {
		return Response{}, c.masker(call).apply(&Error{Method: method(call), Outcome: NotApplied, Cause: err})
	}
	x := &exchange{client: c, call: call, request: request, consume: consume, budget: budgetOf(ctx), began: c.clock.Now()}
	x.deadline = x.began.Add(x.budget.left(c.retryBudget))
	outcome := NotApplied
	for number := 1; ; number++ {
		r := x.once(ctx, number)
		c.ahead.learn(r.answer.Date, c.clock.Now())
		x.proved(r)
		if r.err == nil {
			return r.answer, r.caller
		}
		// What an earlier attempt may have done is not undone by a later refusal.
		if judge(r.facts) == Unknown {
			outcome = Unknown
		}
		r.err.Attempts, r.err.Outcome = number, outcome
		if !x.again(ctx, r) {
			failed := c.masker(call).apply(r.err)
			if r.facts.status == http.StatusUnauthorized && c.auth != nil {
				c.rejections.add(r.token, failed)
			}
			return r.answer, failed
		}
	}
}

// proved passes on that the token of an attempt was a good one.
func (x *exchange) proved(r result) {
	if x.client.auth != nil && provesToken(r.facts.status) {
		x.client.rejections.accept(r.token)
		x.client.auth.Accepted(r.token)
	}
}

// again decides about another attempt and waits for it. Why there is none is noted in the error of this one.
func (x *exchange) again(ctx context.Context, r result) bool {
	if r.facts.status == http.StatusUnauthorized && x.client.auth != nil {
		if x.renewed {
			r.err.RetryNote = "The token that took the place of a rejected one was rejected too."
			return false
		}
		x.renewed = true
		newToken, err := x.client.auth.Renew(ctx, r.token)
		if err != nil {
			r.err.RetryNote = fmt.Sprintf("The token was rejected, and there is no other: %s.", inPlainWords(err.Error()))
			return false
		}
		r.facts.newToken = newToken
	}
	r.facts.remaining = x.deadline.Sub(x.client.clock.Now())
	r.facts.jitter = x.client.jitter()
	v := decide(r.facts)
	if v.reason != "" {
		r.err.RetryNote = v.reason
	}
	if !v.again {
		return false
	}
	err := ctx.Err()
	if v.wait > 0 {
		err = x.client.clock.Sleep(ctx, v.wait)
	}
	if err != nil {
		r.err.RetryNote = fmt.Sprintf("Not repeated: %s.", inPlainWords(err.Error()))
		r.err.Cause = errors.Join(r.err.Cause, err)
	}
	now := x.client.clock.Now()
	x.budget.spend(now.Sub(x.began))
	x.began = now
	return err == nil
}
