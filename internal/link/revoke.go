package link

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// pollInterval is how often a link is looked at while its end is waited for: somebody may pay it meanwhile.
const pollInterval = 5 * time.Minute

// revokeReserve is what a wait leaves of the time for the destroy, for the revoke that it was for.
const revokeReserve = 10 * time.Second

// firstRetryDelay is the first wait for a link that its vendor should have let go of already; it doubles.
const firstRetryDelay = 2 * time.Second

// revokeRequest is one link to be ended.
type revokeRequest struct {
	key         driver.Key
	created     time.Time // by our clock; zero where a 404 is no lag
	waitUntil   time.Time // how long to wait for a link that its vendor does not let go of yet; zero: not at all
	consequence string    // ends every error: what becomes of the link
	// advice is what a person can do about a link that is in this state, and can be revoked from then on (zero: nobody
	// knows).
	advice func(now driver.State, from time.Time) string
}

// revokeResult is what an order came to. Without an error in the diagnostics, nobody can pay the link any more.
type revokeResult struct {
	state    driver.State // what the link was found as; Revoked when it was ended now
	notFound error        // the vendor's 404, which proves what the caller lets it prove
}

// revokeLink revokes a link and looks only when that is refused: a look before each would double the requests of a large
// destroy. Found revoked, expired, paid or gone is what was wanted; anything else is an error that names the state.
func (a *configured[M, L, PM]) revokeLink(ctx context.Context, o revokeRequest) (revokeResult, diag.Diagnostics) {
	revoker, ok := a.revoker()
	if !ok {
		return revokeResult{}, diag.Diagnostics{diag.NewErrorDiagnostic("Cannot revoke "+a.info.Title+" payment link",
			"The provider has no call for it. This is a bug of the provider: please report it to its developers.")}
	}
	for retryDelay := firstRetryDelay; ; retryDelay *= 2 {
		refusal := revoker.Revoke(ctx, o.key)
		if refusal == nil {
			return revokeResult{state: driver.Revoked}, nil
		}
		answer, found, diags := a.inspectRefusal(ctx, revoker, o, refusal)
		if diags != nil || found.notFound != nil || found.state.Ended() {
			return found, diags
		}
		from := a.revocableAt(answer, retryDelay)
		if from.IsZero() || from.After(o.waitUntil) {
			return found, a.apiError("revoke", refusal, strings.TrimSpace(fmt.Sprintf("The link %s is `%s`. %s %s", o.key.ID, found.state, o.consequence, o.advice(found.state, from))))
		}
		if err := a.waitUntilRevocable(ctx, o.key, from); err != nil {
			return found, a.apiError("revoke", refusal, fmt.Sprintf("Waiting until %s, from when on it can be revoked, was cut short: %s\n\n%s Try again then.", from.UTC().Format(time.RFC3339), rest.Describe(err), o.consequence))
		}
	}
}

// inspectRefusal looks at a link that could not be revoked. Without an error and without an end, answer is the link as it is.
func (a *configured[M, L, PM]) inspectRefusal(ctx context.Context, revoker driver.Revoker, o revokeRequest, refusal error) (answer L, found revokeResult, diags diag.Diagnostics) {
	if !shouldInspect(refusal) {
		return answer, found, a.apiError("revoke", refusal, o.consequence+retryAdvice(refusal))
	}
	answer, err := a.getWithRetry(ctx, o.key, o.created)
	if err == nil && rest.IsNotFound(refusal) && !a.isEnded(answer) {
		// It was only too new to be found.
		if refusal = revoker.Revoke(ctx, o.key); refusal == nil {
			return answer, revokeResult{state: driver.Revoked}, nil
		}
		answer, err = a.client.Get(ctx, o.key)
	}
	switch {
	case rest.IsNotFound(err):
		return answer, revokeResult{notFound: err}, nil
	case err != nil:
		return answer, found, a.apiError("revoke", refusal, "A look at the link failed too: "+a.errorDetail(err, false)+"\n\n"+o.consequence+" Try again later.")
	}
	found.state = a.vendor.State(answer, a.clock.Now())
	if !found.state.Ended() && a.isEnded(answer) {
		found.state = driver.Revoked
	}
	return answer, found, nil
}

// isEnded: there is nothing left to revoke, by the link's state or because the vendor says so in another way.
func (a *configured[M, L, PM]) isEnded(answer L) bool {
	now := a.clock.Now()
	ender, ok := a.vendor.(driver.EndChecker[L])
	return a.vendor.State(answer, now).Ended() || ok && ender.IsEnded(answer, now)
}

// revocableAt is the moment from which the vendor lets go of an open link; zero where waiting changes nothing. One
// that has passed already is told by another clock: a little later, then.
func (a *configured[M, L, PM]) revocableAt(answer L, late time.Duration) time.Time {
	holder, ok := a.vendor.(driver.RevocationDelayer[L])
	if !ok {
		return time.Time{}
	}
	from := holder.RevocableAt(answer)
	if soon := a.clock.Now().Add(late); !from.IsZero() && from.Before(soon) {
		return soon
	}
	return from
}

// waitUntilRevocable sleeps until then. It ends early when the link has ended by itself.
func (a *configured[M, L, PM]) waitUntilRevocable(ctx context.Context, key driver.Key, then time.Time) error {
	for {
		left := then.Sub(a.clock.Now())
		if left <= 0 {
			return nil
		}
		tflog.Info(ctx, "Waiting until the payment link can be revoked", map[string]any{
			"vendor": a.info.Name, "id": key.ID, "from": then.Format(time.RFC3339), "remaining": left.Round(time.Second).String(),
		})
		if err := a.clock.Sleep(ctx, min(left, pollInterval)); err != nil {
			return err
		}
		if left <= pollInterval {
			return nil
		}
		if answer, err := a.client.Get(ctx, key); err == nil && a.isEnded(answer) {
			return nil
		}
	}
}

// retryAdvice is said of a refusal that may pass. One of the credentials does not, and what to do about it is said already.
func retryAdvice(refusal error) string {
	if failed, ok := rest.AsError(refusal); ok && isCredentialError(failed) {
		return " Try again with credentials that may do it."
	}
	return " Try again later."
}

// shouldInspect: the vendor refused because of the link's state, or the outcome is unknown. A refusal of the credentials
// or of the rate would meet the look as well.
func shouldInspect(err error) bool {
	failed, ok := rest.AsError(err)
	if !ok {
		return false
	}
	if failed.Outcome == rest.Unknown {
		return true
	}
	switch failed.Status {
	case http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusConflict, http.StatusGone, http.StatusPreconditionFailed, http.StatusUnprocessableEntity:
		return true
	}
	return false
}
