package link

import "time"

// round is one refresh of a state: reads that follow closely on each other, and each link once.
type round[L any] struct {
	free    int // single reads left before the first page
	repeats int
	idle    time.Duration        // in which no read was under way
	asked   map[Key]int          // how often
	sweeps  map[string]*sweep[L] // by scope
}

func (f *refresher[L]) begin(free int) {
	if f.listOnly {
		free = 0
	}
	f.round = &round[L]{free: free, asked: map[Key]int{}, sweeps: map[string]*sweep[L]{}}
}

// enter begins a read; leave ends it. In between the round does not age.
func (f *refresher[L]) enter() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.round != nil && f.present == 0 {
		f.round.idle += f.clock.Now().Sub(f.left)
		if f.round.idle >= believable {
			f.round = nil
		}
	}
	f.present++
}

func (f *refresher[L]) leave() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.present--
	f.left = f.clock.Now()
}

// asks notes that a link is read, and tells whether a page may answer. It may not for a link that this process has written
// to, nor for one that is read again in the same round: whoever does that expects something to have changed.
func (f *refresher[L]) asks(key Key) bool {
	switch {
	case f.written[key]:
		return false
	case f.round == nil:
		f.begin(freeReads)
	case f.round.asked[key] > 0:
		if f.round.asked[key]++; f.round.asked[key] == 2 {
			f.round.repeats++
		}
		if f.round.repeats <= maxRepeats {
			return false
		}
		f.begin(freeReads - maxRepeats) // the repeats were the new round's free ones
	}
	f.round.asked[key]++
	return true
}

// wrote keeps pages from being believed about a link that is about to be written to, or was just created: those that were
// read and those under way. Without a refresher no page is believed anyway.
func (f *refresher[L]) wrote(key Key) {
	if f == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.written[key] = true
}

func (f *refresher[L]) sweep(scope string) *sweep[L] {
	s, ok := f.round.sweeps[scope]
	if !ok {
		s = &sweep[L]{
			refresher: f, round: f.round, scope: scope,
			turns: turns{alternate: !f.listOnly, batches: f.batcher != nil},
			been:  map[string]bool{}, listed: map[string]bool{}, met: map[string]L{}, samples: map[string]L{},
		}
		f.round.sweeps[scope] = s
	}
	return s
}
