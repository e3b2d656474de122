// Package createonce makes one link of one create: exactly one request, and where nobody knows what became of it, evidence in
// place of another.
//
// A create is done, refused, or unknown. Unknown is settled by what the vendor offers: its list (driver.Lister), searched for
// one link of the whole content that was created since the attempt began and that no state has; an idempotency key
// (driver.Idempotent), under which the request may be sent again once nothing was found. What cannot be settled is an error
// that names the candidates and how to import them.
package createonce

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/hashicorp/go-uuid"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// maxCreateRetries is how often a create with an idempotency key is sent again after nothing was found of it.
const maxCreateRetries = 2

// Creator creates the links of one vendor.
type Creator[M, L any] struct {
	Vendor   driver.Vendor[M, L]
	Client   driver.Client[M, L]
	Info     driver.Info
	Diff     diff.Schema
	Registry *Registry
	Clock    clock.Clock
	Budget   time.Duration // of the waits of one search

	// Value maps an answer to a value of the resource's schema.
	Value func(ctx context.Context, answer L) (tftypes.Value, diag.Diagnostics)
	// ID returns the id of an answer, Key the identity of such a value, and Scope its first part for a plan.
	ID    func(answer L) string
	Key   func(value tftypes.Value) driver.Key
	Scope func(plan tftypes.Value) string
	// Refused returns the error of a create that the vendor refused; Explain everything known about the failure of a read.
	Refused func(err error) diag.Diagnostics
	Explain func(err error) string
}

// Created is a link that exists.
type Created[L any] struct {
	Answer L
	Began  time.Time // of the create, by our clock
	// Warnings tell of a link that was found and not answered, or of another one that the create may have left behind.
	Warnings diag.Diagnostics
}

// attempt is one link to be created.
type attempt[M any] struct {
	value        tftypes.Value // the plan
	plan, config *M
	key          string    // idempotency key, the same for every request of this create
	began        time.Time // by our clock
}

// Create creates the link of a plan. Creates of equal content run one at a time: afterwards nobody could tell them apart. An
// error tells whether a link may exist.
func (c *Creator[M, L]) Create(ctx context.Context, value tftypes.Value, plan, config *M) (Created[L], diag.Diagnostics) {
	var none Created[L]
	key, err := uuid.GenerateUUID()
	if err != nil {
		return none, c.Refused(err)
	}
	release, err := c.Registry.LockContent(ctx, c.Scope(value)+"\n"+c.Diff.Fingerprint(value))
	if err != nil {
		return none, c.Refused(errors.New("the create was still waiting for another one of the same content: " + rest.Describe(err)))
	}
	defer release()
	c.snapshotExisting(ctx, value)
	a := attempt[M]{value: value, plan: plan, config: config, key: key, began: c.Clock.Now()}
	answer, warnings, failed := c.create(ctx, a)
	if failed.HasError() {
		return none, failed
	}
	c.Registry.MarkManaged(driver.Key{Scope: c.Scope(value), ID: c.ID(answer)})
	return Created[L]{Answer: answer, Began: a.began, Warnings: warnings}, nil
}

func (c *Creator[M, L]) create(ctx context.Context, a attempt[M]) (answer L, warnings, failed diag.Diagnostics) {
	for retry := 0; ; retry++ {
		answer, err := c.Client.Create(ctx, a.plan, a.config, a.key)
		if err == nil {
			return answer, c.warnDuplicates(ctx, a, answer, retry), nil
		}
		failure, ok := rest.AsError(err)
		if retry == 0 && (!ok || failure.Outcome == rest.NotApplied) {
			return answer, nil, c.Refused(err)
		}
		found, conclusive, searchErr := c.searchWithRetry(ctx, a)
		if searchErr == nil && conclusive && len(found) == 1 {
			return found[0].answer, c.adoptedWarning(found[0], err), nil
		}
		if searchErr != nil || len(found) > 0 || !c.canRetryCreate(ctx, failure, retry) {
			return answer, nil, c.unknownOutcomeError(err, found, searchErr)
		}
		tflog.Info(ctx, "Nothing was found of the create: it is sent again under the same idempotency key", map[string]any{"vendor": c.Info.Name, "again": retry + 1})
	}
}

// canRetryCreate reports whether the vendor promised to answer a second request with the same key by what the first one made,
// and failed at the first in a way that is no answer about it.
func (c *Creator[M, L]) canRetryCreate(ctx context.Context, failure *rest.Error, retry int) bool {
	idempotent, ok := c.Client.(driver.Idempotent)
	return ok && c.canSearch() && idempotent.UsesIdempotencyKey() && ctx.Err() == nil && retry < maxCreateRetries &&
		failure != nil && failure.Status >= http.StatusInternalServerError
}

// warnDuplicates looks, after a create that had to be sent more than once, whether the vendor kept its promise.
func (c *Creator[M, L]) warnDuplicates(ctx context.Context, a attempt[M], answer L, retry int) diag.Diagnostics {
	if retry == 0 {
		return nil
	}
	if value, diags := c.Value(ctx, answer); !diags.HasError() {
		c.Registry.MarkManaged(c.Key(value))
	}
	others, _, err := c.search(ctx, a)
	if err != nil || len(others) == 0 {
		return nil
	}
	return diag.Diagnostics{c.duplicateWarning(others)}
}
