package link

import (
	"context"
	"iter"
	"sync"
)

// ledger is what one provider configuration knows of a vendor's links while it runs: never the answer to whether a link
// exists, but to whose it is. It is safe for concurrent use.
type ledger struct {
	mu    sync.Mutex
	known map[Key]bool             // in some state: created, adopted or read by this process
	turns map[string]chan struct{} // contents that are being created

	census  sync.Mutex
	counted map[Key]bool // what existed before the first create; nil: not counted
	failed  bool
}

func newLedger() *ledger {
	return &ledger{known: map[Key]bool{}, turns: map[string]chan struct{}{}}
}

// know notes that a link belongs to a state.
func (l *ledger) know(key Key) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.known[key] = true
}

// knows: the link is in a state already, so that no create that is being asked about can have made it.
func (l *ledger) knows(key Key) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.known[key]
}

// turn waits until no other create of this content is under way: two of them could not be told apart. release ends the
// turn.
func (l *ledger) turn(ctx context.Context, content string) (release func(), err error) {
	for {
		l.mu.Lock()
		busy, taken := l.turns[content]
		if !taken {
			done := make(chan struct{})
			l.turns[content] = done
			l.mu.Unlock()
			return func() {
				l.mu.Lock()
				delete(l.turns, content)
				l.mu.Unlock()
				close(done)
			}, nil
		}
		l.mu.Unlock()
		select {
		case <-busy:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// count notes the links that exist, once, before the first create. When that fails, there is no evidence later on; a
// second try would come too late for what the first create may have left behind.
func (l *ledger) count(existing iter.Seq2[Key, error]) {
	l.census.Lock()
	defer l.census.Unlock()
	if l.counted != nil || l.failed {
		return
	}
	counted := map[Key]bool{}
	for key, err := range existing {
		if err != nil {
			l.failed = true
			return
		}
		counted[key] = true
	}
	l.counted = counted
}

// existed: the link was there before the first create. ok is false where nobody counted.
func (l *ledger) existed(key Key) (was, ok bool) {
	l.census.Lock()
	defer l.census.Unlock()
	return l.counted[key], l.counted != nil
}
