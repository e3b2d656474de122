package faultmatrix_test

import (
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
)

// class is what a fault says about the call that met it.
func (c column) class() string {
	switch kind := c.fault.Kind; {
	case c.down:
		return "down"
	case c.readLag > 0:
		return "not found"
	case kind == fault.TooMany:
		return "busy"
	case kind == fault.ExpireToken:
		return "expired"
	case kind == fault.Drop:
		return "lost"
	case kind == fault.HTML, c.fault.Status >= http.StatusInternalServerError:
		if c.fault.After {
			return "failed after"
		}
		return "failed before"
	case kind == fault.WrongContentType:
		return "page"
	case kind == fault.Redirect, c.fault.Status > 0:
		return "refused"
	}
	return "unreadable"
}

// expectedSends are how often a write is sent whose fault comes once, and one whose fault stays. A call that was not carried
// out is repeated; one of which nobody knows only where that does no harm.
var expectedSends = map[string]map[string][2]int{
	"": { // every write, where nothing else is said below
		"down": {0, 0}, "busy": {2, 5}, "expired": {1, 1}, "refused": {1, 1},
		"lost": {1, 1}, "failed before": {1, 1}, "failed after": {1, 1}, "unreadable": {1, 1}, "page": {1, 1}, "not found": {1, 1},
	},
	"keyed create":    {"lost": {2, 5}, "unreadable": {2, 5}, "page": {2, 5}},
	"searched create": {"failed before": {2, 3}}, // under its key, only once the list shows nothing
	"revoke":          {"lost": {2, 5}, "failed before": {2, 5}, "failed after": {2, 5}, "not found": {2, 2}},
	"token":           {"lost": {2, 5}, "failed before": {2, 5}, "failed after": {2, 5}, "unreadable": {2, 5}, "page": {2, 5}},
	"token, gated":    {"page": {2, 2}},
	"renewing":        {"expired": {2, 2}},
}

// wantSends looks it up.
func (c *faultCase) wantSends() int {
	tables := []string{""}
	switch call := c.faultedCall(c.op); {
	case call == c.Operations.Create && c.keyed():
		tables = append(tables, "keyed create")
		if c.Operations.List != "" {
			tables = append(tables, "searched create")
		}
	case call == c.Operations.Revoke:
		tables = append(tables, "revoke")
	case call == c.Operations.Token && c.Token.Gated:
		tables = append(tables, "token", "token, gated")
	case call == c.Operations.Token:
		tables = append(tables, "token")
	}
	if c.renews(c.op) {
		tables = append(tables, "renewing")
	}
	var counts [2]int
	for _, table := range tables {
		if found, ok := expectedSends[table][c.class()]; ok {
			counts = found
		}
	}
	if c.lasting == "once" {
		return counts[0]
	}
	return counts[1]
}

// requireSends expects that the call that went wrong was sent exactly as often as its table says, and that no other write was
// sent.
func (c *faultCase) requireSends(seen observation) {
	c.Helper()
	call := c.faultedCall(c.op)
	if n := c.CallCount(call); !c.isRead(call) && n != c.wantSends() {
		c.Errorf("%s was sent %d times, want %d", call, n, c.wantSends())
	}
	creates := c.CallCount(c.Operations.Create)
	switch {
	case !c.creates():
		if creates > 0 {
			c.Errorf("%d creates", creates)
		}
	case c.isRead(call) && creates > 1 && !(c.keyed() && !seen.shown): // the list is looked at, and no second link asked for
		c.Errorf("%d creates", creates)
	case call == c.Operations.Activate && creates > 1:
		c.Errorf("%d creates", creates)
	}
	if revoke := c.Operations.Revoke; revoke != "" && c.CallCount(revoke) > 0 && !c.destroys() {
		c.Errorf("%d calls that end a link", c.CallCount(revoke))
	}
}
