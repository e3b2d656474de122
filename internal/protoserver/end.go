package protoserver

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

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

// OrphanRun records that the engine of a server that New returned has gone, and waits until the changes that are under way are over.
func OrphanRun(ctx context.Context, of tfprotov6.ProviderServer) {
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
