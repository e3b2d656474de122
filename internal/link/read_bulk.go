package link

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/bulkread"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// bulkReader returns the reader that all reads of the vendor share; nil where every link is read singly.
func (c *configured[M, L, PM]) bulkReader() *bulkread.Reader[L] {
	pager, ok := c.client.(driver.Pager[L])
	if !ok || c.data == nil || c.data.RefreshMode == RefreshGet {
		return nil
	}
	return sharedByVendor(c.data, c.info.Name, func() *bulkread.Reader[L] {
		batcher, _ := c.client.(driver.Batcher[L])
		return bulkread.New(bulkread.Config[L]{
			Pager: pager, Batcher: batcher, ListOnly: c.data.RefreshMode == RefreshList, Clock: c.clock, Vendor: c.info.Name,
			ID: c.idOf, IsPartial: c.isPartial,
		})
	})
}

// linkAnswer is what the vendor says of one link, with its mapping.
type linkAnswer[L any] struct {
	answer L
	value  tftypes.Value
	diags  diag.Diagnostics // of the mapping
}

// readLink reads one link for a refresh: from a page of the list, if that says all that the state holds, else singly. timeout
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
		return !listed.diags.HasError() && r.isComplete(listed.value, state, private)
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

// isComplete reports whether a listed link still has every value of the state. One that is missing may be the list's omission.
func (r *Resource[M, L, PM]) isComplete(listed, state tftypes.Value, private privateState) bool {
	return !r.diff.DropsValues(state, r.diff.MergeRefreshed(state, listed, private.VendorForms))
}

// isPartial reports whether a listed link lacks values that the same link has when it is read singly.
func (c *configured[M, L, PM]) isPartial(listed, got L) bool {
	ctx := context.Background()
	fromPage, pageDiags := c.stateValue(ctx, listed)
	whole, diags := c.stateValue(ctx, got)
	return !diags.HasError() && (pageDiags.HasError() || c.diff.DropsValues(whole, fromPage))
}
