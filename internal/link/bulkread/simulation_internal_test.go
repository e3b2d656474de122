package bulkread

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
)

// scenario is a random refresh.
type scenario struct {
	account, listed, unlisted, missing int // links: of the account's list; of the state, by where they are found
	pageSize, readers                  int
	listOnly, batches, numbered        bool
	failingPage                        int // -1 for none
	order                              []string
}

func randomScenario(rnd *rand.Rand) scenario {
	p := scenario{
		account: pick(rnd, 0, 5, 40, 400, 3000), pageSize: pick(rnd, 1, 10, 50, 100), readers: 1 + rnd.IntN(12),
		unlisted: pick(rnd, 0, 0, 3, 30), missing: pick(rnd, 0, 0, 0, 4),
		listOnly: rnd.IntN(4) == 0, batches: rnd.IntN(3) == 0, numbered: rnd.IntN(2) == 0, failingPage: -1,
	}
	p.listed = min(p.account, pick(rnd, 1, 12, 30, 200, 600))
	if rnd.IntN(5) == 0 {
		p.failingPage = rnd.IntN(1 + p.account/p.pageSize)
	}
	all := rnd.Perm(p.account)
	for _, i := range all[:p.listed] {
		p.order = append(p.order, fmt.Sprintf("l%d", i))
	}
	for i := range p.unlisted {
		p.order = append(p.order, fmt.Sprintf("u%d", i))
	}
	for i := range p.missing {
		p.order = append(p.order, fmt.Sprintf("g%d", i))
	}
	switch rnd.IntN(3) {
	case 0:
		rnd.Shuffle(len(p.order), func(i, j int) { p.order[i], p.order[j] = p.order[j], p.order[i] })
	case 1: // from the list's end: pages show none of them for long
		for i, j := 0, len(p.order)-1; i < j; i, j = i+1, j-1 {
			p.order[i], p.order[j] = p.order[j], p.order[i]
		}
	}
	return p
}

// pick returns a number of up to one of these.
func pick(rnd *rand.Rand, from ...int) int {
	if most := from[rnd.IntN(len(from))]; most > 1 {
		return 1 + rnd.IntN(most)
	} else {
		return most
	}
}

func (p scenario) pages() int { return max(1, (p.account+p.pageSize-1)/p.pageSize) }

// absent counts the links that the list does not show.
func (p scenario) absent() int { return p.unlisted + p.missing }

// bound returns how many requests the refresh may take.
func (p scenario) bound() int {
	byGet, byList := len(p.order), p.pages()+p.absent()
	switch {
	case p.failingPage >= 0:
		return 2*byGet + initialGets + p.pages()*b2i(p.listOnly)
	case p.listOnly:
		return byList + b2i(p.batches)*p.absent() // what a batch did not find is read singly
	}
	return 2*min(byGet, byList) + initialGets
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (p scenario) fakeList() *fakeList {
	s := newFakeList(p.account, p.pageSize)
	s.numbered = p.numbered
	for i := range p.unlisted {
		id := fmt.Sprintf("u%d", i)
		s.unlisted[id] = item{id, "first"}
	}
	if p.failingPage >= 0 {
		s.fail = func(at string) error {
			if at == fmt.Sprint(p.failingPage*p.pageSize) || p.failingPage == 0 && at == "" {
				return errFake
			}
			return nil
		}
	}
	return s
}

// For any account, state and order of reads: every read gets its own answer, no page is read twice, and auto mode takes at most
// twice the requests of the cheaper pure mode, beside the initial single reads.
func TestRequestsStayWithinTheBound(t *testing.T) {
	const scenarios = 2500
	for seed := range uint64(scenarios) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		p := randomScenario(rnd)
		s := p.fakeList()
		pauses := make([]int, 64)
		for i := range pauses {
			pauses[i] = rnd.IntN(4)
		}
		var count int
		s.delay = func(context.Context, string) {
			s.mu.Lock()
			count++
			yields := pauses[count%len(pauses)]
			s.mu.Unlock()
			for range yields {
				runtime.Gosched()
			}
		}
		r := newReaderFixture(s, p.listOnly, p.batches)
		for _, wrong := range r.readAll(t.Context(), p.readers, p.order) {
			t.Errorf("scenario %d: %s", seed, wrong)
		}
		if cost := s.cost(); cost > p.bound() {
			t.Errorf("scenario %d: %s, that is %d, more than %d: %+v", seed, s.requests(), cost, p.bound(), p)
		}
		s.mu.Lock() // pages that nobody needs any more may be on their way
		for at, n := range s.pagesAt {
			if n > 1 {
				t.Errorf("scenario %d: the page at %q was read %d times", seed, at, n)
			}
		}
		s.mu.Unlock()
		if t.Failed() {
			return
		}
	}
}
