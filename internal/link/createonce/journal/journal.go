// Package journal records the creates of this machine in a file, so that a run knows what a killed one left behind.
//
// A run is one provider process under one configuration. Before an attempt (one create of one link) sends its request, the file
// has a record of it; another one has the id of the answer. A run that its engine ends in order closes its records, and nothing
// of it is ever taken over. A run that was killed leaves them open: the next attempt of equal content, under the same account and in
// the same workspace, gets them (Attempt.Leftovers) and settles them.
//
// The file holds no content, no account and no credential, only hashes of them under a random key that it begins with. It belongs to
// its owner alone. A record has a checksum: one that was torn counts as not written. A failure of the disk is said once, and the
// journal goes on without the file. The disk writes the record of a request while that is under way: only a machine that dies in the
// milliseconds of both can lose it.
//
// Attempts that one class of content connects take turns, in whatever process they are: their links could be confused.
package journal

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/hashicorp/go-uuid"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

const (
	// turnPoll is the wait before looking again whether another process has finished its attempt.
	turnPoll = 50 * time.Millisecond
	// orphanGrace is how long a run that lives, and may have made links of equal content in the same workspace, gets to find out that its
	// engine has gone, or to die: a process that was killed lives until the disk has written what it asked for.
	orphanGrace = 5 * time.Second
	// lockTimeout bounds the wait for another process to read or write the file, which takes it milliseconds.
	lockTimeout = 10 * time.Second
)

// Journal is the journal of one run. A nil Journal records nothing. It is safe for concurrent use.
type Journal struct {
	// Partial reports whether the run is about a part of a configuration, so that it does not show all that a state has; nil for never.
	Partial func() bool

	store     Store
	clock     clock.Clock
	workspace string
	run       string
	process   int

	mu      sync.Mutex
	index   *index
	key     []byte
	offset  int64
	rest    []byte // what follows the last line's end
	number  int    // of this run's latest attempt
	release func() // ends the run; nil before its first attempt
	grace   map[string]time.Time
	failure error // of the store: nothing is recorded any more
	damage  error // of the file that was found: a new one was begun
	closed  bool

	loaded, compacted, failureTold bool
}

// Content is what a create asks for. Its texts are recorded as hashes.
type Content struct {
	Account string // whose link it is
	Class   string // equal for all creates whose links might be confused
	Exact   string // equal for creates of equal links
	Evidence
}

// Evidence is what tells later which links a create cannot have made.
type Evidence struct {
	Since    time.Time // by the vendor's clock: older ones
	Existing []string  // ids: those of its class that were there before it
	Counted  bool      // whether Existing is known
}

// New returns the journal of a new run. workspace is what Workspace returns: what a killed run left is for its own
// workspace only. Nothing is read or written before the first call.
func New(store Store, workspace string, clk clock.Clock) *Journal {
	run, err := uuid.GenerateUUID()
	return &Journal{store: store, workspace: workspace, clock: clk, run: run, process: os.Getpid(), failure: err, index: newIndex(), grace: map[string]time.Time{}}
}

// InPart reports whether the run does not show all that a state has.
func (j *Journal) InPart() bool { return j != nil && j.Partial != nil && j.Partial() }

// Failure returns, once, the error because of which nothing is recorded any more, or what was recorded is lost.
func (j *Journal) Failure() error {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.failure != nil && !j.failureTold {
		j.failureTold = true
		return j.failure
	}
	damage := j.damage
	j.damage = nil
	return damage
}

// Damage returns the error because of which what was recorded is lost. Each plan of the process that found it tells it.
func (j *Journal) Damage() error {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.damage
}

// locked runs f with the file locked and read to its end, unless the journal is off. A failure of either switches it off. It returns
// an error only if ctx has ended.
func (j *Journal) locked(ctx context.Context, f func() error) error {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.whileLocked(ctx, f)
}

// whileLocked is locked for a caller that has j.mu.
func (j *Journal) whileLocked(ctx context.Context, f func() error) error {
	if j.failure != nil || j.closed {
		return nil
	}
	bounded, cancel := context.WithTimeout(ctx, lockTimeout)
	defer cancel()
	unlock, err := j.store.Lock(bounded)
	if err == nil {
		defer unlock()
		if err = j.load(); err == nil {
			err = f()
		}
	} else if ctx.Err() != nil {
		return ctx.Err()
	}
	j.failure = err
	return nil
}

