package link

import (
	"context"
	"slices"
)

// visit is one read of a link.
type visit[L any] struct {
	answer L    // of a page
	met    bool // there is one
	// heard is to be told what the link said where it was read by itself.
	heard func(ctx context.Context, got L, err error)
}

// visit waits until a page shows the link, or until it is this read's turn to be made singly; that it is in any case when
// patience ends.
func (f *refresher[L]) visit(ctx, patience context.Context, key Key) visit[L] {
	f.mu.Lock()
	if !f.asks(key) {
		f.mu.Unlock()
		return visit[L]{heard: func(context.Context, L, error) {}}
	}
	s := f.sweep(key.Scope)
	answer, met := s.met[key.ID]
	if met {
		delete(s.met, key.ID)
		f.mu.Unlock()
		return s.showed(answer)
	}
	w := &waiter[L]{id: key.ID, ctx: ctx, reply: make(chan reply[L], 1)}
	s.waiting = append(s.waiting, w)
	s.proceed()
	f.mu.Unlock()

	select {
	case v := <-w.reply:
		return s.decided(w, v)
	case <-patience.Done():
		return s.decided(w, s.withdraw(w))
	}
}

// withdraw takes a read out of the queue, unless its reply has come meanwhile. What nobody waits for any more ends.
func (s *sweep[L]) withdraw(w *waiter[L]) reply[L] {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.Index(s.waiting, w)
	if at < 0 {
		return <-w.reply
	}
	s.waiting = slices.Delete(s.waiting, at, at+1)
	s.turns.extra()
	if len(s.waiting) > 0 {
		return reply[L]{}
	}
	for _, end := range []context.CancelFunc{s.endPage, s.endBatch} {
		if end != nil {
			end()
		}
	}
	return reply[L]{}
}

func (s *sweep[L]) decided(w *waiter[L], v reply[L]) visit[L] {
	if v.met {
		return s.showed(v.answer)
	}
	return visit[L]{heard: func(_ context.Context, got L, err error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.turns.singles--
		if err == nil && !s.turns.over && len(s.samples) < maxSamples {
			s.samples[w.id] = got
		}
		s.proceed()
	}}
}

// showed is a read that a page answered. When its answer was not enough, and the link itself says more, no page is.
func (s *sweep[L]) showed(answer L) visit[L] {
	return visit[L]{answer: answer, met: true, heard: func(ctx context.Context, got L, err error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.turns.spent++
		if err == nil && s.thinner(answer, got) {
			s.distrust(ctx)
		}
		s.proceed()
	}}
}
