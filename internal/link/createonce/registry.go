package createonce

import (
	"context"
	"iter"
	"sync"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Registry is what one provider configuration knows of a vendor's links while it runs: never the answer to whether a link
// exists, but to whose it is. It is safe for concurrent use.
type Registry struct {
	mu      sync.Mutex
	managed map[driver.Key]bool      // in some state: created, adopted or read by this process
	locks   map[string]chan struct{} // contents that are being created

	snapshotMu     sync.Mutex
	preexisting    map[driver.Key]bool // what existed before the first create; nil: not counted
	snapshotFailed bool
}

// NewRegistry returns an empty Registry.
func NewRegistry() *Registry {
	return &Registry{managed: map[driver.Key]bool{}, locks: map[string]chan struct{}{}}
}

// MarkManaged notes that a link belongs to a state.
func (l *Registry) MarkManaged(key driver.Key) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.managed[key] = true
}

// IsManaged reports whether a link belongs to a state, so that no create that is under way can have made it.
func (l *Registry) IsManaged(key driver.Key) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.managed[key]
}

// LockContent waits until no other create of this content is under way: two of them could not be told apart. release ends the
// turn.
func (l *Registry) LockContent(ctx context.Context, content string) (release func(), err error) {
	for {
		l.mu.Lock()
		busy, taken := l.locks[content]
		if !taken {
			done := make(chan struct{})
			l.locks[content] = done
			l.mu.Unlock()
			return func() {
				l.mu.Lock()
				delete(l.locks, content)
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

// Snapshot notes the links that exist, once, before the first create. When that fails, there is no evidence later on; a
// second try would come too late for what the first create may have left behind.
func (l *Registry) Snapshot(existing iter.Seq2[driver.Key, error]) {
	l.snapshotMu.Lock()
	defer l.snapshotMu.Unlock()
	if l.preexisting != nil || l.snapshotFailed {
		return
	}
	counted := map[driver.Key]bool{}
	for key, err := range existing {
		if err != nil {
			l.snapshotFailed = true
			return
		}
		counted[key] = true
	}
	l.preexisting = counted
}

// Preexisted reports whether the link was there before the first create. ok is false where nobody counted.
func (l *Registry) Preexisted(key driver.Key) (was, ok bool) {
	l.snapshotMu.Lock()
	defer l.snapshotMu.Unlock()
	return l.preexisting[key], l.preexisting != nil
}
