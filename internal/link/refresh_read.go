package link

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// readResult is an answer about one link, as the vendor's and as a value of the schema.
type readResult[L any] struct {
	answer L
	value  tftypes.Value
	diags  diag.Diagnostics // of the mapping
}

// readLink reads one link for a refresh: a page's answer where it says all that the state knows, else the link's own. limit is
// the time for all of it; a page is waited for during half of it.
func (r *Resource[M, L, PM]) readLink(ctx context.Context, key Key, state tftypes.Value, private privateState, created time.Time, limit time.Duration) (readResult[L], error) {
	f := r.bulkReader()
	if f == nil || private.Imported { // the first read of an import finds out what the vendor says of a link
		got, err := r.getWithRetry(ctx, key, created)
		return r.toResult(ctx, got, err), err
	}
	patience, cancel := context.WithTimeout(ctx, limit/2)
	defer cancel()
	f.beginRead()
	defer f.endRead()
	v := f.lookUp(ctx, patience, key)
	if v.found {
		listed := r.toResult(ctx, v.answer, nil)
		if !listed.diags.HasError() && r.isComplete(listed.value, state, private) {
			return listed, nil
		}
	}
	got, err := r.getWithRetry(ctx, key, created)
	v.report(ctx, got, err)
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
	return !r.diff.dropsValues(location{}, state, r.diff.MergeRefreshed(state, listed, private.VendorForms))
}

// isPartial compares what a page and what the link itself says, but for what answers may hide.
func (a *configured[M, L, PM]) isPartial(listed, got L) bool {
	ctx := context.Background()
	page, diags := a.stateValue(ctx, listed)
	whole, more := a.stateValue(ctx, got)
	return !more.HasError() && (diags.HasError() || a.diff.dropsValues(location{}, whole, page))
}

// dropsValues: something that before says is missing in after. What differs is no loss, nor is what an answer may hide, or never
// decides.
func (s Schema) dropsValues(p location, before, after tftypes.Value) bool {
	switch {
	case isEmpty(before) || s.providerOwned[p.schemaPath] || s.hidden[p.schemaPath]:
		return false
	case isEmpty(after):
		return !s.isOnlyHidden(p, before)
	case before.Type().Is(tftypes.Object{}):
		afters := Attributes(after)
		for name, value := range Attributes(before) {
			if s.dropsValues(p.attribute(name), value, afters[name]) {
				return true
			}
		}
		return false
	case before.Type().Is(tftypes.List{}), before.Type().Is(tftypes.Set{}):
		return s.dropsElements(p, Elements(before), Elements(after))
	}
	return false
}

func (s Schema) dropsElements(p location, before, after []tftypes.Value) bool {
	if len(after) < len(before) {
		return true
	}
	for i := range before {
		if s.dropsValues(p, before[i], after[i]) {
			return true
		}
	}
	return false
}

// isOnlyHidden: all that this value says is what answers may hide.
func (s Schema) isOnlyHidden(p location, v tftypes.Value) bool {
	if !v.Type().Is(tftypes.Object{}) {
		return false
	}
	for name, nested := range Attributes(v) {
		at := p.attribute(name)
		if !isEmpty(nested) && !s.hidden[at.schemaPath] && !s.providerOwned[at.schemaPath] && !s.isOnlyHidden(at, nested) {
			return false
		}
	}
	return true
}

// The two calls that write to a link tell the refresher first.

type invalidatingRevoker struct {
	Revoker
	invalidate func(Key)
}

func (m invalidatingRevoker) Revoke(ctx context.Context, key Key) error {
	m.invalidate(key)
	return m.Revoker.Revoke(ctx, key)
}

type invalidatingActivator[L any] struct {
	Activator[L]
	invalidate func(Key)
}

func (m invalidatingActivator[L]) Activate(ctx context.Context, key Key) (L, error) {
	m.invalidate(key)
	return m.Activator.Activate(ctx, key)
}

// revoker is the client's, where it has one.
func (a *configured[M, L, PM]) revoker() (Revoker, bool) {
	inner, ok := a.client.(Revoker)
	if !ok {
		return nil, false
	}
	return invalidatingRevoker{inner, a.bulkReader().Invalidate}, true
}

// activator is the client's, where it has one.
func (a *configured[M, L, PM]) activator() (Activator[L], bool) {
	inner, ok := a.client.(Activator[L])
	if !ok {
		return nil, false
	}
	return invalidatingActivator[L]{inner, a.bulkReader().Invalidate}, true
}
