package e2e_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestAccExternalChanges: what becomes of a link at its vendor, behind the provider's back, and what the engine makes of it.
func TestAccExternalChanges(t *testing.T) {
	runAll(t, map[string]func(*fixture){
		"paid": testExternallyPaid, "paid, and replace_when": testExternallyPaidAndReplaced, "paid, and changed": testExternallyPaidAndChanged, "expired": testExternallyExpired,
		"ended": testExternallyEnded, "gone": testExternallyDeleted, "somebody is paying": testSomebodyIsPaying, "open and not to be ended yet": testDestroyOfWhatCannotBeEndedYet,
	})
}

// payable is a configuration whose links can be paid once.
func payable() map[string]object {
	out := map[string]object{}
	for _, d := range descriptor.All() {
		out[d.Name] = d.Payable
	}
	return out
}

// requireKept goes through a plan, an apply and a plan that change nothing and warn each time.
func (f *fixture) requireKept(warnings perVendor) {
	f.Helper()
	links := f.newest()
	f.box.ResetRequests()
	f.requireActions(f.plan(), perVendor{})
	report := f.apply()
	f.requireActions(report, perVendor{})
	f.requireWarnings(report, links, warnings)
	again := f.plan()
	f.requireActions(again, perVendor{})
	f.requireWarnings(again, links, warnings)
	f.requireWrites(perVendor{})
	f.requireManaged(links)
}

// requireDestroy destroys links in rows, of which nothing is left.
func (f *fixture) requireDestroy(rowOf func(descriptor.Descriptor) lifecycle.Row) {
	f.Helper()
	links := f.newest()
	f.box.ResetRequests()
	report := f.destroy()
	f.requireActions(report, all("delete"))
	want := func(d descriptor.Descriptor) lifecycle.ExpectedDestroy { return destroyed(d, rowOf(d), false) }
	f.requireWarnings(report, links, forEach(func(d descriptor.Descriptor) string { return applyWarning(want(d)) }))
	f.requireWrites(forEach(func(d descriptor.Descriptor) string { return revokes(d, want(d)) }))
	f.requirePayable(func(d descriptor.Descriptor) int {
		if links[d.Name].Payable {
			return payableAfter(d, want(d))
		}
		return 0
	})
	f.requireManaged(nil)
}

// A paid link is never asked for again unasked. Its destroy ends what could still be paid, and says what was paid.
func testExternallyPaid(f *fixture) {
	f.setUp(payable())
	f.pay()
	f.requireKept(all("payment link is paid"))
	f.requireDestroy(func(d descriptor.Descriptor) lifecycle.Row {
		row, _ := paidRow(d)
		return row
	})
}

// Changed arguments of a paid link are an error of the plan. `replace_paid` allows it.
func testExternallyPaidAndChanged(f *fixture) {
	before := f.setUp(payable())
	f.pay()
	f.declare() // the guide on moving to another vendor looks here for what was paid before a destroy
	f.run(0, "plan", "-out=destroy.tfplan")
	_, drift, _ := strings.Cut(f.run(0, "show", "-json", "destroy.tfplan"), `"resource_drift":`)
	drift, _, _ = strings.Cut(drift, `"resource_changes":`)
	if n := strings.Count(drift, `"state":"paid"`); n != len(before) {
		f.Errorf("%d of %d links are paid in resource_drift: %s", n, len(before), drift)
	}
	f.box.ResetRequests()
	changes := map[string]object{}
	for _, d := range descriptor.All() {
		changes[d.Name] = tfconfig.Changed(d.Payable, d.Labeled("again", "again"))
	}
	f.declare(links(changes))
	report := f.report(1, "plan")
	for vendor, link := range before {
		if !mentions(report, "`paid`", link.ID, "replace_paid") {
			f.Errorf("%s: not refused: %s", vendor, report.Diagnostics)
		}
	}
	if n := len(report.Errors()); n != len(before) {
		f.Errorf("%d errors, want %d: %s", n, len(before), report.Diagnostics)
	}
	f.requireWrites(perVendor{})
	f.report(1, "plan", "-destroy") // the engine plans the configuration first
	f.requireActions(f.plan("-destroy", "-refresh=false"), all("delete"))
	for name := range changes {
		changes[name] = tfconfig.Changed(changes[name], object{"replace_paid": true})
	}
	f.declare(links(changes))
	report = f.apply()
	f.requireActions(report, all("replace"))
	for vendor, link := range before {
		if !mentions(report, link.ID, "requests the money again") {
			f.Errorf("%s: no warning: %s", vendor, report.Diagnostics)
		}
	}
	f.requireSettled()
}

