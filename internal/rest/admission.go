package rest

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/ratelimit"
)

// admit waits until the request may be sent and returns its token, or the error of a request that is not sent. The wait for the rate
// limit is not charged to the retry budget. ctx is checked last, so that nothing is sent after it has ended.
func (x *execution) admit(ctx context.Context) (string, *Error) {
	for {
		// The token comes first: it may take long or fail, and a slot must be used within ArrivalTolerance.
		token, failed := x.token(ctx)
		if failed != nil || x.client.limiter == nil {
			return token, failed
		}
		began := x.client.clock.Now()
		slot, err := x.client.limiter.Wait(ctx)
		if err != nil {
			return "", x.notSent(fmt.Errorf("while waiting for requests_per_minute: %w", err))
		}
		x.deadline, x.startedAt = x.deadline.Add(slot.Sub(began)), slot
		token, failed = x.token(ctx) // it may have been refreshed meanwhile
		if failed != nil || x.client.clock.Now().Sub(slot) <= ratelimit.ArrivalTolerance {
			return token, failed
		}
	}
}

// token returns the token to send; "" for no Authorization header.
func (x *execution) token(ctx context.Context) (string, *Error) {
	if x.client.auth == nil || ctx.Err() != nil {
		return "", x.notSent(ctx.Err())
	}
	token, err := x.client.auth.Token(ctx)
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
	failed.RetryNote = "Not sent: this is what the vendor has already answered to an earlier call with the same credentials."
	return &failed
}
