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
	maxErrorBody = 64 << 10    // bytes read of an answer that is no success
	leastTimeout = time.Second // of a repeated read, however little of the budget is left
)

// once makes one attempt: token, request, answer, body.
func (x *exchange) once(ctx context.Context, number int) result {
	r := result{facts: attempt{method: x.request.method, repeatable: x.call.Idempotent, keyed: x.call.HasIdempotencyKey, number: number}}
	var err error
	if r.token, err = x.ready(ctx); err != nil {
		r.facts.trouble = final
		r.err = x.notSent(r, err)
		return r
	}
	timeout := x.timeout(number)
	bounded, cancel := x.bound(ctx, timeout)
	defer cancel()

	var sent progress
	started := x.client.clock.Now()
	response, err := x.client.http.Do(x.build(httptrace.WithClientTrace(bounded, sent.trace()), r.token))
	if err == nil {
		r.facts.written = true
		err = x.receive(response, &r)
	} else {
		err = withoutURL(err)
		r.facts.written = sent.written(bounded.Err() != nil)
		r.facts.trouble = troubleOf(err)
	}
	x.log(ctx, r, started)
	switch {
	case err == nil:
		return r
	case isRead(r.facts.method) && ctx.Err() != nil:
		r.facts.trouble, err = final, ctx.Err()
	case bounded.Err() != nil:
		err = fmt.Errorf("no complete answer within %s: %w", timeout, bounded.Err())
	}
	r.err = x.failure(r, err)
	return r
}

// timeout of one attempt: repeated reads also keep within the budget; a write is given its full time always.
func (x *exchange) timeout(number int) time.Duration {
	full := x.client.requestTimeout
	if number > 1 && isRead(x.request.method) {
		return min(full, max(leastTimeout, x.deadline.Sub(x.client.clock.Now())))
	}
	return full
}

func (x *exchange) bound(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	if !isRead(x.request.method) {
		ctx = context.WithoutCancel(ctx)
	}
	return context.WithTimeout(ctx, timeout)
}

func (x *exchange) build(ctx context.Context, token string) *http.Request {
	request := (&http.Request{
		Method: x.request.method, URL: x.request.url, Host: x.request.url.Host, Header: x.request.header.Clone(),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if body := x.request.body; body != nil {
		request.Body, request.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		if !replayable(request.Header) {
			// With GetBody the transport itself can move on from an idle connection that turns out to be closed.
			request.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		}
	}
	return request
}

// replayable: with one of these headers the transport would send a write again that is lost after it was written, on its
// own and uncounted, if it could. Whether that may be is decided here alone.
func replayable(header http.Header) bool {
	return header.Get("Idempotency-Key") != "" || header.Get("X-Idempotency-Key") != ""
}

// receive reads the answer into the result: a success by the consumer, everything else as an [*Error]. What it returns
// is what stood in the way of a success.
func (x *exchange) receive(response *http.Response, r *result) error {
	defer func() { _ = response.Body.Close() }() // all that matters of the body has been read
	r.facts.status = response.StatusCode
	r.facts.retryAfter = retryAfter(response.Header, x.client.clock.Now())
	r.answer = Response{
		Status: response.StatusCode, Header: response.Header, Date: dateOf(response.Header),
		RequestID: response.Header.Get("X-Request-Id"),
	}
	switch {
	case response.StatusCode >= 200 && response.StatusCode < 300:
		err := x.consume(response)
		var own callerError
		if errors.As(err, &own) {
			r.caller = own.err
			return nil
		}
		if err != nil {
			r.facts.trouble = bodyTrouble(err)
		}
		return err
	case response.StatusCode >= 300 && response.StatusCode < 400:
		r.err = x.failure(*r, redirectError(response))
	default:
		masker := x.client.masker(x.call)
		body, _ := io.ReadAll(io.LimitReader(response.Body, maxErrorBody+1)) // a part says more than nothing
		if len(body) > maxErrorBody {
			body = body[:max(0, maxErrorBody-masker.longest)] // a secret cut in two would not be found
		}
		r.err = x.failure(*r, nil)
		describe(r.err, body, masker.text)
	}
	return nil
}

// notSent is the error of an attempt that stopped before its request.
func (x *exchange) notSent(r result, err error) *Error {
	var known *rejection
	if errors.As(err, &known) {
		return x.unsent(known)
	}
	return x.failure(r, err)
}

// failure starts the error of an attempt with what is known without its body.
func (x *exchange) failure(r result, cause error) *Error {
	return &Error{
		Method: x.request.method, Path: x.request.url.EscapedPath(), Status: r.answer.Status,
		RequestID: r.answer.RequestID, Cause: cause,
	}
}

// withoutURL drops the wrapping of net/http, which repeats the whole URL: a query may hold payer data.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// log writes no body, and of the headers only the request id, which a server may have filled with anything.
func (x *exchange) log(ctx context.Context, r result, started time.Time) {
	masker := x.client.masker(x.call)
	tflog.Debug(ctx, "HTTP request", map[string]any{
		"method": x.request.method, "path": masker.text(x.request.url.EscapedPath()), "status": r.answer.Status,
		"duration_ms": x.client.clock.Now().Sub(started).Milliseconds(), "request_id": masker.text(r.answer.RequestID),
	})
}

// troubleOf tells what another attempt may mend (a lost or refused connection) from what it will not (a certificate).
func troubleOf(err error) trouble {
	var (
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       tls.AlertError
	)
	if errors.As(err, &certificate) || errors.As(err, &record) || errors.As(err, &alert) || errors.Is(err, http.ErrSchemeMismatch) {
		return final
	}
	return lost
}

// progress tells how far a request came. Its hooks run on the transport's goroutines.
type progress struct{ asked, connected, headers atomic.Bool }

func (p *progress) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn:      func(string) { p.asked.Store(true) },
		GotConn:      func(httptrace.GotConnInfo) { p.connected.Store(true) },
		WroteHeaders: func() { p.headers.Store(true) },
	}
}

// written reports whether the vendor may have got the request. In doubt it may: where the transport does not trace, and
// where the time ran out on a connection, as the headers may be on their way.
func (p *progress) written(timedOut bool) bool {
	return !p.asked.Load() || p.headers.Load() || timedOut && p.connected.Load()
}
