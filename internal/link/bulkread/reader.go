// Package bulkread reads many links in few requests: from pages of the vendor's list where that is cheaper, else singly or in
// batches. It decides what a read costs, and how long a page may be used.
//
// A link that no page shows is read singly before anything is believed about it, and so is a link that this process has written
// to. The package knows links by id alone: it knows no state, no schema and no Terraform value, and its caller decides whether
// what a page says is enough.
package bulkread

import (
	"context"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Reader reads the links of one vendor. All reads of one provider configuration share it, and with it one scan of the vendor's
// list. It is safe for concurrent use.
type Reader[L any] struct {
	*shared[L]
	window        *window             // nil before the first read, and after a pause
	scans         map[string]*scan[L] // of the window, by scope
	inFlight      int                 // reads
	lastReadEnded time.Time
}

// New returns a Reader that has read nothing yet.
func New[L any](config Config[L]) *Reader[L] {
	return &Reader[L]{shared: &shared[L]{Config: config, dirty: map[driver.Key]bool{}}}
}

// Read returns one link: what a page says of it if accept takes that, else what get returns; fromPage tells which. It waits for
// pages for at most patience.
func (r *Reader[L]) Read(ctx context.Context, key driver.Key, patience time.Duration, get func(context.Context) (L, error), accept func(listed L) bool) (answer L, fromPage bool, err error) {
	queueCtx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r.beginRead()
	defer r.endRead()
	listed, report := r.lookUp(ctx, queueCtx, key)
	if listed != nil {
		if answer = listed(); accept(answer) {
			return answer, true, nil
		}
	}
	answer, err = get(ctx)
	report()
	return answer, false, err
}

// Invalidate keeps pages from being used for a link that is about to be written to, or was just created. It does nothing on a
// nil Reader.
func (r *Reader[L]) Invalidate(key driver.Key) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.dirty[key] = true
}

// ListedAtEnd reports whether the scan under way shows a link. Pages are read to the end of the list for it. complete is false if
// nothing can be said: there is no scan, it failed, or the list changes: by its own total, or because this process has written to links.
func (r *Reader[L]) ListedAtEnd(ctx context.Context, key driver.Key) (listed, complete bool) {
	if r == nil {
		return false, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.scans[key.Scope]
	if s == nil || len(r.dirty) > 0 {
		return false, false
	}
	s.awaitPages(ctx, false)
	return s.seen.Shows(key.ID), s.complete && len(r.dirty) == 0 && !s.seen.Shows("") // an entry whose id cannot be read may be this link
}

// First returns links of the list's first page, which is the refresh's where that reads pages; none of one that cannot be read.
func (r *Reader[L]) First(ctx context.Context, scope string) []L {
	r.beginRead()
	defer r.endRead()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.window == nil {
		r.startWindow(initialGets)
	}
	s := r.scan(scope)
	if len(s.visited) == 0 {
		s.awaitPages(ctx, true)
	}
	if len(s.visited) == 0 {
		return nil
	}
	return s.first.Links()
}

// lookUp waits until a page shows the link, or until the link is to be read singly (listed is nil); that is at the latest when queueCtx
// ends. report tells that the link was read singly.
func (r *Reader[L]) lookUp(ctx, queueCtx context.Context, key driver.Key) (listed func() L, report func()) {
	r.mu.Lock()
	if !r.mayUsePage(key) {
		r.mu.Unlock()
		return nil, func() {}
	}
	s := r.scan(key.Scope)
	listed, read := s.take(ctx, key.ID)
	r.mu.Unlock()
	if listed == nil {
		select {
		case listed = <-read.reply:
		case <-queueCtx.Done():
			listed = s.dequeue(read)
		}
	}
	return listed, func() { s.recordGet(listed != nil) }
}

// take returns what a page said of a link already; else it queues a read of the link. The caller holds the lock.
func (s *scan[L]) take(ctx context.Context, id string) (listed func() L, read *pendingRead[L]) {
	if listed = s.unclaimed[id]; listed != nil {
		delete(s.unclaimed, id)
		s.scheduler.served++
		return listed, nil
	}
	read = &pendingRead[L]{id: id, ctx: ctx, reply: make(chan func() L, 1)}
	s.queue = append(s.queue, read)
	s.schedule()
	return nil, read
}

// dequeue takes a read out of the queue, unless its reply came meanwhile. When no read waits any more, requests in flight for the
// queue are cancelled.
func (s *scan[L]) dequeue(read *pendingRead[L]) (listed func() L) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.Index(s.queue, read)
	if i < 0 {
		return <-read.reply
	}
	s.queue = slices.Delete(s.queue, i, i+1)
	s.scheduler.singleRequests++ // a single read that no step asked for
	s.scheduler.getsInFlight++
	s.cancelUnawaited()
	return nil
}

// recordGet records that a link was read singly; listed says whether a page had shown it.
func (s *scan[L]) recordGet(listed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if listed {
		s.scheduler.served--
		s.scheduler.singleRequests++
	} else {
		s.scheduler.getsInFlight--
	}
	s.schedule()
}

// beginRead starts a read. The window does not age before endRead.
func (r *Reader[L]) beginRead() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.window != nil && r.inFlight == 0 {
		r.window.idle += r.Clock.Now().Sub(r.lastReadEnded)
		if r.window.idle >= pageTTL {
			r.window = nil
		}
	}
	r.inFlight++
}

func (r *Reader[L]) endRead() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.inFlight--
	r.lastReadEnded = r.Clock.Now()
}

// mayUsePage counts a read and reports whether a page may answer it. None may for a link that this process has written to, nor for
// one that is read again in the same window: its reader expects a change.
func (r *Reader[L]) mayUsePage(key driver.Key) bool {
	switch {
	case r.dirty[key]:
		return false
	case r.window == nil:
		r.startWindow(initialGets)
	case r.window.reads[key] > 0:
		if r.window.reads[key]++; r.window.reads[key] == 2 {
			r.window.rereads++
		}
		if r.window.rereads <= newWindowAfter {
			return false
		}
		r.startWindow(initialGets - newWindowAfter) // the rereads were the initial reads of the new window
	}
	r.window.reads[key]++
	return true
}

func (r *Reader[L]) startWindow(getsLeft int) {
	if r.ListOnly {
		getsLeft = 0
	}
	r.window, r.scans = &window{getsLeft: getsLeft, reads: map[driver.Key]int{}}, map[string]*scan[L]{}
}

func (r *Reader[L]) scan(scope string) *scan[L] {
	s := r.scans[scope]
	if s == nil {
		s = &scan[L]{
			shared: r.shared, window: r.window, scope: scope, scheduler: scheduler{alternate: !r.ListOnly, batches: r.Batcher != nil},
			visited: map[string]bool{}, unclaimed: map[string]func() L{},
		}
		s.pages.Read, r.scans[scope] = s.readPage, s
	}
	return s
}
