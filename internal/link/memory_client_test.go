package link_test

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// client is the in-memory vendor's calls, without a revoke.
type client struct {
	bank    *bank
	account driver.Account
	scope   string
}

// revoker is a client of a vendor that can revoke.
type revoker struct{ client }

var (
	_ driver.Client[model, wire] = client{}
	_ driver.Activator[wire]     = client{}
	_ driver.Revoker             = revoker{}
	_ driver.Lister[wire]        = client{}
	_ driver.Scoped              = client{}
	_ driver.Idempotent          = client{}
	_ driver.ClockSkewer         = client{}
)

func (c client) Account() driver.Account { return c.account }

func (c client) DefaultScope() string { return c.scope }

func (c client) UsesIdempotencyKey() bool { return c.bank.keyed }

func (c client) ClockSkew() (time.Duration, bool) { return 0, !c.bank.untold }

func (c client) Create(ctx context.Context, plan, _ *model, key string) (wire, error) {
	if c.bank.gate != nil {
		c.bank.gate.enter(ctx)
	}
	f := c.bank.call(callCreate)
	c.bank.mu.Lock()
	defer c.bank.mu.Unlock()
	c.bank.keys = append(c.bank.keys, key)
	if f.err != nil && !f.after {
		return wire{}, f.err
	}
	c.bank.number++
	l := plan.wire()
	l.ID = fmt.Sprintf("pl-%d", c.bank.number)
	l.URL = "https://pay.example/" + l.ID
	l.Status = "ATTEMPT"
	l.Created = c.bank.clock.Now()
	if l.Project == "" {
		l.Project = c.scope
	}
	if l.Grade == "" {
		l.Grade = "standard"
	}
	if l.ReturnURL != "" && !strings.HasSuffix(l.ReturnURL, "/") {
		l.ReturnURL += "/"
	}
	total := decimal.NewFromInt(c.bank.surcharge)
	for i := range l.Lines {
		if l.Lines[i].Currency == "" {
			l.Lines[i].Currency = "EUR"
		}
		if d, err := decimal.NewFromString(l.Lines[i].Value); err == nil {
			total = total.Add(d)
		}
	}
	l.Total = total.StringFixed(3)
	c.bank.links = append(c.bank.links, &l)
	if c.bank.slow > 0 {
		if err := c.bank.clock.Sleep(ctx, c.bank.slow); err != nil {
			return wire{}, err
		}
	}
	if f.err != nil {
		return wire{}, f.err
	}
	return c.bank.answer(&l), nil
}

func (c client) Get(_ context.Context, key driver.Key) (wire, error) {
	if f := c.bank.call(callGet); f.err != nil {
		return wire{}, f.err
	}
	c.bank.mu.Lock()
	defer c.bank.mu.Unlock()
	if c.bank.unseen > 0 {
		c.bank.unseen--
		return wire{}, missing()
	}
	if c.bank.listGhosts {
		return wire{}, missing()
	}
	l, err := c.bank.find(c.project(key.Scope), key.ID)
	if err != nil {
		return wire{}, err
	}
	return c.bank.answer(l), nil
}

func (c client) List(_ context.Context, query driver.Query) iter.Seq2[wire, error] {
	return func(yield func(wire, error) bool) {
		if f := c.bank.call(callList); f.err != nil {
			yield(wire{}, f.err)
			return
		}
		c.bank.mu.Lock()
		var page []wire
		for _, l := range c.bank.links {
			if l.Project == c.project(query.Scope) && !c.bank.unlisted[l.ID] && c.bank.clock.Now().Sub(l.Created) >= c.bank.lag {
				page = append(page, c.bank.answer(l))
			}
		}
		c.bank.mu.Unlock()
		for _, l := range page {
			if !yield(l, nil) {
				return
			}
		}
	}
}

func (c client) Activate(ctx context.Context, key driver.Key) (wire, error) {
	f := c.bank.call(callActivate)
	c.bank.deadline, _ = ctx.Deadline()
	if f.err != nil && !f.after {
		return wire{}, f.err
	}
	c.bank.mu.Lock()
	defer c.bank.mu.Unlock()
	l, err := c.bank.find(c.project(key.Scope), key.ID)
	if err != nil {
		return wire{}, err
	}
	if !c.bank.idle {
		l.Status = "ACTIVE"
	}
	if f.err != nil {
		return wire{}, f.err
	}
	out := c.bank.answer(l)
	if c.bank.oddActive {
		out.Grade = oddGrade
	}
	return out, nil
}

func (c revoker) Revoke(ctx context.Context, key driver.Key) error {
	f := c.bank.call(callRevoke)
	c.bank.deadline, _ = ctx.Deadline()
	if f.err != nil && !f.after {
		return f.err
	}
	c.bank.mu.Lock()
	defer c.bank.mu.Unlock()
	l, err := c.bank.find(c.project(key.Scope), key.ID)
	if err != nil {
		return err
	}
	l.Status = "CANCELED"
	return f.err
}

// project is where a key without one looks: a vendor without a scope has only the account's.
func (c client) project(scope string) string {
	if scope == "" {
		return c.scope
	}
	return scope
}
