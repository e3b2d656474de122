package link

// step is what a refresh does next.
type step int

const (
	stand      step = iota // nothing: what is under way has to come back first
	readSingly             // the read that waits longest is made by itself
	readBatch              // the reads that wait are asked for by one request
	readPage               // the walk goes on by one page
)

// turns decides what the reads of one list cost. A page is one request and so is a read, and nobody knows beforehand how
// many links the account holds, nor how many of them are in a state. So one of each is spent in turn, which never costs
// more than twice the cheaper of the two pure ways.
type turns struct {
	alternate bool // pages and single reads in turn; else pages as long as there are any
	batches   bool // the vendor answers several ids at once

	pages   int  // that came back, whatever they brought
	spent   int  // single reads and batches, beyond the free ones
	singles int  // single reads under way
	paging  bool // a page is under way
	asking  bool // a batch is under way
	over    bool // the walk is at its end, or has failed
	// distrusted: pages say less than they should.
	distrusted bool
}

// next takes the next step for so many reads that wait. free counts the single reads before the first page.
func (t *turns) next(waiting int, free *int) step {
	switch {
	case waiting == 0:
		return stand
	case *free > 0:
		*free--
		t.singles++
		return readSingly
	case t.over && !t.batches:
		return t.read(1)
	case t.over && (t.singles > 0 || t.asking): // until then more reads come, to be asked for together
		return stand
	case t.over, t.alternate && t.spent < t.pages && !t.asking:
		return t.read(waiting)
	case !t.over && !t.paging && (!t.alternate || t.pages <= t.spent):
		t.paging = true
		return readPage
	}
	return stand
}

// read spends one request on the reads that wait.
func (t *turns) read(waiting int) step {
	t.spent++
	if t.batches && waiting > 1 {
		t.asking = true
		return readBatch
	}
	t.singles++
	return readSingly
}

// extra is a single read out of turn.
func (t *turns) extra() {
	t.spent++
	t.singles++
}

func (t *turns) distrust() { t.over, t.batches, t.distrusted = true, false, true }
