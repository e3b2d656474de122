package protoserver

import (
	"context"
	"sync"
)

// run is the run that one engine makes of a provider.
type run struct {
	changes sync.RWMutex // held for reading by each call under way that changes something
	journal runJournal   // nil for none

	mu    sync.Mutex
	calls map[*int]context.CancelFunc // those under way that the framework does not know
}

// stoppable returns a context that ends with an interrupt, as the framework's do, and what is to be called when its call is over.
func (r *run) stoppable(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	key := new(int)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.calls == nil {
		r.calls = map[*int]context.CancelFunc{}
	}
	r.calls[key] = cancel
	return ctx, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.calls, key)
		cancel()
	}
}

// stop ends the contexts of the calls under way.
func (r *run) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, cancel := range r.calls {
		cancel()
	}
}

// runJournal is a provider that records how its runs end.
type runJournal interface {
	// Close records that the engine has ended the run in order.
	Close(ctx context.Context)
	// Orphaned records that the engine has gone.
	Orphaned(ctx context.Context)
}
