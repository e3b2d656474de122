package link

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

const (
	// pollInterval is how often a link is read while waiting until it can be revoked: it may be paid meanwhile.
	pollInterval = 5 * time.Minute
	// revokeReserve is the part of a destroy's time that a wait leaves for the revoke after it.
	revokeReserve = 10 * time.Second
	// firstRetryDelay is the first wait for a link that should be revocable already; it doubles.
	firstRetryDelay = 2 * time.Second
)

type revokeRequest struct {
	key         driver.Key
	created     time.Time // by the machine's clock; zero if a 404 cannot be a lag
	waitUntil   time.Time // how long to wait for a link that cannot be revoked yet; zero for not at all
	consequence string    // ends every error: what becomes of the link
	// advice returns what to do about a link that could not be revoked. revocableAt is zero where nobody knows.
	advice func(now driver.State, revocableAt time.Time) string
}

// revokeResult tells how a link ended. Without an error beside it, nobody can pay the link any more.
type revokeResult struct {
	state    driver.State // the state in which the link was found; Revoked if it was revoked now
	notFound error        // the vendor's 404; the caller decides what it proves
}

// revokeLink revokes a link and reads it only if that is refused: a read before each revoke would double the requests of a large
// destroy. A link that has ended, or is not found, is a success; anything else is an error that names its state.
func (c *configured[M, L, PM]) revokeLink(ctx context.Context, req revokeRequest) (result revokeResult, diags diag.Diagnostics) {
	end := c.registry.BeginRevoke(req.key)
	defer func() { end(!diags.HasError() && (result.state == driver.Revoked || result.notFound != nil)) }()
	revoker, ok := c.client.(driver.Revoker[L])
	if !ok {
		return revokeResult{}, diag.Diagnostics{diag.NewErrorDiagnostic(c.errorSummary(opRevoke),
			"The provider has no call for it. This is a bug in the provider: please report it to the provider developers.")}
	}
	for retryDelay := firstRetryDelay; ; retryDelay *= 2 {
		refusal := c.revoke(ctx, revoker, req.key)
		if refusal == nil {
			return revokeResult{state: driver.Revoked}, nil
		}
		answer, found, diags := c.inspectRefusal(ctx, revoker, req, refusal)
		if diags != nil || found.notFound != nil || found.state.Ended() {
			return found, diags
		}
		at := c.revocableAt(answer, retryDelay)
		if at.IsZero() || at.After(req.waitUntil) {
			return found, c.apiError(opRevoke, refusal, strings.TrimSpace(fmt.Sprintf("%s It is `%s`. %s", req.consequence, found.state, req.advice(found.state, at))))
		}
		if err := c.waitUntilRevocable(ctx, req.key, at); err != nil {
			return found, c.apiError(opRevoke, refusal, fmt.Sprintf("Interrupted while waiting until %s, when the link can be revoked: %s\n\n%s Try again then.", at.UTC().Format(time.RFC3339), rest.Describe(err), req.consequence))
		}
	}
}

// revoke ends a link. Without an error the vendor said so: by an answer that shows the link as ended, or by one that is documented to
// show none.
func (c *configured[M, L, PM]) revoke(ctx context.Context, revoker driver.Revoker[L], key driver.Key) error {
	c.bulkReader().Invalidate(key)
	answer, err := revoker.Revoke(ctx, key)
	if err != nil || answer == nil {
		return err
	}
	if _, err := c.about(key, *answer, nil); err != nil || c.isEnded(*answer) {
		return err
	}
	return unprovenError(c.info.Title + " accepted the request, but its response shows link " + key.ID + " as `" + string(c.vendor.State(*answer, c.vendorNow())) + "`.")
}

// inspectRefusal reads a link that could not be revoked. Without an error, answer is that link unless it ended or was not found.
func (c *configured[M, L, PM]) inspectRefusal(ctx context.Context, revoker driver.Revoker[L], req revokeRequest, refusal error) (answer L, found revokeResult, diags diag.Diagnostics) {
	if !shouldInspect(refusal) {
		return answer, found, c.apiError(opRevoke, refusal, req.consequence+retryAdvice(refusal))
	}
	answer, err := c.getWithRetry(ctx, req.key, req.created)
	if err == nil && rest.IsNotFound(refusal) && !c.isEnded(answer) {
		// The link was too new to be found.
		if refusal = c.revoke(ctx, revoker, req.key); refusal == nil {
			return answer, revokeResult{state: driver.Revoked}, nil
		}
		answer, err = c.get(ctx, req.key)
	}
	switch {
	case rest.IsNotFound(err):
		return answer, revokeResult{notFound: err}, nil
	case err != nil:
		return answer, found, c.apiError(opRevoke, refusal, "Reading the link also failed: "+c.errorDetail(opRead, err)+"\n\n"+req.consequence+" Try again later.")
	}
	found.state = c.vendor.State(answer, c.vendorNow())
	if !found.state.Ended() && c.isEnded(answer) {
		found.state = driver.Revoked
	}
	return answer, found, nil
}

// revocableAt returns the moment from which the vendor revokes an open link; zero where waiting changes nothing. A moment in the
// past comes from a clock that differs from ours: then it is retryDelay from now.
func (c *configured[M, L, PM]) revocableAt(answer L, retryDelay time.Duration) time.Time {
	delayer, ok := c.vendor.(driver.RevocationDelayer[L])
	if !ok {
		return time.Time{}
	}
	at := delayer.RevocableAt(answer)
	if earliest := c.clock.Now().Add(retryDelay); !at.IsZero() && at.Before(earliest) {
		return earliest
	}
	return at
}

// waitUntilRevocable sleeps until a moment, or until the link has ended before that.
func (c *configured[M, L, PM]) waitUntilRevocable(ctx context.Context, key driver.Key, at time.Time) error {
	for left := at.Sub(c.clock.Now()); left > 0; left = at.Sub(c.clock.Now()) {
		tflog.Info(ctx, "Waiting until the payment link can be revoked", map[string]any{
			"vendor": c.info.Name, "id": key.ID, "from": at.Format(time.RFC3339), "remaining": left.Round(time.Second).String(),
		})
		if err := c.clock.Sleep(ctx, min(left, pollInterval)); err != nil {
			return err
		}
		if left > pollInterval {
			if answer, err := c.get(ctx, key); err == nil && c.isEnded(answer) {
				return nil
			}
		}
	}
	return nil
}

// retryAdvice follows a refusal. Refused credentials do not pass by waiting, and apiError tells what to do about them.
func retryAdvice(refusal error) string {
	if failed, ok := rest.AsError(refusal); ok && isCredentialError(failed) {
		return " Try again with credentials that have permission."
	}
	return " Try again later."
}

// shouldInspect reports whether the vendor may have refused because of the link's state, or the outcome is unknown. If it refused
// the credentials or the rate, a read would be refused as well.
func shouldInspect(err error) bool {
	failed, ok := rest.AsError(err)
	if !ok || failed.Outcome == rest.Unknown { // the former is an unprovenError
		return true
	}
	switch failed.Status {
	case http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusConflict, http.StatusGone, http.StatusPreconditionFailed, http.StatusUnprocessableEntity:
		return true
	}
	return false
}
