package link

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// linkAnswer is what the vendor says of one link, with its mapping.
type linkAnswer[L any] struct {
	answer L
	value  tftypes.Value
	diags  diag.Diagnostics // of the mapping
}

// readLink reads one link for a refresh: from a page of the list if that says nothing new, else singly. timeout
// bounds all of it; half of it may be spent waiting for pages.
func (r *Resource[M, L, PM]) readLink(ctx context.Context, key driver.Key, state tftypes.Value, private privateState, timeout time.Duration) (linkAnswer[L], error) {
	created := r.createdByAccount(key, private)
	get := func(ctx context.Context) (L, error) { return r.getWithRetry(ctx, key, created) }
	reader := r.bulkReader()
	if reader == nil || private.Imported { // the first read of an import learns what the vendor says of a link
		answer, err := get(ctx)
		return r.mapAnswer(ctx, answer, err), err
	}
	var listed linkAnswer[L]
	answer, fromPage, err := reader.Read(ctx, key, timeout/2, get, func(answer L) bool {
		listed = r.mapAnswer(ctx, answer, nil)
		return r.saysNothingNew(listed, state, private)
	})
	if fromPage {
		return listed, nil
	}
	return r.mapAnswer(ctx, answer, err), err
}

func (r *Resource[M, L, PM]) mapAnswer(ctx context.Context, answer L, err error) linkAnswer[L] {
	if err != nil {
		return linkAnswer[L]{}
	}
	value, diags := r.stateValue(ctx, answer)
	return linkAnswer[L]{answer, value, diags}
}

// saysNothingNew reports whether a listed link is as the state has it. A list may lag or say less than the link itself, so that what
// would change, replace or warn is read singly, and so is a link whose state may follow from what the page leaves out.
func (c *configured[M, L, PM]) saysNothingNew(listed linkAnswer[L], state tftypes.Value, private privateState) bool {
	return len(listed.diags) == 0 && len(c.answerWarnings(listed.answer)) == 0 && !c.diff.LeavesOutStatus(state, listed.value) &&
		c.mergeRefreshed(state, listed.value, private).Equal(state)
}
