package rest

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

const (
	maxErrorBody   = 64 << 10    // bytes read of a response that is no success
	minReadTimeout = time.Second // of a repeated read, however little of the budget is left
)

// attempt sends the request and reads the response, body included.
func (x *execution) attempt(ctx context.Context, number int) result {
	r := result{facts: attemptFacts{
		method: x.prepared.method, idempotent: x.request.Idempotent, observable: x.request.Observable, hasIdempotencyKey: x.request.HasIdempotencyKey, number: number,
	}}
	if cause := x.client.unreachable.known(x.client.now()); cause != nil {
		r.facts.failure, r.err = notRetryable, x.notSent(cause)
		r.err.RetryNote = unreachableNote
		return r
	}
	if r.token, r.err = x.admit(ctx); r.err != nil {
		r.facts.failure = notRetryable
		return r
	}
	timeout, own := x.timeout(number), ctx
	if !isRead(x.prepared.method) {
		own = context.WithoutCancel(ctx) // an interrupt does not end a write
	}
	bounded, cancel := context.WithTimeout(own, timeout)
	defer cancel()

	var trace requestTrace
	r.sent = x.client.now()
	response, err := x.client.http.Do(x.newHTTPRequest(httptrace.WithClientTrace(bounded, trace.hooks()), r.token))
	if err == nil {
		r.facts.written = true
		err = x.receive(response, &r)
	} else {
		var wrapped *url.Error // net/http's, which repeats the whole URL: a query may hold payer data
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		r.facts.written = trace.written(bounded.Err() != nil)
		r.facts.failure = classify(err)
	}
	x.log(ctx, r)
	switch {
	case err == nil:
		return r
	case isRead(r.facts.method) && ctx.Err() != nil:
		r.facts.failure, err = notRetryable, ctx.Err()
	case bounded.Err() != nil:
		err = fmt.Errorf("no complete response within %s: %w", timeout, bounded.Err())
	}
	r.err = x.newError(r.response, err)
	return r
}

// timeout is that of one attempt. Repeated reads also keep within the budget; a write always has its full time.
func (x *execution) timeout(number int) time.Duration {
	full := x.client.config.RequestTimeout
	if number > 1 && isRead(x.prepared.method) {
		return min(full, max(minReadTimeout, x.deadline.Sub(x.client.now())))
	}
	return full
}

func (x *execution) newHTTPRequest(ctx context.Context, token string) *http.Request {
	request := (&http.Request{
		Method: x.prepared.method, URL: x.prepared.url, Host: x.prepared.url.Host, Header: x.prepared.header.Clone(),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if body := x.prepared.body; body != nil {
		request.Body, request.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		if request.Header.Get("Idempotency-Key") == "" && request.Header.Get("X-Idempotency-Key") == "" {
			// With GetBody the transport itself can move on from an idle connection that turns out to be closed. With one of these headers
			// it would also repeat a write whose connection is lost after it was written, and only decide may do that.
			request.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		}
	}
	return request
}

// receive reads the response into the result: a success with readBody, everything else into r.err. It returns why a success
// could not be read.
func (x *execution) receive(response *http.Response, r *result) error {
	defer func() { _ = response.Body.Close() }() // all that matters of the body has been read
	r.facts.status = response.StatusCode
	r.facts.retryAfter = retryAfter(response.Header, x.client.now())
	r.response = newResponse(response)
	switch {
	case response.StatusCode >= 200 && response.StatusCode < 300: // an error may be a gateway's, with a clock of its own
		x.client.skew.observe(r.response.Date, r.sent, x.client.now())
		x.learnTokens(response)
		err := x.withoutTokens(response, x.readBody(response, x.usable))
		var wrong decodeError
		switch {
		case errors.As(err, &wrong):
			r.facts.failure = wrong.kind
		case err != nil: // it was cut off
			r.facts.failure = connectionLost
		}
		return err
	case response.StatusCode >= 300 && response.StatusCode < 400:
		r.err = x.newError(r.response, redirectError(response, x.redactor()))
	default:
		x.learnTokens(response)
		body, _ := io.ReadAll(io.LimitReader(response.Body, maxErrorBody)) // a part is better than nothing
		r.err = x.newError(r.response, nil)
		parseErrorBody(r.err, body, x.redactor())
		if x.request.AnswersTokens && r.err.Body != "" {
			r.err.Body = notShown
		}
	}
	return nil
}

// classify tells failures that another attempt may not meet (a lost or refused connection) from those that it will (a certificate).
func classify(err error) failureKind {
	var (
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       tls.AlertError
	)
	if errors.As(err, &certificate) || errors.As(err, &record) || errors.As(err, &alert) || errors.Is(err, http.ErrSchemeMismatch) {
		return notRetryable
	}
	return connectionLost
}

// log writes no body, and of the headers only the request id. That is redacted too: a server may put anything there.
func (x *execution) log(ctx context.Context, r result) {
	shown := func(text string) lazyText { return func() string { return x.redactor().Sanitize(text, maxText) } }
	tflog.Debug(ctx, "HTTP request", map[string]any{
		"method": x.prepared.method, "path": shown(x.prepared.url.EscapedPath()), "status": r.response.Status,
		"duration_ms": x.client.now().Sub(r.sent).Milliseconds(), "request_id": shown(r.response.RequestID),
	})
}

// requestTrace records how far a request came. Its hooks run on the transport's goroutines.
type requestTrace struct{ connRequested, connected, wroteHeaders atomic.Bool }

func (t *requestTrace) hooks() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn:      func(string) { t.connRequested.Store(true) },
		GotConn:      func(httptrace.GotConnInfo) { t.connected.Store(true) },
		WroteHeaders: func() { t.wroteHeaders.Store(true) },
	}
}

// written reports whether the vendor may have got the request. In doubt it may: if the transport does not trace, and if the time
// ran out on an open connection, where the headers may be on their way.
func (t *requestTrace) written(timedOut bool) bool {
	return !t.connRequested.Load() || t.wroteHeaders.Load() || timedOut && t.connected.Load()
}
