// Package createonce makes exactly one link of one create. It decides which failed requests may have created a link, how such a
// link is recognised, when a create may be sent again, and what an error tells when none of that settles the matter.
//
// A create is done, refused, or unknown. An unknown outcome is settled by what the vendor offers: its list (driver.Lister), which
// is searched for one link of the same content that was created since the attempt began and belongs to no state; or an idempotency
// key (driver.Idempotent), under which the request may be sent again once nothing was found. Otherwise the error names the
// candidates and how to import one.
//
// The package knows no state and no plan modifier: it gets the planned value, and returns the vendor's answer.
package createonce

import (
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce/journal"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Creator creates the links of one vendor.
type Creator[M, L any] struct {
	Vendor   driver.Vendor[M, L]
	Client   driver.Client[M, L]
	Info     driver.Info
	Diff     diff.Schema
	Registry *Registry
	Clock    clock.Clock
	Budget   time.Duration    // of the waits of one search
	InFlight time.Duration    // how long the request of a killed run may take until the vendor has made its link, at most
	Journal  *journal.Journal // nil for none
	Account  string           // whose links these are, for the journal
	// EngineQueries tells messages that the engine may know `terraform query`.
	EngineQueries bool

	// Value maps an answer to a value of the resource's schema.
	Value func(ctx context.Context, answer L) (tftypes.Value, diag.Diagnostics)
	// ID returns the id of an answer, Key the identity of such a value, and Scope the first part of a plan's identity.
	ID    func(answer L) string
	Key   func(value tftypes.Value) driver.Key
	Scope func(plan tftypes.Value) string
	// Find reads a link that was created at a time, and returns nil if the vendor has none of this id.
	Find func(ctx context.Context, key driver.Key, created time.Time) (*L, error)
	// Refused returns the error of a create that the vendor refused. Explain describes the failure of a read.
	Refused func(err error) diag.Diagnostics
	Explain func(err error) string
}

// Created is a link that exists.
type Created[L any] struct {
	Answer L
	Began  time.Time // of the create, by the machine's clock
	// Warnings tell that the link was found rather than answered, or that the create may have left another one behind.
	Warnings diag.Diagnostics
}

// attempt is one link to create.
type attempt[M any] struct {
	value        tftypes.Value // the plan
	plan, config *M
	key          string    // idempotency key of every request of this create
	began        time.Time // by the machine's clock
	until        time.Time // a search that finds nothing goes on at least until then
	entry        *journal.Attempt
	existing     snapshot // where answers hold no creation time
	evidence     journal.Evidence
	open         int // a search is for what killed runs left; so many creates of theirs got no answer
}

// candidate is a link that a create with an unknown outcome may have made.
type candidate[L any] struct {
	answer L
	value  tftypes.Value
}

// canSearch reports whether the vendor lists its links.
func (c *Creator[M, L]) canSearch() bool {
	_, ok := c.Client.(driver.Lister[L])
	return ok
}

// class returns a text that is equal for all contents of which one link may be.
func (c *Creator[M, L]) class(value tftypes.Value) string {
	return c.Scope(value) + "\n" + c.Diff.Class(value)
}

// content returns what the journal records of a plan.
func (c *Creator[M, L]) content(plan tftypes.Value) journal.Content {
	return journal.Content{Account: c.Account, Class: c.class(plan), Exact: c.Scope(plan) + "\n" + c.Diff.Fingerprint(plan)}
}

// unique returns the arguments of which another text is another link.
func (c *Creator[M, L]) unique() []string {
	return append(slices.Clone(c.Info.Unique), c.Info.Currency)
}
