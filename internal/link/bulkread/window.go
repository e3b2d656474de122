package bulkread

import (
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// window is one refresh of a state: reads that follow closely on each other, and each link once.
type window[L any] struct {
	getsLeft int // single reads left before the first page
	rereads  int
	idle     time.Duration       // in which no read was under way
	reads    map[driver.Key]int  // how often
	scans    map[string]*scan[L] // by scope
}

func (f *Reader[L]) startWindow(free int) {
	if f.ListOnly {
		free = 0
	}
	f.window = &window[L]{getsLeft: free, reads: map[driver.Key]int{}, scans: map[string]*scan[L]{}}
}

// beginRead begins a read; leave ends it. In between the round does not age.
func (f *Reader[L]) beginRead() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.window != nil && f.inFlight == 0 {
		f.window.idle += f.Clock.Now().Sub(f.lastReadEnded)
		if f.window.idle >= pageTTL {
			f.window = nil
		}
	}
	f.inFlight++
}

func (f *Reader[L]) endRead() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.inFlight--
	f.lastReadEnded = f.Clock.Now()
}

// mayUsePage notes that a link is read, and tells whether a page may answer. It may not for a link that this process has written
// to, nor for one that is read again in the same round: whoever does that expects something to have changed.
func (f *Reader[L]) mayUsePage(key driver.Key) bool {
	switch {
	case f.dirty[key]:
		return false
	case f.window == nil:
		f.startWindow(initialGets)
	case f.window.reads[key] > 0:
		if f.window.reads[key]++; f.window.reads[key] == 2 {
			f.window.rereads++
		}
		if f.window.rereads <= newWindowAfter {
			return false
		}
		f.startWindow(initialGets - newWindowAfter) // the repeats were the new round's free ones
	}
	f.window.reads[key]++
	return true
}

// Invalidate keeps pages from being believed about a link that is about to be written to, or was just created: those that were
// read and those under way. Without a refresher no page is believed anyway.
func (f *Reader[L]) Invalidate(key driver.Key) {
	if f == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dirty[key] = true
}

func (f *Reader[L]) scan(scope string) *scan[L] {
	s, ok := f.window.scans[scope]
	if !ok {
		s = &scan[L]{
			Reader: f, window: f.window, scope: scope,
			scheduler: scheduler{alternate: !f.ListOnly, batches: f.Batcher != nil},
			visited:   map[string]bool{}, listed: map[string]bool{}, unclaimed: map[string]L{}, samples: map[string]L{},
		}
		f.window.scans[scope] = s
	}
	return s
}
