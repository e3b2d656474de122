package provider_test

import (
	"net/http"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
)

// mishap is one thing that goes wrong, a column of the matrix.
type mishap struct {
	what  string
	fault fault.Fault
	// down: the vendor refuses connections.
	down bool
	// hangs: the provider's patience ends first, which takes a real clock.
	hangs bool
	// readLag and listLag are how long a new link stays unknown to reads and out of lists, in place of a fault.
	readLag, listLag time.Duration
	// only are the operations that it can happen to; empty for all.
	only []string
}

// patience is the request_timeout of the columns that hang, and tooLong an answer that comes later than that.
const (
	patience = 300 * time.Millisecond
	tooLong  = 20 * time.Second
)

// mishaps are the columns. elsewhere is the address that a redirect points to.
func mishaps(elsewhere string) []mishap {
	broken, busy := fault.Fault{Status: http.StatusInternalServerError}, fault.Fault{Status: http.StatusServiceUnavailable}
	page := fault.Fault{Kind: fault.HTML, Echo: true} // as a gateway's debug page may
	after := func(f fault.Fault) fault.Fault { f.After = true; return f }
	written := []string{"read", "revoke", "activate", "activate_later"} // what a link exists for
	return []mishap{
		{what: "refused_connection", down: true, only: append(written, "create", "token")},
		{what: "dropped_before_commit", fault: fault.Fault{Kind: fault.Drop}},
		{what: "dropped_after_commit", fault: fault.Fault{Kind: fault.Drop, After: true}},
		{what: "timed_out_after_commit", fault: fault.Fault{Kind: fault.Drop, After: true, Delay: tooLong}, hangs: true},
		{what: "slow_drip", fault: fault.Fault{Kind: fault.Drip, Delay: patience * 2 / 3}, hangs: true},
		{what: "500_before_commit", fault: broken},
		{what: "500_after_commit", fault: after(broken)},
		{what: "503_before_commit", fault: busy},
		{what: "503_after_commit", fault: after(busy)},
		{what: "502_html_before_commit", fault: page},
		{what: "502_html_after_commit", fault: after(page)},
		{what: "429_with_retry_after", fault: fault.Fault{Kind: fault.TooMany, Header: http.Header{"Retry-After": {"7"}}}},
		{what: "429_without_retry_after", fault: fault.Fault{Kind: fault.TooMany}},
		{what: "401_expired", fault: fault.Fault{Kind: fault.ExpireToken}},
		{what: "403", fault: fault.Fault{Status: http.StatusForbidden, Body: `{"message":"not from here"}`}},
		{what: "404_right_after_create", readLag: 5 * time.Second, only: written},
		{what: "truncated_json", fault: fault.Fault{Kind: fault.Truncate}},
		{what: "wrong_content_type", fault: fault.Fault{Kind: fault.WrongContentType}},
		{what: "element_over_the_limit", fault: fault.Fault{Kind: fault.Oversize}},
		{what: "redirect_to_another_host", fault: fault.Fault{Kind: fault.Redirect, Location: elsewhere + "/stolen"}},
		{what: "lags_by_1s", listLag: time.Second, only: []string{"list"}},
		{what: "lags_by_5s", listLag: 5 * time.Second, only: []string{"list"}},
		{what: "lags_by_longer", listLag: 30 * time.Second, only: []string{"list"}},
	}
}

// lasting: a lag and an outage are what they are; a fault comes once, or lasts until the first apply has ended.
func (m mishap) lasting() []string {
	switch {
	case m.readLag > 0 || m.listLag > 0 || m.down:
		return []string{"while_it_lasts"}
	case m.hangs: // a second time-out says no more than a second loss, and takes its time
		return []string{"once"}
	}
	return []string{"once", "for_good"}
}
