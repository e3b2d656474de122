package createonce

import (
	"context"
	"errors"
	"net/http"

	"github.com/hashicorp/go-uuid"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// maxCreateRetries is how often a create with an idempotency key is sent again after nothing was found of it.
const maxCreateRetries = 2

// Create creates the link of a plan. Creates of equal content run one at a time, because their links could not be told apart
// afterwards. An error tells whether a link may exist.
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

// canRetryCreate reports whether the request may be sent again under the same key: the vendor promises idempotency, and failed
// with a 5xx. It is asked only after a search that found nothing.
func (c *Creator[M, L]) canRetryCreate(ctx context.Context, failure *rest.Error, retry int) bool {
	idempotent, ok := c.Client.(driver.Idempotent)
	return ok && c.canSearch() && idempotent.UsesIdempotencyKey() && ctx.Err() == nil && retry < maxCreateRetries &&
		failure != nil && failure.Status >= http.StatusInternalServerError
}

// warnDuplicates searches, after a create that was sent more than once, for a second link that it left behind.
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
