package bulkread

// step is what a refresh does next.
type step int

const (
	stepNone  step = iota // nothing: what is under way has to come back first
	stepGet               // the read that waits longest is made by itself
	stepBatch             // the reads that wait are asked for by one request
	stepPage              // the walk goes on by one page
)

// scheduler decides what the reads of one list cost. A page is one request and so is a read, and nobody knows beforehand how
// many links the account holds, nor how many of them are in a state. So one of each is spent in turn, which never costs
// more than twice the cheaper of the two pure ways.
type scheduler struct {
	alternate bool // pages and single reads in turn; else pages as long as there are any
	batches   bool // the vendor answers several ids at once

	pages          int  // that came back, whatever they brought
	singleRequests int  // single reads and batches, beyond the free ones
	getsInFlight   int  // single reads under way
	pageInFlight   bool // a page is under way
	batchInFlight  bool // a batch is under way
	listDone       bool // the walk is at its end, or has failed
	// pagesDisabled: pages say less than they should.
	pagesDisabled bool
}

// next takes the next step for so many reads that wait. free counts the single reads before the first page.
func (t *scheduler) next(waiting int, free *int) step {
	switch {
	case waiting == 0:
		return stepNone
	case *free > 0:
		*free--
		t.getsInFlight++
		return stepGet
	case t.listDone && !t.batches:
		return t.spendOne(1)
	case t.listDone && (t.getsInFlight > 0 || t.batchInFlight): // until then more reads come, to be asked for together
		return stepNone
	case t.listDone, t.alternate && t.singleRequests < t.pages && !t.batchInFlight:
		return t.spendOne(waiting)
	case !t.listDone && !t.pageInFlight && (!t.alternate || t.pages <= t.singleRequests):
		t.pageInFlight = true
		return stepPage
	}
	return stepNone
}

// spendOne spends one request on the reads that wait.
func (t *scheduler) spendOne(waiting int) step {
	t.singleRequests++
	if t.batches && waiting > 1 {
		t.batchInFlight = true
		return stepBatch
	}
	t.getsInFlight++
	return stepGet
}

// recordExtraGet is a single read out of turn.
func (t *scheduler) recordExtraGet() {
	t.singleRequests++
	t.getsInFlight++
}

func (t *scheduler) disablePages() { t.listDone, t.batches, t.pagesDisabled = true, false, true }
