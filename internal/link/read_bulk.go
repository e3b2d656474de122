package link

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/bulkread"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// RefreshMode is how a plan reads the links of a state: the provider's `refresh`.
type RefreshMode string

const (
	RefreshAuto RefreshMode = "auto" // singly at first, then pages of the list and single reads in turn
	RefreshList RefreshMode = "list" // by the list; singly what it does not show
	RefreshGet  RefreshMode = "get"  // one request per link
)

// RefreshModes are the values of `refresh`, the default first.
var RefreshModes = []RefreshMode{RefreshAuto, RefreshList, RefreshGet}

// perVendor gives what a vendor's resources and actions have in common under one configuration; the first to ask makes it.
func perVendor[T any](r *ProviderData, vendor string, build func() T) T {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.readers == nil {
		r.readers = map[string]any{}
	}
	if have, ok := r.readers[vendor].(T); ok {
		return have
	}
	made := build()
	r.readers[vendor] = made
	return made
}

// bulkReader is nil where every link is read singly.
func (a *configured[M, L, PM]) bulkReader() *bulkread.Reader[L] {
	pager, ok := a.client.(driver.Pager[L])
	if !ok || a.data == nil || a.data.RefreshMode == RefreshGet {
		return nil
	}
	return perVendor(a.data, a.info.Name, func() *bulkread.Reader[L] {
		batcher, _ := a.client.(driver.Batcher[L])
		return bulkread.New(bulkread.Config[L]{
			Pager: pager, Batcher: batcher, ListOnly: a.data.RefreshMode == RefreshList, Clock: a.clock, Vendor: a.info.Name,
			ID: a.idOf, IsPartial: a.isPartial,
		})
	})
}

// readResult is an answer about one link, as the vendor's and as a value of the schema.
type readResult[L any] struct {
	answer L
	value  tftypes.Value
	diags  diag.Diagnostics // of the mapping
}

// readLink reads one link for a refresh: a page's answer where it says all that the state knows, else the link's own. limit is
// the time for all of it; a page is waited for during half of it.
func (r *Resource[M, L, PM]) readLink(ctx context.Context, key driver.Key, state tftypes.Value, private privateState, created time.Time, limit time.Duration) (readResult[L], error) {
	get := func(ctx context.Context) (L, error) { return r.getWithRetry(ctx, key, created) }
	reader := r.bulkReader()
	if reader == nil || private.Imported { // the first read of an import finds out what the vendor says of a link
		got, err := get(ctx)
		return r.toResult(ctx, got, err), err
	}
	var listed readResult[L]
	got, fromPage, err := reader.Read(ctx, key, limit/2, get, func(answer L) bool {
		listed = r.toResult(ctx, answer, nil)
		return !listed.diags.HasError() && r.isComplete(listed.value, state, private)
	})
	if fromPage {
		return listed, nil
	}
	return r.toResult(ctx, got, err), err
}

func (r *Resource[M, L, PM]) toResult(ctx context.Context, answer L, err error) readResult[L] {
	if err != nil {
		return readResult[L]{}
	}
	value, diags := r.stateValue(ctx, answer)
	return readResult[L]{answer, value, diags}
}

// isComplete: no value of the state is lost by this answer. One that is lost may be the list's omission.
func (r *Resource[M, L, PM]) isComplete(listed, state tftypes.Value, private privateState) bool {
	return !r.diff.DropsValues(state, r.diff.MergeRefreshed(state, listed, private.VendorForms))
}

// isPartial compares what a page and what the link itself says, but for what answers may hide.
func (a *configured[M, L, PM]) isPartial(listed, got L) bool {
	ctx := context.Background()
	page, diags := a.stateValue(ctx, listed)
	whole, more := a.stateValue(ctx, got)
	return !more.HasError() && (diags.HasError() || a.diff.DropsValues(whole, page))
}

// The two calls that write to a link tell the refresher first.

type invalidatingRevoker struct {
	driver.Revoker
	invalidate func(driver.Key)
}

func (m invalidatingRevoker) Revoke(ctx context.Context, key driver.Key) error {
	m.invalidate(key)
	return m.Revoker.Revoke(ctx, key)
}

type invalidatingActivator[L any] struct {
	driver.Activator[L]
	invalidate func(driver.Key)
}

func (m invalidatingActivator[L]) Activate(ctx context.Context, key driver.Key) (L, error) {
	m.invalidate(key)
	return m.Activator.Activate(ctx, key)
}

// revoker is the client's, where it has one.
func (a *configured[M, L, PM]) revoker() (driver.Revoker, bool) {
	inner, ok := a.client.(driver.Revoker)
	if !ok {
		return nil, false
	}
	return invalidatingRevoker{inner, a.bulkReader().Invalidate}, true
}

// activator is the client's, where it has one.
func (a *configured[M, L, PM]) activator() (driver.Activator[L], bool) {
	inner, ok := a.client.(driver.Activator[L])
	if !ok {
		return nil, false
	}
	return invalidatingActivator[L]{inner, a.bulkReader().Invalidate}, true
}
