package bulkread

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
)

// play is one refresh, made up at random.
type play struct {
	account, listed, unlisted, gone int // links: in the account's list; of the state, where they are to be found
	size, readers                   int
	listOnly, batches               bool
	fails                           int // the page that fails; -1: none
	order                           []string
}

func randomPlay(rnd *rand.Rand) play {
	p := play{
		account: pick(rnd, 0, 5, 40, 400, 3000), size: pick(rnd, 1, 10, 50, 100), readers: 1 + rnd.IntN(12),
		unlisted: pick(rnd, 0, 0, 3, 30), gone: pick(rnd, 0, 0, 0, 4),
		listOnly: rnd.IntN(4) == 0, batches: rnd.IntN(3) == 0, fails: -1,
	}
	p.listed = min(p.account, pick(rnd, 1, 12, 30, 200, 600))
	if rnd.IntN(5) == 0 {
		p.fails = rnd.IntN(1 + p.account/p.size)
	}
	all := rnd.Perm(p.account)
	for _, i := range all[:p.listed] {
		p.order = append(p.order, fmt.Sprintf("l%d", i))
	}
	for i := range p.unlisted {
		p.order = append(p.order, fmt.Sprintf("u%d", i))
	}
	for i := range p.gone {
		p.order = append(p.order, fmt.Sprintf("g%d", i))
	}
	switch rnd.IntN(3) {
	case 0:
		rnd.Shuffle(len(p.order), func(i, j int) { p.order[i], p.order[j] = p.order[j], p.order[i] })
	case 1: // from the list's end: the walk meets none of them for long
		for i, j := 0, len(p.order)-1; i < j; i, j = i+1, j-1 {
			p.order[i], p.order[j] = p.order[j], p.order[i]
		}
	}
	return p
}

// pick is a number of up to one of these.
func pick(rnd *rand.Rand, from ...int) int {
	if most := from[rnd.IntN(len(from))]; most > 1 {
		return 1 + rnd.IntN(most)
	} else {
		return most
	}
}

func (p play) pages() int { return max(1, (p.account+p.size-1)/p.size) }

// absent are the links that the list cannot answer.
func (p play) absent() int { return p.unlisted + p.gone }

// bound is what the refresh may cost.
func (p play) bound() int {
	byGet, byList := len(p.order), p.pages()+p.absent()
	switch {
	case p.fails >= 0:
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

func (p play) shelf() *shelf {
	s := newShelf(p.account, p.size)
	for i := range p.unlisted {
		id := fmt.Sprintf("u%d", i)
		s.other[id] = leaf{id, "first"}
	}
	if p.fails >= 0 {
		s.fail = func(at string) error {
			if at == fmt.Sprint(p.fails*p.size) || p.fails == 0 && at == "" {
				return errShelf
			}
			return nil
		}
	}
	return s
}

// Whatever the account holds, whatever the state, and in whatever order the reads come: every read gets its own answer,
// no page is read twice, and the whole costs no more than twice the cheaper pure way and the first single reads.
func TestRefreshSimulation(t *testing.T) {
	const plays = 2500
	for seed := range uint64(plays) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		p := randomPlay(rnd)
		s := p.shelf()
		turns := make([]int, 64)
		for i := range turns {
			turns[i] = rnd.IntN(4)
		}
		var count int
		s.hold = func(context.Context, string) {
			s.mu.Lock()
			count++
			yields := turns[count%len(turns)]
			s.mu.Unlock()
			for range yields {
				runtime.Gosched()
			}
		}
		r := newReading(s, p.listOnly, p.batches)
		for _, wrong := range r.all(t.Context(), p.readers, p.order) {
			t.Errorf("play %d: %s", seed, wrong)
		}
		if cost := s.cost(); cost > p.bound() {
			t.Errorf("play %d: %s, that is %d, more than %d: %+v", seed, s.spent(), cost, p.bound(), p)
		}
		for at, n := range s.begun {
			if n > 1 {
				t.Errorf("play %d: the page at %q was read %d times", seed, at, n)
			}
		}
		if t.Failed() {
			return
		}
	}
}
