package link

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// news is an answer about one link, as the vendor's and as a value of the schema.
type news[L any] struct {
	answer L
	value  tftypes.Value
	diags  diag.Diagnostics // of the mapping
}

// renew reads one link for a refresh: a page's answer where it says all that the state knows, else the link's own. limit is
// the time for all of it; a page is waited for during half of it.
func (r *Resource[M, L, PM]) renew(ctx context.Context, key Key, state tftypes.Value, remembered note, created time.Time, limit time.Duration) (news[L], error) {
	f := r.refresher()
	if f == nil || remembered.Imported { // the first read of an import finds out what the vendor says of a link
		got, err := r.look(ctx, key, created)
		return r.mapped(ctx, got, err), err
	}
	patience, cancel := context.WithTimeout(ctx, limit/2)
	defer cancel()
	f.enter()
	defer f.leave()
	v := f.visit(ctx, patience, key)
	if v.met {
		listed := r.mapped(ctx, v.answer, nil)
		if !listed.diags.HasError() && r.tellsAll(listed.value, state, remembered) {
			return listed, nil
		}
	}
	got, err := r.look(ctx, key, created)
	v.heard(ctx, got, err)
	return r.mapped(ctx, got, err), err
}

func (r *Resource[M, L, PM]) mapped(ctx context.Context, answer L, err error) news[L] {
	if err != nil {
		return news[L]{}
	}
	value, diags := r.answered(ctx, answer)
	return news[L]{answer, value, diags}
}

// tellsAll: no value of the state is lost by this answer. One that is lost may be the list's omission.
func (r *Resource[M, L, PM]) tellsAll(listed, state tftypes.Value, remembered note) bool {
	return !r.shape.loses(spot{}, state, r.shape.refreshed(state, listed, remembered.Echo))
}

// thinner compares what a page and what the link itself says, but for what answers may hide.
func (a *access[M, L, PM]) thinner(listed, got L) bool {
	ctx := context.Background()
	page, diags := a.answered(ctx, listed)
	whole, more := a.answered(ctx, got)
	return !more.HasError() && (diags.HasError() || a.shape.loses(spot{}, whole, page))
}

// loses: something that before says is missing in after. What differs is no loss, nor is what an answer may hide, or never
// decides.
func (s shape) loses(p spot, before, after tftypes.Value) bool {
	switch {
	case empty(before) || s.held[p.name] || s.hidden[p.name]:
		return false
	case empty(after):
		return !s.onlyHidden(p, before)
	case before.Type().Is(tftypes.Object{}):
		afters := attributesOf(after)
		for name, value := range attributesOf(before) {
			if s.loses(p.attribute(name), value, afters[name]) {
				return true
			}
		}
		return false
	case before.Type().Is(tftypes.List{}), before.Type().Is(tftypes.Set{}):
		return s.losesElements(p, elementsOf(before), elementsOf(after))
	}
	return false
}

func (s shape) losesElements(p spot, before, after []tftypes.Value) bool {
	if len(after) < len(before) {
		return true
	}
	for i := range before {
		if s.loses(p, before[i], after[i]) {
			return true
		}
	}
	return false
}

// onlyHidden: all that this value says is what answers may hide.
func (s shape) onlyHidden(p spot, v tftypes.Value) bool {
	if !v.Type().Is(tftypes.Object{}) {
		return false
	}
	for name, nested := range attributesOf(v) {
		at := p.attribute(name)
		if !empty(nested) && !s.hidden[at.name] && !s.held[at.name] && !s.onlyHidden(at, nested) {
			return false
		}
	}
	return true
}

// The two calls that write to a link tell the refresher first.

type markedRevoker struct {
	Revoker
	wrote func(Key)
}

func (m markedRevoker) Revoke(ctx context.Context, key Key) error {
	m.wrote(key)
	return m.Revoker.Revoke(ctx, key)
}

type markedActivator[L any] struct {
	Activator[L]
	wrote func(Key)
}

func (m markedActivator[L]) Activate(ctx context.Context, key Key) (L, error) {
	m.wrote(key)
	return m.Activator.Activate(ctx, key)
}

// revoker is the client's, where it has one.
func (a *access[M, L, PM]) revoker() (Revoker, bool) {
	inner, ok := a.client.(Revoker)
	if !ok {
		return nil, false
	}
	return markedRevoker{inner, a.refresher().wrote}, true
}

// activator is the client's, where it has one.
func (a *access[M, L, PM]) activator() (Activator[L], bool) {
	inner, ok := a.client.(Activator[L])
	if !ok {
		return nil, false
	}
	return markedActivator[L]{inner, a.refresher().wrote}, true
}
