package bulkread

import (
	"context"
	"slices"
)

// lookup is the outcome of looking for a link in the list.
type lookup[L any] struct {
	answer L    // of a page
	found  bool // answer is set
	// report tells that the link was read singly, if that was done.
	report func()
}

// take returns what a page said of a link already; else it queues a read of the link. The caller holds the lock.
func (s *scan[L]) take(ctx context.Context, id string) (link func() L, read *pendingRead[L]) {
	if link, listed := s.unclaimed[id]; listed {
		delete(s.unclaimed, id)
		s.scheduler.served++
		return link, nil
	}
	read = &pendingRead[L]{id: id, ctx: ctx, reply: make(chan delivery[L], 1)}
	s.queue = append(s.queue, read)
	s.schedule()
	return nil, read
}

// await waits until a queued read is answered or is to be made singly, at most until queueCtx ends.
func (s *scan[L]) await(queueCtx context.Context, read *pendingRead[L]) lookup[L] {
	select {
	case d := <-read.reply:
		return s.toLookup(d)
	case <-queueCtx.Done():
		return s.toLookup(s.dequeue(read))
	}
}

// dequeue takes a read out of the queue, unless its reply came meanwhile. When no read waits any more, requests in flight for the
// queue are cancelled.
func (s *scan[L]) dequeue(read *pendingRead[L]) delivery[L] {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.Index(s.queue, read)
	if i < 0 {
		return <-read.reply
	}
	s.queue = slices.Delete(s.queue, i, i+1)
	s.scheduler.recordExtraGet()
	s.cancelUnawaited()
	return delivery[L]{}
}

func (s *scan[L]) toLookup(d delivery[L]) lookup[L] {
	if d.found {
		return s.fromPage(d.answer)
	}
	return lookup[L]{report: func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.scheduler.getsInFlight--
		s.schedule()
	}}
}

// fromPage returns what a page says of a link.
func (s *scan[L]) fromPage(answer L) lookup[L] {
	return lookup[L]{answer: answer, found: true, report: func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.scheduler.served--
		s.scheduler.singleRequests++
		s.schedule()
	}}
}
