package protoserver

import (
	"context"
	"sync"
)

// run counts the calls under way that change something, of the run that one engine makes of a provider.
type run struct {
	calls   sync.WaitGroup
	journal runJournal // nil for none
}

// runJournal is a provider that records how its runs end.
type runJournal interface {
	// Close records that the engine has ended the run in order.
	Close(ctx context.Context)
	// Orphaned records that the engine has gone.
	Orphaned(ctx context.Context)
}
