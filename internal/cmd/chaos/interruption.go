package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// interruptionKind is what happens to a run from outside.
type interruptionKind string

const (
	none         interruptionKind = ""
	interrupt    interruptionKind = "interrupt"       // SIGINT to the engine
	killProvider interruptionKind = "kill provider"   // SIGKILL to the provider
	killEngine   interruptionKind = "kill engine"     // SIGKILL to the engine
	killBoth     interruptionKind = "kill everything" // SIGKILL to both
)

// moment is when a kill strikes.
type moment int

const (
	before moment = iota // the vendor does anything
	after                // the vendor is done and before it has answered
	soon                 // some milliseconds after the vendor is done
	late                 // up to seconds later, whatever is being done then
)

// interruption interrupts one run at one of its requests.
type interruption struct {
	kind  interruptionKind
	when  moment
	at    int           // the number of the run's request
	delay time.Duration // of soon and late

	mu       sync.Mutex
	engine   *workspace.Process
	seen     int
	executed bool
	err      error
}

// randomInterruption decides what interrupts a run of about so many requests.
func randomInterruption(dice *rand.Rand, requests int) *interruption {
	kinds := []interruptionKind{none, none, interrupt, killProvider, killProvider, killEngine, killEngine, killBoth, killBoth}
	out := &interruption{kind: kinds[dice.IntN(len(kinds))], when: moment(dice.IntN(4)), at: 1 + dice.IntN(requests+requests/2)}
	out.delay = time.Duration(dice.IntN(10)) * time.Millisecond
	if out.when == late {
		out.delay = time.Duration(dice.IntN(3000)) * time.Millisecond
	}
	return out
}

// attach names the engine that is to be interrupted.
func (s *interruption) attach(at *workspace.Process) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.engine = at
}

// detach tells that the engine has ended: there is nothing to interrupt any more.
func (s *interruption) detach() { s.attach(nil) }

// before and after are the sandbox's hooks.
func (s *interruption) before(fault.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen++
	switch {
	case s.seen >= s.at && (s.kind == interrupt || s.when == before):
		s.execute()
	case s.seen == s.at && s.when == late:
		go s.executeLater()
	}
}

// after: a kill between vendor and state is worth the more, the more the vendor has done: it waits for a write.
func (s *interruption) after(m fault.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen < s.at || !m.Committed || s.kind == interrupt {
		return
	}
	switch s.when {
	case after:
		s.execute()
	case soon:
		go s.executeLater()
	case before, late:
	}
}

// executeLater lets the vendor answer meanwhile.
func (s *interruption) executeLater() {
	if (clock.System{}).Sleep(context.Background(), s.delay) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.execute()
}

// execute interrupts once. A provider that has just ended by itself was not interrupted.
func (s *interruption) execute() {
	if s.executed || s.engine == nil || s.err != nil {
		return
	}
	s.executed = true
	switch s.kind {
	case interrupt:
		s.err = s.engine.Interrupt()
	case killEngine:
		s.err = s.engine.KillEngine()
	case killBoth:
		s.engine.Kill()
	case killProvider:
		var count int
		count, s.err = s.engine.KillProvider()
		s.executed = count > 0
	case none:
		s.executed = false
	}
	if errors.Is(s.err, os.ErrProcessDone) { // it has just ended by itself
		s.err, s.executed = nil, false
	}
}

// result is the kind of the interruption that took place.
func (s *interruption) result() interruptionKind {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.executed {
		return s.kind
	}
	return none
}

func (s *interruption) killed() bool {
	hit := s.result()
	return hit != none && hit != interrupt
}