// load reads what was appended since the last call.
func (j *Journal) load() error {
	data, fresh, err := j.store.Read(j.offset)
	if err != nil {
		return err
	}
	if fresh {
		j.index, j.offset, j.rest, j.key = newIndex(), 0, nil, nil
	}
	j.offset += int64(len(data))
	if j.key == nil {
		header, replaced, err := j.readHeader(data)
		if err != nil {
			return err
		}
		if replaced {
			return j.load()
		}
		j.key = header.Key
	}
	j.rest = j.index.addAll(append(j.rest, data...))
	j.loaded = true
	return nil
}

// append writes a record of this run. Below a line that was torn it begins a new one.
func (j *Journal) append(r record) error {
	var data []byte
	if len(j.rest) > 0 {
		data, j.rest = []byte("\n"), nil
	}
	r.Run, r.At = j.run, j.clock.Now().UnixMilli()
	data = append(data, r.line()...)
	j.index.add(r)
	j.offset += int64(len(data))
	return j.store.Append(data)
}

// Seen records that a link which a run made is in a state, so that nothing takes it over. It writes once a link. Without the record the
// link may be offered to somebody else; the next refresh says it again.
func (j *Journal) Seen(ctx context.Context, account, id string) {
	j.ifLoaded(ctx, func() {
		var from []ref
		for _, e := range j.known(account, id) {
			if e.mayBeLost() && e.Run != j.run {
				from = append(from, e.ref())
			}
		}
		if len(from) > 0 {
			_ = j.whileLocked(ctx, func() error { return j.append(record{Kind: kindSeen, From: from}) })
		}
	})
}

// IsKnown reports whether a link is one that an attempt of any run made or took over: no search for another one may find it. A journal
// that is off tells what it had read.
func (j *Journal) IsKnown(ctx context.Context, account, id string) bool {
	if j == nil {
		return false
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	_ = j.whileLocked(ctx, func() error { return nil }) // once ctx has ended, there is no search
	return len(j.known(account, id)) > 0
}

// MayBeLost reports whether a link may be in no state: no run here made it, or one that was ended in order did, and no plan has shown it
// since. What a killed run made is not lost: the next create takes it over.
func (j *Journal) MayBeLost(ctx context.Context, account, id string) bool {
	hasIt := false
	j.ifLoaded(ctx, func() {
		hasIt = slices.ContainsFunc(j.known(account, id), func(e *entry) bool { return e.settled || !j.index.closed[e.Run] })
	})
	return !hasIt
}

// ifLoaded runs f with what a file that is there said when it was first read, if anything can be known.
func (j *Journal) ifLoaded(ctx context.Context, f func()) {
	if j == nil {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.loaded && j.store.Exists() {
		_ = j.whileLocked(ctx, func() error { return nil }) // a failure is told by the next create
	}
	if j.loaded && j.failure == nil {
		f()
	}
}

// known returns the attempts that have a link.
func (j *Journal) known(account, id string) []*entry {
	return j.index.byID[j.hash("account", account)+"\n"+id]
}

// Orphaned records that the engine has gone: nobody receives what the run answers from now on.
func (j *Journal) Orphaned(ctx context.Context) {
	j.end(ctx, func() error { return j.append(record{Kind: kindOrphaned}) })
}

// Close records that the engine has ended the run in order, so that nothing of it is taken over. No attempt may be under way.
func (j *Journal) Close(ctx context.Context) {
	j.end(ctx, func() error {
		defer j.release()
		j.closed = true
		return j.append(record{Kind: kindClosed})
	})
}

// end runs f like locked, if the run has recorded anything.
func (j *Journal) end(ctx context.Context, f func() error) {
	if j == nil {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.release != nil {
		_ = j.whileLocked(ctx, f) // a failure to close a run is told by the next one
	}
}

// hash returns a keyed hash of a text of one purpose: without the key it tells nothing, and texts of different purposes never
// equal each other.
func (j *Journal) hash(purpose, text string) string {
	mac := hmac.New(sha256.New, j.key)
	mac.Write([]byte(purpose + "\x00" + text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}
