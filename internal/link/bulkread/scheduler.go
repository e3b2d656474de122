package bulkread

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"

// step is what a scan does next.
type step int

const (
	stepNone  step = iota // wait for a request in flight
	stepGet               // let the oldest waiting read be made singly
	stepBatch             // request the waiting links in one batch
	stepPage              // request the next page
)

// scheduler decides what the reads of one list cost. A page is one request and so is a single read, and nobody knows beforehand
// how many links the account holds, nor how many of them are in a state. So it alternates between the two, which costs at most
// twice the cheaper one (the bound of the ski-rental problem).
type scheduler struct {
	alternate bool // between pages and single reads; else pages to the end of the list
	batches   bool // the vendor answers several ids at once

	pages          int  // that came back, whatever they held
	pagesAhead     int  // that were requested beside the one that is needed
	longPage       bool // the page in flight has cost as much as others already
	served         int  // reads that a page has answered
	singleRequests int  // single reads and batches, without the initial ones
	getsInFlight   int  // single reads
	pageInFlight   bool // at most one
	batchInFlight  bool // at most one
	listDone       bool // the list is at its end, or could not be read
}

// next returns the next step, and counts it, for a number of waiting reads. getsLeft is how many single reads are left before the
// first page.
func (s *scheduler) next(waiting int, getsLeft *int) step {
	switch {
	case waiting == 0:
		return stepNone
	case *getsLeft > 0:
		*getsLeft--
		s.getsInFlight++
		return stepGet
	case s.listDone && !s.batches:
		return s.spendOne(1)
	case s.listDone && (s.getsInFlight > 0 || s.batchInFlight): // meanwhile more reads arrive for the next batch
		return stepNone
	case s.listDone, s.alternate && s.singleRequests < s.pages && !s.batchInFlight && !s.pagesPay():
		return s.spendOne(waiting)
	case !s.listDone && !s.pageInFlight && (!s.alternate || s.pages <= s.singleRequests || s.pagesPay()):
		s.pageInFlight = true
		return stepPage
	}
	return stepNone
}

// pagesPay reports whether pages are the cheaper way by now: the next one is under way already, or each has spared a single read. One that
// goes on and on is not waited for.
func (s *scheduler) pagesPay() bool {
	return !s.longPage && (s.pagesAhead > 0 || s.pages > 0 && s.served >= s.pages)
}

// ahead returns how many pages to request beside the next one, of so many that follow it: all of them for who reads the list alone, and
// where they are no more than the initial single reads. Else those that the reads so far pay for, in place of single ones.
func (s *scheduler) ahead(remaining int) int {
	if !s.alternate || remaining <= initialGets {
		return paging.MaxAhead
	}
	return max(0, min(paging.MaxAhead, s.served+s.singleRequests-s.pages-1, s.pages-s.singleRequests))
}

// spendOne spends one request on waiting reads.
func (s *scheduler) spendOne(waiting int) step {
	s.singleRequests++
	if s.batches && waiting > 1 {
		s.batchInFlight = true
		return stepBatch
	}
	s.getsInFlight++
	return stepGet
}
