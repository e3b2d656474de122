package driver

import (
	"context"
	"iter"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// What follows is optional. A vendor or client has a capability by implementing its interface; each states what happens
// without it. A vendor's package asserts those that it means to have: `var _ driver.Lister[Link] = (*client)(nil)`.

// Capabilities of a Vendor.

// CreateValidator is a Vendor that demands more of a new link than of one that exists: what an import cannot read back.
// Without it a new link needs what the schema requires.
type CreateValidator[M any] interface {
	ValidateCreate(ctx context.Context, plan *M) diag.Diagnostics
}

// EndChecker is a Vendor whose State may name another state although the link is revoked: a payment that is still under way.
// Without it a link has ended when its State has.
type EndChecker[L any] interface {
	// IsEnded reports whether a revoke of this link has nothing left to do.
	IsEnded(answer L, now time.Time) bool
}

// RevocationDelayer is a Vendor that refuses to revoke a link while it can be paid, up to a moment that its answers tell.
// Without it a refused revoke is not waited for.
type RevocationDelayer[L any] interface {
	// RevocableAt returns that moment for an open link; zero where waiting changes nothing.
	RevocableAt(answer L) time.Time
}

// PlanWarner is a Vendor that can tell, while planning, that the end of a link will be refused or has to be waited for.
// Without it such a refusal shows at apply.
type PlanWarner[M any] interface {
	// PlanWarnings warns of what will happen when plan replaces state, or (plan is nil) state is destroyed. Values of plan may
	// be unknown. A destroy that begins at now would wait until then.
	PlanWarnings(ctx context.Context, state, plan *M, now, until time.Time) diag.Diagnostics
}

// AnswerWarner is a Vendor that has warnings about an answer that it cannot fully read. Without it answers are mapped silently.
type AnswerWarner[L any] interface {
	Warnings(answer L) diag.Diagnostics
}

// StateTimer is a Vendor that tells since when a link is what its state says. Without it messages say that nobody knows.
type StateTimer[M any] interface {
	// StateSince returns that moment as the vendor wrote it; empty where it does not tell.
	StateSince(state *M) string
}

// Normalizer is a Vendor that may write an argument in another form than it was sent. Without it another text proves
// another link.
type Normalizer interface {
	// MayNormalize reports whether another text of this attribute (dotted path with indexes) leaves open whether it is another
	// link.
	MayNormalize(attribute string) bool
}

// Verifier is a Vendor whose answer to a create must hold to what was asked for; a new link that does not is revoked again.
// Without it an answer is taken as it is.
type Verifier[M, L any] interface {
	Verify(ctx context.Context, plan *M, answer L) diag.Diagnostics
}

// Activatable is a Vendor whose links are activated in place, through the attribute `activate`. Its client is an Activator.
type Activatable[M any] interface {
	// AwaitsActivation reports whether nobody can pay the link before it is activated.
	AwaitsActivation(state *M) bool
}

// DisplayNamer is a Vendor that tells by what a person recognises a link: what it is for, its number, its amount. Nothing of
// it may be sensitive. Without it a list shows the state alone.
type DisplayNamer[L any] interface {
	// Name returns the parts of the name, without the state.
	Name(answer L) []string
}

// Capabilities of a Client.

// Lister is a Client whose vendor lists links. Without it there is neither a plural data source nor a list resource, links
// are read one by one, a 404 is judged by the account alone, and a create without an answer is an error that cannot name
// candidates.
type Lister[L any] interface {
	// List ranges over the links that the query asks for, page by page, each once.
	List(ctx context.Context, query Query) iter.Seq2[L, error]
}

// Pager is a Client whose list can be read one page at a time. Without it a refresh reads links one by one.
type Pager[L any] interface {
	// PageAt reads, by one request, the page at a cursor that the page before it named; "" is the first. Only the links and
	// the Next of the page are used.
	PageAt(ctx context.Context, scope, at string) (paging.Page[L, string], error)
}

// Batcher is a Client that can read several links by one request. Without it what pages do not show is read one by one.
type Batcher[L any] interface {
	// Batch leaves out what the vendor does not find.
	Batch(ctx context.Context, scope string, ids []string) ([]L, error)
	// MaxBatch is how many ids one request may hold.
	MaxBatch() int
}

// CandidateLister is a Client that can list only those links among which one created from plan would be. Without it a create
// without an answer searches the whole list.
type CandidateLister[M, L any] interface {
	ListCandidates(ctx context.Context, plan *M) iter.Seq2[L, error]
}

// Idempotent is a Client whose vendor promises that a second create under the same key creates no second link. Without it a
// create whose outcome is unknown is never sent again.
type Idempotent interface {
	// UsesIdempotencyKey reports whether creates carry their key.
	UsesIdempotencyKey() bool
}

// ClockSkewer is a Client that learns the vendor's time from its answers. Without it a vendor's clock is taken to be at most
// two minutes behind.
type ClockSkewer interface {
	// ClockSkew returns how far the vendor's clock is ahead, at least; false before the first answer.
	ClockSkew() (time.Duration, bool)
}

// Scoped is a Client with a default for the first part of a two-part identity. Without it every link names its scope.
type Scoped interface {
	// DefaultScope returns the configured scope; empty where there is none.
	DefaultScope() string
}

// Revoker is a Client that can revoke a link. Without it a destroy lets the link go with a warning, and `on_destroy` takes
// `abandon` and `fail`.
type Revoker interface {
	Revoke(ctx context.Context, key Key) error
}

// Activator is a Client that can activate a link, see Activatable.
type Activator[L any] interface {
	Activate(ctx context.Context, key Key) (L, error)
}
