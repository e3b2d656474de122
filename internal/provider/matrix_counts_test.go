package provider_test

import (
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// class is what a fault says about the call that met it.
func (m mishap) class() string {
	switch kind := m.fault.Kind; {
	case m.down:
		return "down"
	case m.readLag > 0:
		return "not found"
	case kind == sandbox.TooMany:
		return "busy"
	case kind == sandbox.ExpireToken:
		return "expired"
	case kind == sandbox.Drop:
		return "lost"
	case kind == sandbox.HTML, m.fault.Status >= http.StatusInternalServerError:
		if m.fault.After {
			return "failed after"
		}
		return "failed before"
	case kind == sandbox.Redirect, m.fault.Status == http.StatusForbidden:
		return "refused"
	}
	return "unreadable"
}

// sendings are how often a write is sent whose fault comes once, and one whose fault stays. A call that was not carried out is
// repeated; one of which nobody knows only where that does no harm.
var sendings = map[string]map[string][2]int{
	"": { // every write, where nothing else is said below
		"down": {0, 0}, "busy": {2, 5}, "expired": {1, 1}, "refused": {1, 1},
		"lost": {1, 1}, "failed before": {1, 1}, "failed after": {1, 1}, "unreadable": {1, 1}, "not found": {1, 1},
	},
	"keyed create": {"lost": {2, 5}, "unreadable": {2, 5}, "failed before": {2, 3}}, // after a 5xx only once nothing is found
	"revoke":       {"lost": {2, 5}, "failed before": {2, 5}, "failed after": {2, 5}, "not found": {2, 2}},
	"qonto revoke": {"unreadable": {2, 2}}, // the others answer without a body
	"token":        {"lost": {2, 5}, "failed before": {2, 5}, "failed after": {2, 5}, "unreadable": {2, 5}},
	"renewing":     {"expired": {2, 2}},
}

// sends looks it up.
func (x *trial) sends() int {
	tables := []string{""}
	switch call := x.hit(x.op); {
	case call == "create" && x.keyed():
		tables = append(tables, "keyed create")
	case call == x.revoke:
		tables = append(tables, "revoke", x.vendor+" revoke")
	case call == "token" && x.vendor != "qonto": // whose refresh token is good for one renewal
		tables = append(tables, "token")
	}
	if x.renews() {
		tables = append(tables, "renewing")
	}
	var counts [2]int
	for _, table := range tables {
		if found, ok := sendings[table][x.class()]; ok {
			counts = found
		}
	}
	if x.lasts == "once" {
		return counts[0]
	}
	return counts[1]
}

// counted: the call that went wrong was sent exactly as often as its table says, and no other write was sent.
func (x *trial) counted(m met) {
	x.Helper()
	hit := x.hit(x.op)
	if n := x.CallCount(hit); !isRead(hit) && n != x.sends() {
		x.Errorf("%s was sent %d times, want %d", hit, n, x.sends())
	}
	creates := x.CallCount("create")
	switch {
	case !x.begins():
		if creates > 0 {
			x.Errorf("%d creates", creates)
		}
	case isRead(hit) && creates > 1 && !(x.keyed() && !m.shown): // the list is looked at, and no second link asked for
		x.Errorf("%d creates", creates)
	case hit == "activate" && creates > 1:
		x.Errorf("%d creates", creates)
	}
	if n := x.CallCount(x.revoke); x.revoke != "" && n > 0 && !x.destroys() {
		x.Errorf("%d calls that end a link", n)
	}
}
