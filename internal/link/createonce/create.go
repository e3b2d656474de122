package createonce

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/hashicorp/go-uuid"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// maxCreateRetries is how often a create with an idempotency key is sent again after nothing was found of it.
const maxCreateRetries = 2

// Create creates the link of a plan. Creates of equal content run one at a time, because their links could not be told apart
// afterwards. An error tells whether a link may exist; a warning beside it or without one tells of the journal.
func (c *Creator[M, L]) Create(ctx context.Context, value tftypes.Value, plan, config *M) (_ Created[L], diags diag.Diagnostics) {
	defer func() { diags.Append(c.JournalWarning(c.Journal.Failure())...) }()
	var none Created[L]
	key, err := uuid.GenerateUUID()
	if err != nil {
		return none, c.Refused(err)
	}
	content := c.content(value)
	release, err := c.Registry.LockContent(ctx, content.Class)
	if err != nil {
		return none, c.waitedError(err)
	}
	defer release()
	existing := c.existingBefore(ctx, value)
	least, _, told := c.clockSkew()
	content.Since, content.Existing, content.Counted = c.Clock.Now().Add(least), existing.ids(content.Class), existing.counted || told && !c.Info.NoCreationTime
	entry, err := c.Journal.Begin(ctx, content)
	if err != nil {
		return none, c.waitedError(err)
	}
	a := attempt[M]{value: value, plan: plan, config: config, key: key, began: c.Clock.Now(), entry: entry, existing: existing}
	defer a.entry.End()
	taken, nothing, failed := c.settle(ctx, a)
	switch {
	case failed.HasError():
		a.entry.Refused()
		return none, failed
	case taken != nil:
		return *taken, nil
	}
	if err := a.entry.Begin(ctx, nothing); err != nil {
		a.entry.Refused()
		return none, c.waitedError(err)
	}
	a.began = c.Clock.Now() // settling takes its time
	answer, warnings, failed := c.create(ctx, a)
	if !failed.HasError() {
		a.entry.Answered(c.ID(answer))
	}
	return Created[L]{Answer: answer, Began: a.began, Warnings: warnings}, failed
}

func (c *Creator[M, L]) waitedError(err error) diag.Diagnostics {
	return c.Refused(errors.New("timed out waiting for another create with identical content: " + rest.Describe(err)))
}

func (c *Creator[M, L]) create(ctx context.Context, a attempt[M]) (answer L, warnings, failed diag.Diagnostics) {
	ctx, repeats := rest.CountRepeats(ctx)
	for retry := 0; ; retry++ {
		answer, err := c.createAfterHolder(ctx, a)
		repeated := retry > 0 || repeats.Load() > 0
		failure, _ := rest.AsError(err)
		switch {
		case err == nil && c.claim(a, answer):
			if repeated {
				warnings = c.warnRepeated(ctx, a, answer)
			}
			return answer, warnings, nil
		case err == nil:
			err = knownLinkError{c.Info.Title, c.ID(answer)}
		case retry == 0 && (failure == nil || failure.Outcome == rest.NotApplied):
			a.entry.Refused()
			return answer, nil, c.Refused(err)
		}
		c.Registry.MarkDoubt()
		found, searchErr := c.searchWithRetry(ctx, a)
		if len(found.links) == 1 && found.dated && c.claim(a, found.links[0].answer) {
			answer, warnings = found.links[0].answer, c.adoptedWarning(a, found.links[0], err)
			if repeated {
				warnings = append(warnings, c.warnRepeated(ctx, a, answer)...)
			}
			return answer, warnings, nil
		}
		if searchErr != nil || len(found.links)+len(found.near) > 0 || !c.canRetryCreate(ctx, failure, retry) {
			return answer, nil, c.unknownOutcomeError(err, found, searchErr)
		}
		tflog.Info(ctx, "Nothing was found of the create: it is sent again under the same idempotency key", map[string]any{"vendor": c.Info.Name, "again": retry + 1})
	}
}

// createAfterHolder sends the request, and once more if another link held what must be unique and this process has revoked that link
// meanwhile: a renamed block is a revoke and a create that an engine carries out in any order. A holder that was gone when it was looked
// for may have been one that this process revokes.
func (c *Creator[M, L]) createAfterHolder(ctx context.Context, a attempt[M]) (L, error) {
	answer, err := c.Client.Create(ctx, a.plan, a.config, a.key)
	var taken *driver.TakenError
	if !errors.As(err, &taken) {
		return answer, err
	}
	free := c.Registry.Revokes()
	if taken.Holder.ID != "" {
		free = c.Registry.AwaitRevoke(ctx, c.Clock, taken.Holder)
	}
	if !free {
		return answer, err
	}
	return c.Client.Create(ctx, a.plan, a.config, a.key)
}

// claim takes a link for this create. It returns false for one that was known before, or existed: the create did not make that.
func (c *Creator[M, L]) claim(a attempt[M], answer L) bool {
	key := driver.Key{Scope: c.Scope(a.value), ID: c.ID(answer)}
	return !a.existing.keys[key] && !c.Registry.MarkKnown(key)
}

// knownLinkError is a success that names a link which the create did not make.
type knownLinkError struct{ vendor, id string }

func (e knownLinkError) Error() string {
	return e.vendor + " returned link " + e.id + ", which existed before. It is not known whether the request created another one."
}

// canRetryCreate reports whether the request may be sent again under the same key: the vendor promises idempotency, and failed
// with a 5xx. It is asked only after a search that found nothing.
func (c *Creator[M, L]) canRetryCreate(ctx context.Context, failure *rest.Error, retry int) bool {
	idempotent, ok := c.Client.(driver.Idempotent)
	return ok && c.canSearch() && idempotent.UsesIdempotencyKey() && ctx.Err() == nil && retry < maxCreateRetries &&
		failure != nil && failure.Status >= http.StatusInternalServerError
}

// warnRepeated tells that a create was sent more than once, and of any other link that its first request may have made: the vendor
// promises one link for one key, and nothing else keeps it to that. It looks as long as lists lag.
func (c *Creator[M, L]) warnRepeated(ctx context.Context, a attempt[M], answer L) diag.Diagnostics {
	others, err := c.searchWithRetry(ctx, a)
	shown := "The list, read several times since then, shows no other link with this content. It may still appear."
	switch {
	case !c.canSearch():
		shown = "It has no call that lists links, so the provider could not search for another one."
	case err != nil:
		shown = "The search for another one failed: " + c.Explain(err)
	case len(others.links) > 0:
		shown = "The first request may have created:\n" + formatCandidates(others.links)
	}
	plan, look := diff.Attributes(a.value), "Check it"
	var named []string
	for _, name := range c.Info.Unique {
		if text := diff.String(plan[name]); text != "" {
			named = append(named, fmt.Sprintf("`%s` %q", name, text))
		}
	}
	if len(named) > 0 {
		look = "Check " + strings.Join(named, " and ")
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Another "+c.Info.Title+" payment link may have been created",
		fmt.Sprintf("The create request was sent again with the same idempotency key, because the first one got no usable response. The link %s is now in state. %s promises one link per key. %s\n\n"+
			"Anyone who has the URL of another link can pay it. %s in %s's console.", c.ID(answer), c.Info.Title, shown, look, c.Info.Title))}
}
