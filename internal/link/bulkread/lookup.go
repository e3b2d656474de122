package bulkread

import (
	"context"
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// lookup is one read of a link.
type lookup[L any] struct {
	answer L    // of a page
	found  bool // there is one
	// report is to be told what the link said where it was read by itself.
	report func(ctx context.Context, got L, err error)
}

// lookUp waits until a page shows the link, or until it is this read's turn to be made singly; that it is in any case when
// patience ends.
func (f *Reader[L]) lookUp(ctx, queueCtx context.Context, key driver.Key) lookup[L] {
	f.mu.Lock()
	if !f.mayUsePage(key) {
		f.mu.Unlock()
		return lookup[L]{report: func(context.Context, L, error) {}}
	}
	s := f.scan(key.Scope)
	answer, met := s.unclaimed[key.ID]
	if met {
		delete(s.unclaimed, key.ID)
		f.mu.Unlock()
		return s.fromPage(answer)
	}
	w := &pendingRead[L]{id: key.ID, ctx: ctx, reply: make(chan delivery[L], 1)}
	s.queue = append(s.queue, w)
	s.schedule()
	f.mu.Unlock()

	select {
	case v := <-w.reply:
		return s.toLookup(w, v)
	case <-queueCtx.Done():
		return s.toLookup(w, s.dequeue(w))
	}
}

// dequeue takes a read out of the queue, unless its reply has come meanwhile. What nobody waits for any more ends.
func (s *scan[L]) dequeue(w *pendingRead[L]) delivery[L] {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.Index(s.queue, w)
	if at < 0 {
		return <-w.reply
	}
	s.queue = slices.Delete(s.queue, at, at+1)
	s.scheduler.recordExtraGet()
	if len(s.queue) > 0 {
		return delivery[L]{}
	}
	for _, end := range []context.CancelFunc{s.cancelPage, s.cancelBatch} {
		if end != nil {
			end()
		}
	}
	return delivery[L]{}
}

func (s *scan[L]) toLookup(w *pendingRead[L], v delivery[L]) lookup[L] {
	if v.found {
		return s.fromPage(v.answer)
	}
	return lookup[L]{report: func(_ context.Context, got L, err error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.scheduler.getsInFlight--
		if err == nil && !s.scheduler.listDone && len(s.samples) < maxSamples {
			s.samples[w.id] = got
		}
		s.schedule()
	}}
}

// fromPage is a read that a page answered. When its answer was not enough, and the link itself says more, no page is.
func (s *scan[L]) fromPage(answer L) lookup[L] {
	return lookup[L]{answer: answer, found: true, report: func(ctx context.Context, got L, err error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.scheduler.singleRequests++
		if err == nil && s.IsPartial(answer, got) {
			s.disablePages(ctx)
		}
		s.schedule()
	}}
}
