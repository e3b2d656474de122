package memdriver

import (
	"context"
	"iter"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// client has the calls that every vendor has, and an activation.
type client struct {
	store   *Store
	account driver.Account
	project string // the default
	digits  int    // Options.MinorUnitDigits
}

// lister, pager and revoker are further calls.
type (
	lister  struct{ c client }
	revoker struct{ c client }
	pager   struct {
		lister lister
		edit   func(*Link)
	}
)

var (
	_ driver.Client[model, Link] = client{}
	_ driver.Activator[Link]     = client{}
	_ driver.Scoped              = client{}
	_ driver.Idempotent          = client{}
	_ driver.ClockSkewer         = client{}
	_ driver.Lister[Link]        = lister{}
	_ driver.Pager[Link]         = pager{}
	_ driver.Revoker[Link]       = revoker{}
)

func (c client) Account() driver.Account { return c.account }

func (c client) DefaultScope() string { return c.project }

func (c client) UsesIdempotencyKey() bool { return c.store.IdempotencyKeys }

func (c client) ClockSkew() (least, most time.Duration, known bool) {
	return c.store.Ahead, c.store.Ahead + c.store.Blur, !c.store.NoDate
}

func (c client) Create(ctx context.Context, plan, _ *model, key string) (Link, error) {
	l := plan.request(c.digits)
	if l.Project == "" {
		l.Project = c.project
	}
	return c.store.create(ctx, l, key, c.digits)
}

func (c client) Get(_ context.Context, key driver.Key) (Link, error) {
	return c.store.get(c.projectOf(key.Scope), key.ID)
}

func (c client) Activate(ctx context.Context, key driver.Key) (Link, error) {
	return c.store.activate(ctx, c.projectOf(key.Scope), key.ID)
}

func (r revoker) Revoke(ctx context.Context, key driver.Key) (*Link, error) {
	return r.c.store.revoke(ctx, r.c.projectOf(key.Scope), key.ID)
}

func (l lister) List(_ context.Context, query driver.Query) iter.Seq2[Link, error] {
	return func(yield func(Link, error) bool) {
		links, err := l.c.store.list(l.c.projectOf(query.Scope))
		if err != nil {
			yield(Link{}, err)
			return
		}
		for _, link := range links {
			if !yield(link, nil) {
				return
			}
		}
	}
}

// PageAt returns the whole list as one page.
func (p pager) PageAt(ctx context.Context, scope, _ string, each func(string, func() Link)) (page paging.Page[Link, string], err error) {
	for link, err := range p.lister.List(ctx, driver.Query{Scope: scope}) {
		if err != nil {
			return page, err
		}
		p.edit(&link)
		each(link.ID, func() Link { return link })
	}
	return page, nil
}

// projectOf returns the project of a key, which has none where ids are of one part.
func (c client) projectOf(scope string) string {
	if scope == "" {
		return c.project
	}
	return scope
}
