package createonce

import (
	"context"
	"iter"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Registry records which of a vendor's links are known, under one provider configuration and as long as the process runs: no create
// that is yet to be answered can have made one of them. It does not tell whether a link still exists. It is safe for concurrent use.
type Registry struct {
	mu    sync.Mutex
	known map[driver.Key]bool      // created, adopted, read, or seen in a state by this process
	locks map[string]chan struct{} // by content; closed when the create is over
	ends  map[driver.Key]*revocation

	snapshotMu     sync.Mutex
	preexisting    map[driver.Key]bool // the snapshot; nil for none
	twins          map[string][]string // its ids by class of content
	snapshotFailed bool
}

// NewRegistry returns an empty Registry.
func NewRegistry() *Registry {
	return &Registry{known: map[driver.Key]bool{}, locks: map[string]chan struct{}{}, ends: map[driver.Key]*revocation{}}
}

// revocation is a link that this process revokes or has revoked.
type revocation struct {
	done    chan struct{} // closed when the revoke is over
	revoked bool
}

// BeginRevoke records that a link is being revoked, until end is called.
func (r *Registry) BeginRevoke(key driver.Key) (end func(revoked bool)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	begun := &revocation{done: make(chan struct{})}
	r.ends[key] = begun
	return func(revoked bool) {
		begun.revoked = revoked
		close(begun.done)
	}
}

// Revokes reports whether this process revokes or has revoked any link.
func (r *Registry) Revokes() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.ends) > 0
}

const (
	// revokePatience is how long a create waits for the revoke of the link that stands in its way to begin: an engine carries out both
	// in any order.
	revokePatience = 5 * time.Second
	revokePoll     = 250 * time.Millisecond
)

// AwaitRevoke waits for this process to revoke a link, and reports whether it did.
func (r *Registry) AwaitRevoke(ctx context.Context, clk clock.Clock, key driver.Key) bool {
	for deadline := clk.Now().Add(revokePatience); ; {
		r.mu.Lock()
		begun := r.ends[key]
		r.mu.Unlock()
		if begun != nil {
			select {
			case <-begun.done:
				return begun.revoked
			case <-ctx.Done():
				return false
			}
		}
		if !clk.Now().Before(deadline) || clk.Sleep(ctx, revokePoll) != nil {
			return false
		}
	}
}

// MarkKnown records a link, and reports whether it was known before.
func (r *Registry) MarkKnown(key driver.Key) (before bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before, r.known[key] = r.known[key], true
	return before
}

// IsKnown reports whether a link is known.
func (r *Registry) IsKnown(key driver.Key) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.known[key]
}

// LockContent locks a content until release is called, so that at most one create of it is in flight: the links of two could not
// be told apart. It returns the context's error if that ends first.
func (r *Registry) LockContent(ctx context.Context, content string) (release func(), err error) {
	for {
		r.mu.Lock()
		held, locked := r.locks[content]
		if !locked {
			done := make(chan struct{})
			r.locks[content] = done
			r.mu.Unlock()
			return func() {
				r.mu.Lock()
				delete(r.locks, content)
				r.mu.Unlock()
				close(done)
			}, nil
		}
		r.mu.Unlock()
		select {
		case <-held:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Snapshot records the links that exist, at its first call. If that fails it is not repeated: a later snapshot could hold what
// the first create left behind.
func (r *Registry) Snapshot(links iter.Seq2[existing, error]) {
	r.snapshotMu.Lock()
	defer r.snapshotMu.Unlock()
	if r.preexisting != nil || r.snapshotFailed {
		return
	}
	snapshot, twins := map[driver.Key]bool{}, map[string][]string{}
	for one, err := range links {
		if err != nil {
			r.snapshotFailed = true
			return
		}
		snapshot[one.key] = true
		twins[one.group] = append(twins[one.group], one.key.ID)
	}
	r.preexisting, r.twins = snapshot, twins
}

// existing is a link of a snapshot, with the class of its content.
type existing struct {
	key   driver.Key
	group string
}

// Existing returns the ids of a class that the snapshot holds. ok is false without a snapshot.
func (r *Registry) Existing(class string) (ids []string, ok bool) {
	r.snapshotMu.Lock()
	defer r.snapshotMu.Unlock()
	return r.twins[class], r.preexisting != nil
}

// Preexisted reports whether the snapshot holds the link. ok is false without a snapshot.
func (r *Registry) Preexisted(key driver.Key) (existed, ok bool) {
	r.snapshotMu.Lock()
	defer r.snapshotMu.Unlock()
	return r.preexisting[key], r.preexisting != nil
}
