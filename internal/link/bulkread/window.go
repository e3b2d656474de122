package bulkread

import (
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// window is one refresh of a state: reads that follow each other closely, each link once.
type window struct {
	getsLeft int                // single reads left before the first page
	reads    map[driver.Key]int // how often each link was read
	rereads  int                // links that were read more than once
	idle     time.Duration      // in which no read was in flight
}

func newWindow(getsLeft int) *window {
	return &window{getsLeft: getsLeft, reads: map[driver.Key]int{}}
}
