package main

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// interruptionKind is what happens to a run from outside.
type interruptionKind string

const (
	none       interruptionKind = ""
	interrupt  interruptionKind = "interrupt"       // SIGINT to the engine
	killBefore interruptionKind = "kill before"     // SIGKILL to the provider, before the vendor does anything
	killAfter  interruptionKind = "kill between"    // SIGKILL to the provider, when the vendor is done and has not answered
	killSoon   interruptionKind = "kill soon after" // SIGKILL to the provider, some milliseconds after the vendor is done
)

// interruption interrupts one run at one of its requests.
type interruption struct {
	kind  interruptionKind
	at    int           // the number of the run's request
	delay time.Duration // of killSoon

	mu       sync.Mutex
	engine   *workspace.Process
	seen     int
	executed bool
	err      error
}

// randomInterruption decides what interrupts a run of about so many requests.
func randomInterruption(dice *rand.Rand, requests int) *interruption {
	kinds := []interruptionKind{none, none, none, interrupt, interrupt, killBefore, killAfter, killAfter, killSoon}
	return &interruption{kind: kinds[dice.IntN(len(kinds))], at: 1 + dice.IntN(requests+requests/2), delay: time.Duration(dice.IntN(10)) * time.Millisecond}
}

// attach names the engine that is to be interrupted.
func (s *interruption) attach(at *workspace.Process) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.engine = at
}

// before and after are the sandbox's hooks.
func (s *interruption) before(fault.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen++
	if s.seen >= s.at && (s.kind == interrupt || s.kind == killBefore) {
		s.execute()
	}
}

// after: a kill between vendor and state is worth the more, the more the vendor has done: it waits for a write.
func (s *interruption) after(m fault.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen < s.at || !m.Committed {
		return
	}
	switch s.kind {
	case killAfter:
		s.execute()
	case killSoon:
		go s.executeLater()
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
	if s.kind == interrupt {
		s.err = s.engine.Interrupt()
		s.executed = s.err == nil
		return
	}
	var count int
	count, s.err = s.engine.KillProvider()
	s.executed = count > 0
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
