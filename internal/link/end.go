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
)

// glance is how often a link is looked at while its end is waited for: somebody may pay it meanwhile.
const glance = 5 * time.Minute

// lastCall is what a wait leaves of the time for the destroy, for the revoke that it was for.
const lastCall = 10 * time.Second

// late is the first wait for a link that its vendor should have let go of already; it doubles.
const late = 2 * time.Second

// order is one link to be ended.
type order struct {
	key     Key
	created time.Time // by our clock; zero where a 404 is no lag
	until   time.Time // how long to wait for a link that its vendor does not let go of yet; zero: not at all
	kept    string    // ends every error: what becomes of the link
	// advice is what a person can do about a link that is in this state, and can be revoked from then on (zero: nobody
	// knows).
	advice func(now State, from time.Time) string
}

// ending is what an order came to. Without an error in the diagnostics, nobody can pay the link any more.
type ending struct {
	state State // what the link was found as; Revoked when it was ended now
	gone  error // the vendor's 404, which proves what the caller lets it prove
}

// end revokes a link and looks only when that is refused: a look before each would double the requests of a large
// destroy. Found revoked, expired, paid or gone is what was wanted; anything else is an error that names the state.
func (a *access[M, L, PM]) end(ctx context.Context, o order) (ending, diag.Diagnostics) {
	revoker, ok := a.revoker()
	if !ok {
		return ending{}, diag.Diagnostics{diag.NewErrorDiagnostic("Cannot revoke "+a.about.Title+" payment link",
			"The provider has no call for it. This is a bug of the provider: please report it to its developers.")}
	}
	for late := late; ; late *= 2 {
		refusal := revoker.Revoke(ctx, o.key)
		if refusal == nil {
			return ending{state: Revoked}, nil
		}
		answer, found, diags := a.refused(ctx, revoker, o, refusal)
		if diags != nil || found.gone != nil || found.state.ended() {
			return found, diags
		}
		from := a.revocableFrom(answer, late)
		if from.IsZero() || from.After(o.until) {
			return found, a.failure("revoke", refusal, strings.TrimSpace(fmt.Sprintf("The link %s is `%s`. %s %s", o.key.ID, found.state, o.kept, o.advice(found.state, from))))
		}
		if err := a.await(ctx, o.key, from); err != nil {
			return found, a.failure("revoke", refusal, fmt.Sprintf("Waiting until %s, from when on it can be revoked, was cut short: %s\n\n%s Try again then.", from.UTC().Format(time.RFC3339), explain(err), o.kept))
		}
	}
}

// refused looks at a link that could not be revoked. Without an error and without an end, answer is the link as it is.
func (a *access[M, L, PM]) refused(ctx context.Context, revoker Revoker, o order, refusal error) (answer L, found ending, diags diag.Diagnostics) {
	if !worthALook(refusal) {
		return answer, found, a.failure("revoke", refusal, o.kept+anew(refusal))
	}
	answer, err := a.look(ctx, o.key, o.created)
	if err == nil && rest.IsNotFound(refusal) && !a.ended(answer) {
		// It was only too new to be found.
		if refusal = revoker.Revoke(ctx, o.key); refusal == nil {
			return answer, ending{state: Revoked}, nil
		}
		answer, err = a.client.Get(ctx, o.key)
	}
	switch {
	case rest.IsNotFound(err):
		return answer, ending{gone: err}, nil
	case err != nil:
		return answer, found, a.failure("revoke", refusal, "A look at the link failed too: "+a.explained(err, false)+"\n\n"+o.kept+" Try again later.")
	}
	found.state = a.vendor.State(answer, a.clock.Now())
	if !found.state.ended() && a.ended(answer) {
		found.state = Revoked
	}
	return answer, found, nil
}

// ended: there is nothing left to revoke, by the link's state or because the vendor says so in another way.
func (a *access[M, L, PM]) ended(answer L) bool {
	now := a.clock.Now()
	ender, ok := a.vendor.(Ender[L])
	return a.vendor.State(answer, now).ended() || ok && ender.Ended(answer, now)
}

// revocableFrom is the moment from which the vendor lets go of an open link; zero where waiting changes nothing. One
// that has passed already is told by another clock: a little later, then.
func (a *access[M, L, PM]) revocableFrom(answer L, late time.Duration) time.Time {
	holder, ok := a.vendor.(Holder[L])
	if !ok {
		return time.Time{}
	}
	from := holder.HeldUntil(answer)
	if soon := a.clock.Now().Add(late); !from.IsZero() && from.Before(soon) {
		return soon
	}
	return from
}

// await sleeps until then. It ends early when the link has ended by itself.
func (a *access[M, L, PM]) await(ctx context.Context, key Key, then time.Time) error {
	for {
		left := then.Sub(a.clock.Now())
		if left <= 0 {
			return nil
		}
		tflog.Info(ctx, "Waiting until the payment link can be revoked", map[string]any{
			"vendor": a.about.Name, "id": key.ID, "from": then.Format(time.RFC3339), "remaining": left.Round(time.Second).String(),
		})
		if err := a.clock.Sleep(ctx, min(left, glance)); err != nil {
			return err
		}
		if left <= glance {
			return nil
		}
		if answer, err := a.client.Get(ctx, key); err == nil && a.ended(answer) {
			return nil
		}
	}
}

// anew is said of a refusal that may pass. One of the credentials does not, and what to do about it is said already.
func anew(refusal error) string {
	if failed, ok := rest.AsError(refusal); ok && denied(failed) {
		return " Try again with credentials that may do it."
	}
	return " Try again later."
}

// worthALook: the vendor refused because of the link's state, or the outcome is unknown. A refusal of the credentials
// or of the rate would meet the look as well.
func worthALook(err error) bool {
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
