package faultmatrix_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
)

// column is one thing that goes wrong, a column of the matrix.
type column struct {
	name  string
	fault fault.Fault
	// down: the vendor refuses connections.
	down bool
	// hangs: the provider gives up first, which takes a real clock.
	hangs bool
	// readLag and listLag are how long a new link stays unknown to reads and out of lists, in place of a fault.
	readLag, listLag time.Duration
	// only are the operations that it can happen to; empty for all.
	only []string
}

// requestTimeout is that of the provider in the columns that hang, and tooLong an answer that comes later than that.
const (
	requestTimeout = 600 * time.Millisecond
	tooLong        = 20 * time.Second
)

// columns are the columns. elsewhere is the address that a redirect points to.
func columns(elsewhere string) []column {
	broken, busy := fault.Fault{Status: http.StatusInternalServerError}, fault.Fault{Status: http.StatusServiceUnavailable}
	page := fault.Fault{Kind: fault.HTML, Echo: true} // as a gateway's debug page may
	after := func(f fault.Fault) fault.Fault { f.After = true; return f }
	written := []string{opRead, opRevoke, opActivate, opActivateLater} // what a link exists for
	columns := []column{
		{name: "refused_connection", down: true, only: append(written, opCreate, opToken)},
		{name: "dropped_before_commit", fault: fault.Fault{Kind: fault.Drop}},
		{name: "dropped_after_commit", fault: fault.Fault{Kind: fault.Drop, After: true}},
		{name: "timed_out_after_commit", fault: fault.Fault{Kind: fault.Drop, After: true, Delay: tooLong}, hangs: true},
		{name: "slow_drip", fault: fault.Fault{Kind: fault.Drip, Delay: requestTimeout * 2 / 3}, hangs: true},
		{name: "500_before_commit", fault: broken},
		{name: "500_after_commit", fault: after(broken)},
		{name: "503_before_commit", fault: busy},
		{name: "503_after_commit", fault: after(busy)},
		{name: "502_html_before_commit", fault: page},
		{name: "502_html_after_commit", fault: after(page)},
		{name: "429_with_retry_after", fault: fault.Fault{Kind: fault.TooMany, Header: http.Header{"Retry-After": {"7"}}}},
		{name: "429_without_retry_after", fault: fault.Fault{Kind: fault.TooMany}},
		{name: "401_expired", fault: fault.Fault{Kind: fault.ExpireToken}},
		{name: "403", fault: fault.Fault{Status: http.StatusForbidden, Body: `{"message":"not from here"}`}},
		{name: "404_right_after_create", readLag: 5 * time.Second, only: written},
		{name: "truncated_json", fault: fault.Fault{Kind: fault.Truncate}},
		{name: "wrong_content_type", fault: fault.Fault{Kind: fault.WrongContentType}},
		{name: "element_over_the_limit", fault: fault.Fault{Kind: fault.Oversize}},
		{name: "redirect_to_another_host", fault: fault.Fault{Kind: fault.Redirect, Location: elsewhere + "/stolen"}},
		{name: "lags_by_1s", listLag: time.Second, only: []string{opList}},
		{name: "lags_by_5s", listLag: 5 * time.Second, only: []string{opList}},
		{name: "lags_by_longer", listLag: 30 * time.Second, only: []string{opList}},
	}
	for _, status := range mayFollowCommit {
		columns = append(columns, column{name: strconv.Itoa(status) + "_after_commit", only: []string{opCreate, opRevoke, opActivate},
			fault: fault.Fault{Status: status, Body: `{"message":"said by a gateway"}`, After: true}})
	}
	return columns
}

// mayFollowCommit are statuses with which a gateway may speak for a vendor that has already acted.
var mayFollowCommit = []int{
	http.StatusTemporaryRedirect, http.StatusPermanentRedirect, http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, 499,
}

// lasting: a lag and an outage are what they are; a fault comes once, or lasts until the first apply has ended.
func (c column) lasting() []string {
	switch {
	case c.readLag > 0 || c.listLag > 0 || c.down:
		return []string{"while_it_lasts"}
	case c.hangs: // a second time-out says no more than a second loss, and takes its time
		return []string{"once"}
	}
	return []string{"once", "for_good"}
}

// redirectTrap is another host, to which a redirect points. Nothing may ever arrive there.
type redirectTrap struct {
	*httptest.Server
	mu      sync.Mutex
	arrived []string
}

func newRedirectTrap(t *testing.T) *redirectTrap {
	t.Helper()
	trap := &redirectTrap{}
	trap.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		trap.mu.Lock()
		defer trap.mu.Unlock()
		trap.arrived = append(trap.arrived, r.Method+" "+r.URL.Path)
	}))
	t.Cleanup(func() {
		trap.Close()
		if got := slices.Compact(trap.arrived); len(got) > 0 {
			t.Errorf("a redirect was followed to another host: %q", got)
		}
	})
	return trap
}