// The plan of a destroy says that somebody is paying. That of a replacement speaks of `destroy = false` only where the engine knows it.
func testSomebodyIsPaying(f *fixture) {
	before := f.setUp(payable())
	f.declare(links(replacingPayable()))
	report := f.plan()
	for _, d := range descriptor.All() {
		if d.Operations.Revoke != "" && mentions(report, before[d.Name].ID, "stops working") &&
			mentions(report, before[d.Name].ID, "`destroy = false`") != hasVersion(f.T, "1.12.0", "1.12.0") {
			f.Errorf("%s: %s", d.Name, report.Diagnostics)
		}
	}
	processing := func(d descriptor.Descriptor) (lifecycle.Row, bool) { return firstRow(d, lifecycle.Processing) }
	f.bring(processing)
	f.declare(links(payable()))
	report = f.plan("-destroy")
	found := 0
	for _, d := range descriptor.All() {
		row, has := processing(d)
		if !has {
			continue
		}
		found++
		text := "A payment is in progress"
		if row.PlanWarns {
			text = row.ReplaceOutcome().Expected().PlanText
		}
		if !mentions(report, before[d.Name].ID, text) {
			f.Errorf("%s: %q is not said: %s", d.Name, text, report.Diagnostics)
		}
	}
	if found == 0 {
		f.Fatal("nobody can be paying")
	}
}

// setUp declares and applies links, and begins to count.
func (f *fixture) setUp(changes map[string]object) map[string]vendorapi.Link {
	f.Helper()
	f.declare(links(changes))
	f.ready()
	f.apply()
	f.box.ResetRequests()
	return f.newest()
}

// A paid link is replaced only where replace_when says so. What the vendor keeps for it is refused for a new link.
func testExternallyPaidAndReplaced(f *fixture) {
	changes := map[string]object{}
	for _, d := range descriptor.All() {
		changes[d.Name] = tfconfig.Changed(d.Payable, object{"replace_when": list{"paid"}})
	}
	before := f.setUp(changes)
	f.pay()

	report := f.plan()
	f.requireActions(report, all("replace"))
	for vendor, link := range before {
		if !mentions(report, "will be replaced", link.ID) {
			f.Errorf("%s: why it is replaced is not said: %s", vendor, report.Diagnostics)
		}
	}
	f.box.ResetRequests()
	failed := f.report(1, "apply", "-auto-approve")
	refusals := 0
	for _, d := range descriptor.All() {
		words := []string{d.PaidRefusal}
		switch {
		case d.Unique != "":
			words = []string{"409", before[d.Name].ID}
		case d.PaidRefusal == "":
			continue
		}
		refusals++
		if !mentions(failed, words...) {
			f.Errorf("%s: %q is not said: %s", d.Name, words, failed.Diagnostics)
		}
		changes[d.Name] = tfconfig.Changed(d.Labeled("again", "again"), changes[d.Name])
	}
	if n := len(failed.Errors()); n != refusals {
		f.Errorf("%d errors, want %d: %s", n, refusals, failed.Diagnostics)
	}
	f.requireWrites(forEach(func(d descriptor.Descriptor) string {
		row, _ := paidRow(d)
		return joinCalls(revokes(d, destroyed(d, row, false)), d.Operations.Create)
	}))
	f.declare(links(changes))
	f.apply()
	f.requireSettled()
	f.requirePayable(func(descriptor.Descriptor) int { return 1 })
	f.requireManaged(f.newest())
}

