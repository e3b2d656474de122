package bulkread

import (
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

const (
	// initialGets are made singly before the first page, about as many as Terraform asks for at a time. So a small state costs no
	// page of an account that may be large.
	initialGets = 10
	// pageTTL is how long a page is used, counted while no read is in flight: where requests are limited a plan of thousands of
	// links takes minutes, and the link that is read last singly is no newer than the one that was read first. A read after a pause
	// belongs to something else, such as the end of a long apply, and links are paid meanwhile.
	pageTTL = time.Minute
	// newWindowAfter is how many links may be read a second time before that counts as another refresh.
	newWindowAfter = initialGets
	// maxUnclaimed bounds what is kept of pages for reads that are still to come, which are of a link's own size each. What is dropped is
	// read singly.
	maxUnclaimed = 10_000
	// linksPerPage is how many links of one answer cost as much as a request: a list without pages may be huge, and a read need not wait
	// for all of it.
	linksPerPage = 10_000
)

// Config is what a Reader reads with.
type Config[L any] struct {
	Pager   driver.Pager[L]
	Batcher driver.Batcher[L] // nil for a vendor that takes one id a request
	// ListOnly reads from the list, and singly only what it does not show.
	ListOnly bool
	Clock    clock.Clock
	Vendor   string // for the log
	ID       func(L) string
}

// shared is what a Reader and its scans have in common. mu guards all of their fields.
type shared[L any] struct {
	Config[L]
	mu sync.Mutex
	// dirty holds the links that this process has written to. A list may lag, so that no page is used for them any more.
	dirty map[driver.Key]bool
}

// window is one refresh of a state: reads that follow each other closely, each link once.
type window struct {
	getsLeft int                // single reads left before the first page
	reads    map[driver.Key]int // how often each link was read
	rereads  int                // links that were read more than once
	idle     time.Duration      // in which no read was in flight
}
