package provider

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// lent is the context of one request, for as long as the request lasts. The framework (1.19) keeps a child of each context
// that it is handed, to cancel them all at the end, and with it all that the protocol server put there for its logs: 13 kB a
// request, a quarter of a gigabyte after a plan of ten thousand links.
type lent struct {
	inner atomic.Pointer[context.Context]
}

// lend hands out the context until done is called; after that it is cancelled and empty.
func lend(ctx context.Context) (out context.Context, done func()) {
	l := &lent{}
	l.inner.Store(&ctx)
	return l, func() { l.inner.Store(&over) }
}

var over = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

func (l *lent) now() context.Context { return *l.inner.Load() }

func (l *lent) Deadline() (time.Time, bool) { return l.now().Deadline() }
func (l *lent) Done() <-chan struct{}       { return l.now().Done() }
func (l *lent) Err() error                  { return l.now().Err() }
func (l *lent) Value(key any) any           { return l.now().Value(key) }

// What a plan asks for each link.

func (s server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	ctx, done := lend(ctx)
	defer done()
	return s.framework.UpgradeResourceState(ctx, req)
}

func (s server) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	ctx, done := lend(ctx)
	defer done()
	return s.framework.UpgradeResourceIdentity(ctx, req)
}

func (s server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	ctx, done := lend(ctx)
	defer done()
	return s.framework.PlanResourceChange(ctx, req)
}

func (s server) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	ctx, done := lend(ctx)
	defer done()
	return s.framework.ImportResourceState(ctx, req)
}
