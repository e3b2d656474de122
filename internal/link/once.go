package link

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"time"

	"github.com/hashicorp/go-uuid"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

const (
	// clockAllowance is how far a vendor's clock may be behind ours, where no answer has told its time yet.
	clockAllowance = 2 * time.Minute
	// tick is what a vendor's creation time may have lost in its rounding to seconds.
	tick = time.Second
	// graceLook bounds the look for a link that may exist once the create's own context has ended.
	graceLook = 30 * time.Second
	// maxAgain is how often a create with an idempotency key is sent again after nothing was found of it.
	maxAgain = 2
)

// birth is one link to be created.
type birth[M any] struct {
	value        tftypes.Value // the plan
	plan, config *M
	key          string    // idempotency key, the same for every request of this create
	began        time.Time // by our clock
}

// found is a link that could be what a create left behind.
type found[L any] struct {
	answer L
	value  tftypes.Value
}

// once creates the link: one request, and where nobody knows what became of it, evidence in place of another. adopted
// tells, as a warning, of a link that was found and not answered. An error says whether a link may exist.
func (r *Resource[M, L, PM]) once(ctx context.Context, b birth[M]) (answer L, adopted diag.Diagnostics, failed diag.Diagnostics) {
	for again := 0; ; again++ {
		answer, err := r.client.Create(ctx, b.plan, b.config, b.key)
		if err == nil {
			return answer, r.doubles(ctx, b, answer, again), nil
		}
		failure, ok := rest.AsError(err)
		if again == 0 && (!ok || failure.Outcome == rest.Refused) {
			return answer, nil, r.apiError("create", err, "Nothing was created.")
		}
		seen, certain, lookErr := r.search(ctx, b)
		if lookErr == nil && certain && len(seen) == 1 {
			return seen[0].answer, r.adoption(seen[0], err), nil
		}
		if lookErr != nil || len(seen) > 0 || !r.mayRepeat(ctx, failure, again) {
			return answer, nil, r.mayExist(err, seen, lookErr)
		}
		tflog.Info(ctx, "Nothing was found of the create: it is sent again under the same idempotency key", map[string]any{"vendor": r.info.Name, "again": again + 1})
	}
}

// mayRepeat: the vendor promised to answer a second request with the same key by what the first one made, and failed at
// the first in a way that is no answer about it.
func (r *Resource[M, L, PM]) mayRepeat(ctx context.Context, failure *rest.Error, again int) bool {
	keyed, ok := r.client.(Idempotent)
	return ok && keyed.Keyed() && ctx.Err() == nil && again < maxAgain && failure != nil && failure.Status >= http.StatusInternalServerError
}

// doubles looks, after a create that had to be sent more than once, whether the vendor kept its promise.
func (r *Resource[M, L, PM]) doubles(ctx context.Context, b birth[M], answer L, again int) diag.Diagnostics {
	if again == 0 {
		return nil
	}
	if value, diags := r.stateValue(ctx, answer); !diags.HasError() {
		r.registry.MarkManaged(r.key(value))
	}
	others, _, err := r.candidates(ctx, b)
	if err != nil || len(others) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Another "+r.info.Title+" payment link may have been created",
		"The create had to be sent again, and besides the link that is now in state the list shows what may have come of the first request:\n"+r.describe(others)+
			"\n\nWhoever holds its URL can pay it. Look at it in "+r.info.Title+"'s console.")}
}

// search looks for what the create left behind, at once and, while nothing shows, a little later: a list may lag. certain
// is false where the vendor gives no evidence of when a link was made.
func (r *Resource[M, L, PM]) search(ctx context.Context, b birth[M]) (seen []found[L], certain bool, err error) {
	deadline := r.clock.Now().Add(r.budget)
	for look := 0; ; look++ {
		seen, certain, err = r.candidates(ctx, b)
		if err == nil && len(seen) > 0 || look == len(newLinkRetryDelays) {
			return seen, certain, err
		}
		wait := newLinkRetryDelays[look]
		if r.clock.Now().Add(wait).After(deadline) || r.clock.Sleep(ctx, wait) != nil {
			return seen, certain, err
		}
	}
}

