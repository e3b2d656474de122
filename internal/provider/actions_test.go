package provider_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// deed is a vendor's action.
type deed struct {
	vendor, verb string
	// op is the operation that acts; asked are the calls of an invocation that succeeds.
	op    string
	asked []string
	// done is the sandbox's word for a link on which it succeeded.
	done string
}

// deeds by vendor.
var deeds = map[string]deed{
	"powens": {vendor: "powens", verb: "revoke", op: "revoke", asked: []string{"revoke"}, done: "revoked"},
	"qonto":  {vendor: "qonto", verb: "deactivate", op: "deactivate", asked: []string{"deactivate"}, done: "canceled"},
	"conomy": {vendor: "conomy", verb: "activate", op: "activate", asked: []string{"get", "activate"}, done: "ACTIVE"},
}

func (d deed) name() string { return "paymentlinks_" + d.vendor + "_" + d.verb + "_link" }

// deedBench is one test's sandbox and provider, with a link on which the action can act.
type deedBench struct {
	*acctest.Harness
	deed
	vendorCase
	state protocoltest.State
}

func (d deed) open(t *testing.T, theirs clock.Clock, top object) *deedBench {
	t.Helper()
	at := slices.IndexFunc(vendorCases, func(c vendorCase) bool { return c.vendor == d.vendor })
	c := vendorCases[at]
	if d.vendor == "qonto" {
		c.config = c.with(object{"reusable": false}) // so that it can be paid for good
	}
	v := acctest.Complete(acctest.Vendor{Name: d.vendor, Account: "main", IgnoredOperation: "token"})
	b := &deedBench{Harness: v.Start(t, theirs).StartProvider(top), deed: d, vendorCase: c}
	b.state = b.Create(c.config)
	b.Clock.Advance(time.Hour)
	b.ResetCalls()
	return b
}

func (b *deedBench) id() string { return b.state.Text("id") }

func (b *deedBench) invoke() ([]string, protocoltest.Diagnostics) {
	b.Helper()
	return b.InvokeAction(b.deed.name(), object{"id": b.id()})
}

// status is the sandbox's word for the link; empty when it has none.
func (b *deedBench) status() string {
	for _, link := range b.Sandbox.Overview() {
		if link.ID == b.id() {
			return link.Status
		}
	}
	return ""
}

// succeeded: the link is as the action leaves it, and that was said.
func (b *deedBench) succeeded(progress []string, diags protocoltest.Diagnostics) {
	b.Helper()
	if len(diags) > 0 || b.status() != b.done {
		b.Errorf("the link is %s: %s", b.status(), diags)
	}
	if len(progress) < 2 || !strings.Contains(progress[len(progress)-1], b.id()) {
		b.Errorf("reported %q", progress)
	}
}

// eachDeed runs a test for every action.
func eachDeed(t *testing.T, test func(*testing.T, deed)) {
	t.Parallel()
	for _, d := range deeds {
		t.Run(d.vendor, func(t *testing.T) {
			t.Parallel()
			test(t, d)
		})
	}
}

// What users can type is one action for each vendor that has such a call; there is none for Gigs, which documents no call.
func TestActionsAreTheSurface(t *testing.T) {
	t.Parallel()
	offered := acctest.NewSandbox(t, "qonto").ServerWithFakeClock().Schema().ActionSchemas
	for _, d := range deeds {
		if offered[d.name()] == nil {
			t.Errorf("no %s", d.name())
		}
	}
	if len(offered) != len(deeds) {
		t.Errorf("%d actions, want %d", len(offered), len(deeds))
	}
}

// Every state of a link: what is asked, twice, and what is said.
func TestActionInEveryState(t *testing.T) {
	eachDeed(t, func(t *testing.T, d deed) {
		for name, s := range deedStates(d.vendor) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := d.open(t, nil, nil)
				for _, act := range s.before {
					b.Sandbox.Simulate(b.id(), act)
				}
				b.ResetCalls()
				for _, asked := range [][]string{s.asked, s.again} {
					progress, diags := b.invoke()
					b.RequireCalls(asked...)
					if s.fails {
						b.RequireErrors(diags, "", append([]string{b.id()}, s.says...)...)
						continue
					}
					if len(diags) > 0 || len(progress) < 2 {
						b.Fatalf("%q, %s", progress, diags)
					}
					for _, word := range append([]string{b.id()}, s.says...) {
						if !strings.Contains(progress[len(progress)-1], word) {
							b.Errorf("reported %q, without %q", progress, word)
						}
					}
				}
				if b.status() != s.then {
					b.Errorf("the link is %q, want %q", b.status(), s.then)
				}
			})
		}
	})
}

