package createonce

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Registry records which of a vendor's links are known, under one provider configuration and as long as the process runs: no create
// that is yet to be answered can have made one of them. It does not tell whether a link still exists. It is safe for concurrent use.
type Registry struct {
	known sync.Map // keys of links that were created, adopted, read, or seen in a state by this process

	mu      sync.Mutex
	locks   map[string]chan struct{} // by content; closed when the create is over
	revokes map[driver.Key]*revocation

	snapshotMu sync.Mutex
	latest     snapshot
	reads      atomic.Int32 // of snapshots, that have ended
	doubtful   atomic.Bool  // a create since the latest one had an unknown outcome
}

// NewRegistry returns an empty Registry.
func NewRegistry() *Registry {
	return &Registry{locks: map[string]chan struct{}{}, revokes: map[driver.Key]*revocation{}}
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
	r.revokes[key] = begun
	return func(revoked bool) {
		begun.revoked = revoked
		close(begun.done)
	}
}

// Revokes reports whether this process revokes or has revoked any link.
func (r *Registry) Revokes() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.revokes) > 0
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
		begun := r.revokes[key]
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
	_, before = r.known.LoadOrStore(key, true)
	return before
}

// IsKnown reports whether a link is known.
func (r *Registry) IsKnown(key driver.Key) bool {
	_, known := r.known.Load(key)
	return known
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

// snapshot is what a vendor's list showed before a create.
type snapshot struct {
	keys    map[driver.Key]bool
	twins   map[string][]driver.Key // those that have not ended, by class of content
	counted bool                    // false if the list was not read
	at      time.Time
	fresh   bool // it was read for this create, or for one that began at the same time
}

// ids returns those of a class.
func (s *snapshot) ids(class string) (ids []string) {
	for _, key := range s.twins[class] {
		ids = append(ids, key.ID)
	}
	return ids
}

// maxSnapshotAge bounds the time in which others may make a link that then seems to be a lost create's.
const maxSnapshotAge = time.Minute

// Snapshot returns what existed before a create of a class. It reads it for the first create, after each whose outcome was unknown, where
// others have made links of this class (they may make more), and once a minute. For all others what was read last must do.
func (r *Registry) Snapshot(class string, now time.Time, read func() snapshot) snapshot {
	before := r.reads.Load()
	r.snapshotMu.Lock()
	defer r.snapshotMu.Unlock()
	isOthers := func(key driver.Key) bool { return !r.IsKnown(key) }
	first, old := r.reads.Load() == 0, r.latest.counted && now.Sub(r.latest.at) > maxSnapshotAge
	if r.doubtful.Swap(false) || first || old || slices.ContainsFunc(r.latest.twins[class], isOthers) {
		r.latest = read()
		r.reads.Add(1)
	}
	out := r.latest
	out.fresh = r.reads.Load() > before
	return out
}

// MarkDoubt records that a create had an unknown outcome: what existed before is what existed before that one.
func (r *Registry) MarkDoubt() { r.doubtful.Store(true) }