// candidates lists the links that could be what the create left behind: the whole content, made since it began, in no
// state, still alive.
func (r *Resource[M, L, PM]) candidates(ctx context.Context, b birth[M]) (seen []found[L], certain bool, err error) {
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), graceLook)
		defer cancel()
	}
	certain = true
	var respelled []found[L]
	for answer, err := range r.near(ctx, b) {
		if err != nil {
			return nil, false, err
		}
		value, diags := r.stateValue(ctx, answer)
		like, whole := r.likeness(b.value, value)
		if diags.HasError() || State(String(Attributes(value)[stateAttribute])).Ended() || !like {
			continue
		}
		key := r.key(value)
		since, told := r.made(answer, key, b)
		if !since || r.registry.IsManaged(key) {
			continue
		}
		if !whole {
			respelled = append(respelled, found[L]{answer, value})
			continue
		}
		certain = certain && told
		seen = append(seen, found[L]{answer, value})
	}
	if len(seen) == 0 && len(respelled) > 0 { // doubt: named, and neither taken nor asked for again
		return respelled, false, nil
	}
	return seen, certain, nil
}

// likeness: the answer is like the plan but for what its vendor may write in another way, and whole without exception.
// What the answer hides proves nothing either way.
func (r *Resource[M, L, PM]) likeness(plan, answer tftypes.Value) (like, whole bool) {
	_, echo := r.diff.MergeCreated(plan, answer)
	respeller, ok := r.vendor.(Normalizer)
	for at := range echo {
		if !ok || !respeller.MayNormalize(at) {
			return false, false
		}
	}
	return true, len(echo) == 0
}

// near walks the part of the vendor's list where the new link would be.
func (r *Resource[M, L, PM]) near(ctx context.Context, b birth[M]) iter.Seq2[L, error] {
	if narrower, ok := r.client.(CandidateLister[M, L]); ok {
		return narrower.ListCandidates(ctx, b.plan)
	}
	return r.client.List(ctx, Query{Scope: r.scopeOf(b.value)})
}

// made tells whether a link was made since the create began, by its date or, where there is none, by what existed
// before. told is false where neither is known.
func (r *Resource[M, L, PM]) made(answer L, key Key, b birth[M]) (since, told bool) {
	if at := r.vendor.Created(answer); !at.IsZero() {
		return !at.Before(r.theirTime(b.began).Add(-tick)), true
	}
	was, counted := r.registry.Preexisted(key)
	return !was, counted
}

// theirTime is a moment of our clock on the vendor's.
func (r *Resource[M, L, PM]) theirTime(ours time.Time) time.Time {
	if timed, ok := r.client.(ClockSkewer); ok {
		if ahead, known := timed.Ahead(); known {
			return ours.Add(ahead)
		}
	}
	return ours.Add(-clockAllowance)
}

// census notes what exists before the first create, where dates will not tell later.
func (r *Resource[M, L, PM]) census(ctx context.Context, plan tftypes.Value) {
	if !r.info.NoCreationTime {
		return
	}
	r.registry.Snapshot(func(yield func(Key, error) bool) {
		for answer, err := range r.client.List(ctx, Query{Scope: r.scopeOf(plan)}) {
			if err != nil {
				yield(Key{}, err)
				return
			}
			// What cannot be mapped is no candidate later on either.
			if value, diags := r.stateValue(ctx, answer); !diags.HasError() && !yield(r.key(value), nil) {
				return
			}
		}
	})
}

// prepare makes ready what has to be known before the first request.
func (r *Resource[M, L, PM]) prepare(ctx context.Context, value tftypes.Value, plan, config *M) (birth[M], func(), error) {
	key, err := uuid.GenerateUUID()
	if err != nil {
		return birth[M]{}, nil, err
	}
	release, err := r.registry.LockContent(ctx, r.scopeOf(value)+"\n"+r.diff.Fingerprint(value))
	if err != nil {
		return birth[M]{}, nil, errors.New("the create was still waiting for another one of the same content: " + errorText(err))
	}
	r.census(ctx, value)
	return birth[M]{value: value, plan: plan, config: config, key: key, began: r.clock.Now()}, release, nil
}

// adoption is what a person must know of a link that was found, and not answered.
func (r *Resource[M, L, PM]) adoption(one found[L], err error) diag.Diagnostics {
	attributes := Attributes(one.value)
	return diag.Diagnostics{diag.NewWarningDiagnostic("Took over the "+r.info.Title+" payment link that the create left behind",
		fmt.Sprintf("The create brought no usable answer:\n%s\n\nThe list of links shows exactly one with this content that was made since: %s (%s). It is the one, and it is now in state; no other was created.",
			errorText(err), String(attributes["id"]), String(attributes["url"])))}
}
