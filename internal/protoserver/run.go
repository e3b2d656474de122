package protoserver

import (
	"context"
	"sync"
)

// run is the run that one engine makes of a provider.
type run struct {
	changes sync.RWMutex // held for reading by each call under way that changes something
	calls   sync.Map     // the *context.CancelFunc of each call under way that the framework does not know
}

// stoppable returns a context that ends with an interrupt, as the framework's do, and what is to be called when its call is over.
func (r *run) stoppable(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	r.calls.Store(&cancel, true)
	return ctx, func() {
		r.calls.Delete(&cancel)
		cancel()
	}
}

// stop ends the contexts of the calls under way.
func (r *run) stop() {
	for call := range r.calls.Range {
		if cancel, ok := call.(*context.CancelFunc); ok {
			(*cancel)()
		}
	}
}
