package protoserver

import (
	"context"
	"sync"
)

// run is the run that one engine makes of a provider.
type run struct {
	changes sync.RWMutex // held for reading by each call under way that changes something
	journal runJournal   // nil for none
}

// runJournal is a provider that records how its runs end.
type runJournal interface {
	// Close records that the engine has ended the run in order.
	Close(ctx context.Context)
	// Orphaned records that the engine has gone.
	Orphaned(ctx context.Context)
}
