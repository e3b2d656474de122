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

// blow is what hits a run from outside.
type blow string

const (
	none       blow = ""
	interrupt  blow = "interrupt"       // SIGINT to the engine
	killBefore blow = "kill before"     // SIGKILL to the provider, before the vendor does anything
	killAfter  blow = "kill between"    // SIGKILL to the provider, when the vendor is done and has not answered
	killSoon   blow = "kill soon after" // SIGKILL to the provider, some milliseconds after the vendor is done
)

// strike hits one run at one of its requests.
type strike struct {
	blow blow
	at   int           // the number of the run's request
	soon time.Duration // of killSoon

	mu      sync.Mutex
	running *workspace.Running
	seen    int
	landed  bool
	err     error
}

// draw decides what hits a run of about so many requests.
func draw(dice *rand.Rand, requests int) *strike {
	blows := []blow{none, none, none, interrupt, interrupt, killBefore, killAfter, killAfter, killSoon}
	return &strike{blow: blows[dice.IntN(len(blows))], at: 1 + dice.IntN(requests+requests/2), soon: time.Duration(dice.IntN(10)) * time.Millisecond}
}

// aim tells the strike what to hit.
func (s *strike) aim(at *workspace.Running) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = at
}

// before and after are the sandbox's hooks.
func (s *strike) before(fault.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen++
	if s.seen >= s.at && (s.blow == interrupt || s.blow == killBefore) {
		s.land()
	}
}

// after: a kill between vendor and state is worth the more, the more the vendor has done: it waits for a write.
func (s *strike) after(m fault.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen < s.at || !m.Committed {
		return
	}
	switch s.blow {
	case killAfter:
		s.land()
	case killSoon:
		go s.later()
	}
}

// later lets the vendor answer meanwhile.
func (s *strike) later() {
	if (clock.System{}).Sleep(context.Background(), s.soon) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.land()
}

// land hits once. A provider that has just ended by itself was not hit.
func (s *strike) land() {
	if s.landed || s.running == nil || s.err != nil {
		return
	}
	if s.blow == interrupt {
		s.err = s.running.Interrupt()
		s.landed = s.err == nil
		return
	}
	var count int
	count, s.err = s.running.KillProvider()
	s.landed = count > 0
}

// hit tells what landed.
func (s *strike) hit() blow {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.landed {
		return s.blow
	}
	return none
}

func (s *strike) killed() bool {
	hit := s.hit()
	return hit != none && hit != interrupt
}
