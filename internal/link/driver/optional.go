package driver

import (
	"context"
	"iter"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// The interfaces below are optional. A vendor or client has a capability if it implements the interface; each comment tells what
// happens without it. A vendor's package asserts those that it means to have: `var _ driver.Lister[Link] = (*client)(nil)`.

// Capabilities of a Vendor.

// CreateValidator is a Vendor that requires more of a new link than the schema does: what an import cannot read back. Without it a
// new link needs what the schema requires.
type CreateValidator[M any] interface {
	// ValidateCreate checks the configuration of a new link. Values may be unknown.
	ValidateCreate(ctx context.Context, config *M) diag.Diagnostics
}

// EndChecker is a Vendor whose State may name another state although the link is revoked, as while a payment is in progress.
// Without it a link has ended if its State has.
type EndChecker[L any] interface {
	// IsEnded reports whether there is nothing left to revoke.
	IsEnded(answer L, now time.Time) bool
}

// RevocationDelayer is a Vendor that refuses to revoke a link while it can be paid, until a moment that its answers tell. Without it
// nothing waits after a refused revoke.
type RevocationDelayer[L any] interface {
	// RevocableAt returns that moment for an open link; zero if waiting changes nothing.
	RevocableAt(answer L) time.Time
}

// PlanWarner is a Vendor that can tell, while planning, that a revoke will be refused or has to wait. Without it a refusal shows at
// apply.
type PlanWarner[M any] interface {
	// PlanWarnings returns what to expect when plan replaces state or, if plan is nil, state is destroyed. Values of plan may be
	// unknown. A destroy that begins at now would wait until the moment until.
	PlanWarnings(ctx context.Context, state, plan *M, now, until time.Time) diag.Diagnostics
}

// AnswerWarner is a Vendor that warns about answers that it cannot fully read. Without it answers are mapped silently.
type AnswerWarner[L any] interface {
	Warnings(answer L) diag.Diagnostics
}

// Expirer is a Vendor whose links expire by themselves. Its model has the text `renew_before`. Without it there is no `renew_before`.
type Expirer[M any] interface {
	// Expiry returns what a state, or the plan of a new link, tells of its end.
	Expiry(link *M) Expiry
}

// Expiry is the end of a link: zero what is not known.
type Expiry struct {
	Attribute string // with the end, known or not
	At        time.Time
	Life      time.Duration // from the create to At
}

// StateTimer is a Vendor that tells since when a link is in its state. Without it messages leave that out.
type StateTimer[M any] interface {
	// StateSince returns that moment as the vendor wrote it; empty if it does not tell.
	StateSince(state *M) string
}

// MoneyTeller is a Vendor whose answers say what money a link asks for; a new link that asks for other money than its plan is
// revoked again. Without it an answer is taken as it is.
type MoneyTeller[M any] interface {
	// MoneyTerms compares a plan with the answer to its create.
	MoneyTerms(plan, answer *M) []MoneyTerm
}

// Activatable is a Vendor whose links are activated in place, through the attribute `activate`. Its client is an Activator.
type Activatable[M any] interface {
	// AwaitsActivation reports whether the link cannot be paid before it is activated.
	AwaitsActivation(state *M) bool
}

// DisplayNamer is a Vendor that names a link for people: what it is for, its number, its amount. Nothing of it may be sensitive.
// Without it a list shows the state alone.
type DisplayNamer[L any] interface {
	// Name returns the parts of the name, without the state.
	Name(answer L) []string
}

// Capabilities of a Client.

// Lister is a Client whose vendor lists links. Without it there is neither a plural data source nor a list resource, links are read
// one by one, a 404 is believed when the error is the vendor's own, and a create with an unknown outcome is an error that names no candidates.
type Lister[L any] interface {
	// List ranges over the links that match the query, page by page, each once.
	List(ctx context.Context, query Query) iter.Seq2[L, error]
}

// Pager is a Client whose list can be read one page at a time. Without it a refresh reads links one by one.
type Pager[L any] interface {
	// PageAt reads, by one request, the page at a cursor: the Next of the page before it, or "" for the first. It hands each link on as
	// it comes, by its id ("" for one that cannot be read) and what returns it, and returns the page without them. After an error those
	// that came were not all.
	PageAt(ctx context.Context, scope, cursor string, each func(id string, link func() L)) (paging.Page[L, string], error)
}

// Batcher is a Client that can read several links by one request. Without it links that pages do not show are read one by one.
type Batcher[L any] interface {
	// Batch returns the links that the vendor finds, in any order.
	Batch(ctx context.Context, scope string, ids []string) ([]L, error)
	// MaxBatch returns how many ids one request may hold.
	MaxBatch() int
}

// CandidateLister is a Client that can list a part of the links that holds any created from a plan. Without it a create with an
// unknown outcome searches the whole list.
type CandidateLister[M, L any] interface {
	// ListCandidates ranges over that part, like Lister.List.
	ListCandidates(ctx context.Context, plan *M) iter.Seq2[L, error]
}

// Idempotent is a Client whose vendor promises that a second create under the same key creates no second link. Without it a
// create whose outcome is unknown is never sent again.
type Idempotent interface {
	// UsesIdempotencyKey reports whether Create sends its key.
	UsesIdempotencyKey() bool
}

// ClockSkewer is a Client that learns the vendor's time from its answers. Without it the vendor's clock counts as at most two minutes
// behind.
type ClockSkewer interface {
	// ClockSkew returns by how much the vendor's clock is ahead, at least and at most; false before the first answer.
	ClockSkew() (least, most time.Duration, known bool)
}

// Scoped is a Client with a default for the first part of a two-part identity. Without it every link must name its scope.
type Scoped interface {
	// DefaultScope returns the configured scope; empty for none.
	DefaultScope() string
}

// Revoker is a Client that can revoke a link. Without it a destroy leaves the link payable, with a warning, and `on_destroy` takes
// `abandon` and `fail`.
type Revoker[L any] interface {
	// Revoke ends a link by one request. It returns the link as the answer shows it; nil after a success that is documented to show
	// none. An error leaves open whether it did.
	Revoke(ctx context.Context, key Key) (*L, error)
}

// Activator is a Client that can activate a link, see Activatable.
type Activator[L any] interface {
	// Activate returns the link as it is afterwards.
	Activate(ctx context.Context, key Key) (L, error)
}
