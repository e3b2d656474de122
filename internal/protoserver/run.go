package protoserver

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
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

// EndRun records that the engine has ended the run of a server that New returned in order. While a change is under way it was not: the
// engine gives up on it (at a second interrupt), and what it makes reaches nobody.
func EndRun(ctx context.Context, of tfprotov6.ProviderServer) {
	s, ok := of.(server)
	if !ok || s.provider == nil || !s.run.changes.TryLock() {
		return
	}
	defer s.run.changes.Unlock()
	s.provider.Close(ctx)
}

// AbandonRun records that the engine of a server that New returned has gone, and waits until the changes that are under way are over.
func AbandonRun(ctx context.Context, of tfprotov6.ProviderServer) {
	s, ok := of.(server)
	if !ok {
		return
	}
	if s.provider != nil {
		s.provider.Orphaned(ctx)
	}
	done := make(chan struct{})
	go func() {
		s.run.changes.Lock() // for good: the process ends
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}
