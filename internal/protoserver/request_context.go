package protoserver

import (
	"context"
	"sync/atomic"
	"time"
)

// requestContext is the context of one call. It drops its parent when the call returns, because the framework (1.19) retains a
// child of every context until the provider stops, and with it what the protocol server put there for its logs: 13 kB a call, a
// quarter of a gigabyte after a plan of ten thousand links.
type requestContext struct {
	parent atomic.Pointer[context.Context]
}

// withRequestLifetime returns a context that is canceled and empty after done was called.
func withRequestLifetime(parent context.Context) (ctx context.Context, done func()) {
	c := &requestContext{}
	c.parent.Store(&parent)
	return c, func() { c.parent.Store(&canceledContext) }
}

var canceledContext = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

func (c *requestContext) current() context.Context { return *c.parent.Load() }

func (c *requestContext) Deadline() (time.Time, bool) { return c.current().Deadline() }
func (c *requestContext) Done() <-chan struct{}       { return c.current().Done() }
func (c *requestContext) Err() error                  { return c.current().Err() }
func (c *requestContext) Value(key any) any           { return c.current().Value(key) }
