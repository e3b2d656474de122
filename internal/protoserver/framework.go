package protoserver

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
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

// inOwnContext answers a call in a context that ends with it.
func inOwnContext[Req, Resp any](ctx context.Context, req Req, call func(context.Context, Req) (Resp, error)) (Resp, error) {
	ctx, done := withRequestLifetime(ctx)
	defer done()
	return call(ctx, req)
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

// dropErrorsBelowUnknown removes the diagnostics of attributes below an unknown value. The framework (1.19) reports the required
// attributes of an unknown list element (`items = [var.item]` at `terraform validate`) as missing.
func dropErrorsBelowUnknown(diags []*tfprotov6.Diagnostic, config tftypes.Value) []*tfprotov6.Diagnostic {
	return slices.DeleteFunc(diags, func(d *tfprotov6.Diagnostic) bool {
		return d.Attribute != nil && isBelowUnknown(config, d.Attribute.Steps())
	})
}

// isBelowUnknown reports whether the path leads through an unknown value.
func isBelowUnknown(v tftypes.Value, steps []tftypes.AttributePathStep) bool {
	for i := 1; i < len(steps); i++ {
		above, _, err := tftypes.WalkAttributePath(v, tftypes.NewAttributePathWithSteps(steps[:i]))
		if at, ok := above.(tftypes.Value); err == nil && ok && !at.IsKnown() {
			return true
		}
	}
	return false
}
