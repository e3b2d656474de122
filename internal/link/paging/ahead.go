package paging

import "context"

// Page is one page of a vendor's list. P is the vendor's cursor or page number.
type Page[L any, P comparable] struct {
	Links []L
	Next  *P   // of the following page; nil on the last
	Total *int // of links in the whole list; nil where the vendor does not tell
	// Following are the pages after Next, as Total tells; nil where only Next is known. What is read of them beforehand is dropped if
	// another page comes instead.
	Following []P
}

// MaxAhead is how many pages are read beside the one that is needed: with it as many requests as an engine makes at a time.
const MaxAhead = 9

// Following returns the cursors of the pages after next, as far as they are of use, in a list whose pages are step apart and end before end.
func Following(next, step, end int) (out []int) {
	for at := next + step; step > 0 && at < end && len(out) < 2*MaxAhead; at += step {
		out = append(out, at)
	}
	return out
}

// Ahead reads the pages of one list in their order, and some of those that follow side by side with the one that is needed. It is used
// by one goroutine at a time.
type Ahead[L any, P comparable] struct {
	Read      func(ctx context.Context, at P) (Page[L, P], error)
	Following []P // the pages that are known to follow the next one; more than a few are not among them

	underWay map[P]*pageUnderWay[L, P]
}

// pageUnderWay is a page that has been requested.
type pageUnderWay[L any, P comparable] struct {
	done chan struct{} // closed when page and err are set
	page Page[L, P]
	err  error
}

// Start requests a page, and up to so many of those that follow it, unless they are under way. It returns how many are under way beside
// it. They end with ctx.
func (a *Ahead[L, P]) Start(ctx context.Context, at P, ahead int) (beside int) {
	if a.underWay[at] == nil { // nor are those under way its followers
		a.underWay = map[P]*pageUnderWay[L, P]{}
	}
	a.request(ctx, at)
	for _, following := range a.Following[:min(ahead, len(a.Following))] {
		a.request(ctx, following)
	}
	return len(a.underWay) - 1
}

func (a *Ahead[L, P]) request(ctx context.Context, at P) {
	if a.underWay[at] != nil {
		return
	}
	p := &pageUnderWay[L, P]{done: make(chan struct{})}
	a.underWay[at] = p
	go func() {
		defer close(p.done)
		p.page, p.err = a.Read(ctx, at)
	}()
}

// Wait returns a page that Start has requested, when it is there.
func (a *Ahead[L, P]) Wait(at P) (Page[L, P], error) {
	p := a.underWay[at]
	<-p.done
	delete(a.underWay, at)
	a.Following = p.page.Following
	return p.page, p.err
}

// Forget drops what is under way, whose context has ended.
func (a *Ahead[L, P]) Forget() { a.underWay = nil }
