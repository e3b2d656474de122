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

// About is what is fixed about a vendor's links.
type About struct {
	Name        string // "qonto": the provider's object, and the middle of the type name
	Title       string // "Qonto": as people write it
	Description string // Markdown of the resource's page
	// Setup says, as a sentence, how the vendor is configured; it ends the error that says that it is not.
	Setup string
	// Scope is the attribute that is the first part of the identity; empty when the id alone is one.
	Scope string
	// Revocable: the vendor documents a call that revokes a link.
	Revocable bool
	// ReplaceWhen is the default of that policy.
	ReplaceWhen []State
	// Hidden lists attributes (dotted, no indexes) that an answer may leave out although the link has them.
	Hidden []string
	// ConfirmGone: a 404 is believed only when the vendor's list does not show the link either.
	ConfirmGone bool
	// CheckID says what is wrong with the form of an id; nil when any id will do.
	CheckID func(id string) error
	// Upgrades reads states that earlier schema versions wrote.
	Upgrades map[int64]resource.StateUpgrader
}

// Vendor is what exists without any configuration: the schema and the mapping of an answer.
// M is the vendor's model and embeds Model; L is its link on the wire.
type Vendor[M, L any] interface {
	About() About
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

// Demander is a Vendor that wants more for a new link than for one that exists (what an import cannot read back).
type Demander[M any] interface {
	Demand(ctx context.Context, plan *M) diag.Diagnostics
}

// Ender is a Vendor whose State may say something else of a link that is revoked all the same (a payment under way on it).
type Ender[L any] interface {
	// Ended: a revoke of this link has nothing left to do.
	Ended(answer L, now time.Time) bool
}

// Foreseer is a Vendor that can tell, while planning, that a replacement will be refused.
type Foreseer[M any] interface {
	// Foresee warns of what will be refused when plan replaces state. Values of plan may be unknown.
	Foresee(ctx context.Context, state, plan *M) diag.Diagnostics
}

// Verifier is a Vendor whose answer to a create must keep a promise; when it does not, the new link is revoked.
type Verifier[M, L any] interface {
	Verify(ctx context.Context, plan *M, answer L) diag.Diagnostics
}

// Activatable is a Vendor whose links can be activated in place, through the attribute `activate`.
type Activatable[M any] interface {
	// Dormant: the link waits for its activation.
	Dormant(state *M) bool
}

// Client is what exists once the vendor is configured: its calls. Errors are *rest.Error where the vendor was asked.
type Client[M, L any] interface {
	Account() Account
	// Create sends one request. config carries what never reaches the plan (write-only arguments).
	Create(ctx context.Context, plan, config *M) (L, error)
	Get(ctx context.Context, key Key) (L, error)
	// List walks all links of the account (of the scope, where there is one), page by page.
	List(ctx context.Context, scope string) iter.Seq2[L, error]
}

// Revoker is a Client that can revoke a link.
type Revoker interface {
	Revoke(ctx context.Context, key Key) error
}

// Activator is a Client that can activate a link.
type Activator[L any] interface {
	Activate(ctx context.Context, key Key) (L, error)
}

// Linked is a pointer to a vendor's model.
type Linked[M any] interface {
	*M
	base() *Model
}
