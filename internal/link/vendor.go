// Package link is the life of a payment link, written once: schema parts, plan, create, read, destroy, import,
// policies and diagnostics. A vendor only says what its links look like, which calls it has and what its words mean.
package link

import (
	"context"
	"iter"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// Key names one link at its vendor. Scope is the first part of a two-part identity (Gigs' project), else empty.
type Key struct {
	Scope, ID string
}

// Info is what is fixed about a vendor's links.
type Info struct {
	Name        string // "qonto": the provider's object, and the middle of the type name
	Title       string // "Qonto": as people write it
	Description string // Markdown of the resource's page
	// ConfigurationHint says, as a sentence, how the vendor is configured; it ends the error that says that it is not.
	ConfigurationHint string
	// ReadPermission and WriteRight are what credentials need to read and to change links, where the vendor says; they end "it takes".
	ReadPermission, WritePermission string
	// Scope is the attribute that is the first part of the identity; empty when the id alone is one.
	Scope string
	// Revocable: the vendor documents a call that revokes a link.
	Revocable bool
	// ReplaceWhen is the default of that policy.
	ReplaceWhen []State
	// Hidden lists attributes (dotted, no indexes) that an answer may leave out although the link has them.
	Hidden []string
	// ConfirmNotFoundByList: a 404 is believed only when the vendor's list does not show the link either.
	ConfirmNotFoundByList bool
	// NoCreationTime: answers do not say when a link was made, so that what exists is noted before the first create.
	NoCreationTime bool
	// CheckID says what is wrong with the form of an id; nil when any id will do.
	CheckID func(id string) error
	// Filters are the vendor's own; `states` and a scope are everybody's.
	Filters []Filter
	// Lookup is a second way to name one link; nil when there is only the id.
	Lookup *Lookup
	// NeverReturned lists attributes (dotted) that no answer ever holds, so that data sources leave them out.
	NeverReturned []string
	// Amount and Currency are the attributes (dotted) with what a link asks for; empty where the vendor does not say.
	Amount, Currency string
	// Upgrades reads states that earlier schema versions wrote.
	Upgrades map[int64]resource.StateUpgrader
}

// Vendor is what exists without any configuration: the schema and the mapping of an answer.
// M is the vendor's model and embeds Model; L is its link on the wire.
type Vendor[M, L any] interface {
	Info() Info
	// Attributes are the vendor's own; the common ones are added here. None of them asks for replacement.
	Attributes() map[string]schema.Attribute
	// Validate checks what is certain without a request. Values may be unknown.
	Validate(ctx context.Context, config *M) diag.Diagnostics
	// Model maps an answer: id, url and every attribute that it holds; what it does not hold is null.
	Model(answer L) M
	// State is the vendor's word as one of ours.
	State(answer L, now time.Time) State
	// Created is when the vendor made the link; zero where it does not say.
	Created(answer L) time.Time
}

// CreateValidator is a Vendor that wants more for a new link than for one that exists (what an import cannot read back).
type CreateValidator[M any] interface {
	ValidateCreate(ctx context.Context, plan *M) diag.Diagnostics
}

// EndChecker is a Vendor whose State may say something else of a link that is revoked all the same (a payment under way on it).
type EndChecker[L any] interface {
	// IsEnded: a revoke of this link has nothing left to do.
	IsEnded(answer L, now time.Time) bool
}

// RevocationDelayer is a Vendor that does not revoke a link while it can be paid, but lets go of it by itself at some moment.
type RevocationDelayer[L any] interface {
	// RevocableAt is that moment for an open link; zero where there is none, or nothing is held.
	RevocableAt(answer L) time.Time
}

// PlanWarner is a Vendor that can tell, while planning, that the end of a link will be refused, or has to be waited for.
type PlanWarner[M any] interface {
	// PlanWarnings warns of what will happen when plan replaces state, or (plan is nil) state is destroyed. Values of plan may
	// be unknown. A destroy that begins now would wait until then.
	PlanWarnings(ctx context.Context, state, plan *M, now, until time.Time) diag.Diagnostics
}

// AnswerWarner is a Vendor that has something to say of an answer that it cannot fully read.
type AnswerWarner[L any] interface {
	Warnings(answer L) diag.Diagnostics
}

// StateTimer is a Vendor that says since when a link is what its state says.
type StateTimer[M any] interface {
	// StateSince is that moment as the vendor wrote it; empty where it does not say.
	StateSince(state *M) string
}

// Normalizer is a Vendor that may write some of what was asked for in another way.
type Normalizer interface {
	// MayNormalize: another text of this attribute (dotted, with indexes) does not prove that it is another link.
	MayNormalize(attribute string) bool
}

// Verifier is a Vendor whose answer to a create must keep a promise; when it does not, the new link is revoked.
type Verifier[M, L any] interface {
	Verify(ctx context.Context, plan *M, answer L) diag.Diagnostics
}

// Activatable is a Vendor whose links can be activated in place, through the attribute `activate`.
type Activatable[M any] interface {
	// AwaitsActivation: the link waits for its activation.
	AwaitsActivation(state *M) bool
}

// Client is what exists once the vendor is configured: its calls. Errors are *rest.Error where the vendor was asked.
type Client[M, L any] interface {
	Account() Account
	// Create sends one request. config carries what never reaches the plan (write-only arguments); key is the same for
	// every request of one create, for vendors that know idempotency keys.
	Create(ctx context.Context, plan, config *M, key string) (L, error)
	Get(ctx context.Context, key Key) (L, error)
	// List walks the links that the query asks for, page by page, each once.
	List(ctx context.Context, query Query) iter.Seq2[L, error]
}

// Query narrows a list. The zero Query asks for all links of the account.
type Query struct {
	Scope string // the account's own when empty
	// Filters holds values by About.Filters' names. A filter without values asks for nothing.
	Filters map[string][]string
}

// Filter is one argument that a vendor's list call itself narrows by.
type Filter struct {
	Name        string // of the argument, "statuses"
	Description string
	Single      bool     // a single text and no set
	Values      []string // all that it may hold; nil: any text but ""
	Sensitive   bool     // a payer's data
	// States names the values that mean exactly one of our states, so that `states` can be sent too.
	States map[State][]string
}

// Lookup names one link by an attribute that is unique among those that exist. The vendor's list is walked for it.
type Lookup struct {
	Attribute string // "checkout_token"
	Narrow    Filter // a filter of which one value shortens the walk; its Name is that of About.Filters
	Argument  string // of the data source, with that value
}

// CandidateLister is a Client that can walk only those links among which one made from plan would be.
type CandidateLister[M, L any] interface {
	ListCandidates(ctx context.Context, plan *M) iter.Seq2[L, error]
}

// Idempotent is a Client whose vendor promises that a second create under the same key makes no second link.
type Idempotent interface {
	// Keyed: creates carry their key.
	Keyed() bool
}

// ClockSkewer is a Client that learns the vendor's time from its answers.
type ClockSkewer interface {
	// Ahead is how far the vendor's clock is ahead of ours, at least; false before the first answer.
	Ahead() (time.Duration, bool)
}

// Revoker is a Client that can revoke a link.
type Revoker interface {
	Revoke(ctx context.Context, key Key) error
}

// Activator is a Client that can activate a link.
type Activator[L any] interface {
	Activate(ctx context.Context, key Key) (L, error)
}

// ModelPointer is a pointer to a vendor's model.
type ModelPointer[M any] interface {
	*M
	Common() *Model
}