// An expired link that replace_when does not name is kept and reported.
func testExternallyExpired(f *fixture) {
	changes := map[string]object{}
	for _, d := range descriptor.All() {
		changes[d.Name] = tfconfig.Changed(d.Payable, object{"replace_when": list{"revoked"}})
	}
	f.setUp(changes)
	expiredRow := func(d descriptor.Descriptor) (lifecycle.Row, bool) { return firstRow(d, lifecycle.Expired) }
	f.bring(expiredRow)
	// A link that does not expire stays open, and one that cannot be ended yet stays in state: not what this is about.
	f.requireKept(forEach(func(d descriptor.Descriptor) string {
		if _, has := expiredRow(d); has {
			return "payment link is expired"
		}
		return ""
	}))
	f.requireDestroy(func(d descriptor.Descriptor) lifecycle.Row {
		if row, has := expiredRow(d); has {
			return row
		}
		return openRow(d, true)
	})
}

// A link that was ended at its vendor is made again, without a call for the old one, where replace_when says so by default.
func testExternallyEnded(f *fixture) {
	before := f.setUp(nil)
	f.bring(endedRow)
	action := func(d descriptor.Descriptor) (action, warning string) {
		row, _ := endedRow(d)
		return planned(row, d)
	}
	report := f.apply()
	f.requireActions(report, forEach(func(d descriptor.Descriptor) string { a, _ := action(d); return a }))
	f.requireWarnings(report, before, forEach(func(d descriptor.Descriptor) string { _, w := action(d); return w }))
	created := func(d descriptor.Descriptor) bool { a, _ := action(d); return a != "" }
	f.requireWrites(forEach(func(d descriptor.Descriptor) string {
		if created(d) {
			return d.Operations.Create
		}
		return ""
	}))
	f.requirePayable(func(d descriptor.Descriptor) int {
		if created(d) {
			return payableWhenNew(d)
		}
		return 0
	})
	after := f.plan()
	f.requireActions(after, perVendor{})
	f.requireWarnings(after, f.newest(), forEach(func(d descriptor.Descriptor) string {
		if _, w := action(d); !created(d) {
			return w
		}
		return ""
	}))
	f.requireDestroy(func(d descriptor.Descriptor) lifecycle.Row {
		if created(d) {
			return openRow(d, false)
		}
		row, _ := endedRow(d)
		return row
	})
}

// A link that its vendor does not know any more is made again, or kept and reported.
func testExternallyDeleted(f *fixture) {
	before := f.setUp(nil)
	f.bring(goneRow)
	action := func(d descriptor.Descriptor) string {
		row, _ := goneRow(d)
		a, _ := planned(row, d)
		return a
	}
	report := f.apply()
	f.requireActions(report, forEach(action))
	f.requireWarnings(report, before, all("no longer exists"))
	f.requireWrites(forEach(func(d descriptor.Descriptor) string {
		if action(d) == "create" {
			return d.Operations.Create
		}
		return ""
	}))
	f.box.ResetRequests()
	f.destroy()
	f.requireWrites(forEach(func(d descriptor.Descriptor) string {
		if action(d) == "create" {
			return d.Operations.Revoke
		}
		return ""
	}))
	f.requirePayable(func(d descriptor.Descriptor) int {
		if action(d) == "create" {
			return payableAfter(d, destroyed(d, openRow(d, false), false)) * payableWhenNew(d)
		}
		return 0
	})
	f.requireManaged(nil)
}

// A link that its vendor does not end yet is neither deleted nor silently dropped: it stays in state, and the error says what
// to do.
func testDestroyOfWhatCannotBeEndedYet(f *fixture) {
	before := f.setUp(payable())
	report := f.report(1, "destroy", "-auto-approve")
	failed := 0
	for _, d := range descriptor.All() {
		if destroyed(d, openRow(d, true), false).ApplySeverity != lifecycle.Error {
			delete(before, d.Name)
			continue
		}
		failed++
		if !mentions(report, before[d.Name].ID, "abandon") {
			f.Errorf("%s: the error does not say what to do: %s", d.Name, report.Diagnostics)
		}
	}
	if n := len(report.Errors()); n != failed || n == 0 {
		f.Errorf("%d errors, want %d: %s", n, failed, report.Diagnostics)
	}
	f.requireWrites(forEach(func(d descriptor.Descriptor) string { return revokes(d, destroyed(d, openRow(d, true), false)) }))
	f.requirePayable(func(d descriptor.Descriptor) int { return payableAfter(d, destroyed(d, openRow(d, true), false)) })
	f.requireManaged(before)
}