// deedState is what became of a link before the action, and what has to follow.
type deedState struct {
	before       []string // at the sandbox
	asked, again []string // by the first invocation, and by the one after it
	fails        bool
	says         []string // at the end
	then         string   // the sandbox's word
}

// deedStates by vendor.
func deedStates(vendor string) map[string]deedState {
	absent := func(op ...string) []string { // looked for as long as a new link may take to appear
		return append(op, "get", "get", "get", "get")
	}
	switch vendor {
	case "powens":
		acted, looked := []string{"revoke"}, []string{"revoke", "get"}
		return map[string]deedState{
			"open":                  {nil, acted, looked, false, []string{"is revoked"}, "revoked"},
			"an attempt failed":     {[]string{"reject"}, acted, looked, false, []string{"is revoked"}, "revoked"},
			"somebody is paying":    {[]string{"process"}, acted, looked, false, []string{"is revoked"}, "revoked"},
			"revoked":               {[]string{"cancel"}, looked, looked, false, []string{"is revoked"}, "revoked"},
			"revoked while paying":  {[]string{"process", "cancel"}, looked, looked, false, []string{"is revoked"}, "revoked"},
			"paid, then revoked":    {[]string{"pay", "cancel"}, looked, looked, false, []string{"was paid", "Nothing is refunded"}, "revoked"},
			"a word of its own":     {[]string{"force?status=frozen"}, acted, looked, false, []string{"is revoked"}, "revoked"},
			"gone, or never there":  {[]string{"delete"}, absent("revoke"), absent("revoke"), true, []string{"knows no link", "404"}, ""},
			"paid, and still there": {[]string{"pay"}, acted, looked, false, nil, "revoked"},
		}
	case "qonto":
		acted, looked := []string{"deactivate"}, []string{"deactivate", "get"}
		return map[string]deedState{
			"open":                 {nil, acted, looked, false, []string{"is revoked"}, "canceled"},
			"somebody is paying":   {[]string{"process"}, looked, looked, true, []string{"`processing`", "422", "cannot be deactivated"}, "processing"},
			"paid":                 {[]string{"pay"}, looked, looked, false, []string{"was paid", "Nothing is refunded"}, "paid"},
			"expired":              {[]string{"expire"}, looked, looked, false, []string{"is expired"}, "expired"},
			"canceled":             {[]string{"cancel"}, looked, looked, false, []string{"is revoked"}, "canceled"},
			"a word of its own":    {[]string{"force?status=frozen"}, looked, looked, true, []string{"`unknown`", "422"}, "frozen"},
			"gone, or never there": {[]string{"delete"}, absent("deactivate"), absent("deactivate"), true, []string{"knows no link", "404"}, ""},
		}
	}
	acted, looked := []string{"get", "activate"}, []string{"get"}
	return map[string]deedState{
		"waiting":              {nil, acted, looked, false, []string{"active"}, "ACTIVE"},
		"active":               {[]string{"activate"}, looked, looked, false, []string{"already active"}, "ACTIVE"},
		"somebody is paying":   {[]string{"activate", "process"}, looked, looked, false, []string{"already active", "processing"}, "PROCESSING_PAYMENT"},
		"paid":                 {[]string{"activate", "pay"}, looked, looked, false, []string{"already active", "paid"}, "FINISHED"},
		"expired":              {[]string{"expire"}, looked, looked, true, []string{"`expired`", "replace"}, "EXPIRED"},
		"a word of its own":    {[]string{"force?status=FROZEN"}, looked, looked, true, []string{"does not know"}, "FROZEN"},
		"gone, or never there": {[]string{"delete"}, absent(), absent(), true, []string{"knows no link", "404"}, ""},
	}
}
