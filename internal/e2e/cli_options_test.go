package e2e_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestAccEngineOptions: what users of Terraform and OpenTofu can do to a link, by options of the command line and of blocks.
func TestAccEngineOptions(t *testing.T) {
	runAll(t, map[string]func(*fixture){
		"prevent_destroy": testPreventDestroy, "create_before_destroy": testCreateBeforeDestroy, "-replace": testReplaceOption,
		"-refresh=false": testWithoutRefresh,
	})
}

// replacing is a configuration in which every link must be replaced; what must be unique stays as it was.
func replacing() map[string]object {
	changes := map[string]object{}
	for _, d := range descriptor.All() {
		changes[d.Name] = d.Change
	}
	return changes
}

// replacingPayable is one in which every link of payable can be replaced: what must be unique is new.
func replacingPayable() map[string]object {
	changes := map[string]object{}
	for _, d := range descriptor.All() {
		changes[d.Name] = tfconfig.Changed(d.Labeled("something else", "another"), d.Payable)
	}
	return changes
}

// prevent_destroy refuses a change and a destroy, and no call is made. It also refuses the replacement of a link that was ended
// at its vendor, but not a new link for one that is gone.
func testPreventDestroy(f *fixture) {
	const guard = "lifecycle {\n prevent_destroy = true\n}"
	f.declare(links(nil, guard))
	f.ready()
	f.apply()
	before := f.newest()
	f.box.ResetRequests()

	f.declare(links(replacing(), guard))
	for _, command := range [][]string{{"plan"}, {"destroy", "-auto-approve"}} {
		report := f.report(1, command[0], command[1:]...)
		for _, d := range descriptor.All() {
			if !mentions(report, "prevent_destroy", address(d)) {
				f.Errorf("%v does not refuse for %s: %s", command, d.Name, report.Diagnostics)
			}
		}
	}
	f.requireWrites(perVendor{})
	f.requireManaged(before)

	f.declare(links(nil, guard))
	f.bring(endedRow)
	action := func(d descriptor.Descriptor) string {
		row, _ := endedRow(d)
		a, _ := planned(row, d)
		return a
	}
	report := f.report(1, "plan")
	f.requireActions(report, forEach(action))
	for _, d := range descriptor.All() {
		if refused := action(d) == "replace"; mentions(report, "prevent_destroy", address(d)) != refused {
			f.Errorf("%s refused, want %t: %s", d.Name, refused, report.Diagnostics)
		}
	}

	// With an empty replace_when beside it, plans go through again.
	keep := map[string]object{}
	for _, d := range descriptor.All() {
		if action(d) == "replace" {
			keep[d.Name] = object{"replace_when": list{}}
		}
	}
	f.declare(links(keep, guard))
	f.requireActions(f.plan(), forEach(func(d descriptor.Descriptor) string { return strings.Replace(action(d), "replace", "update", 1) }))
}

// With create_before_destroy the new link is there before the old one ends. Where something must be unique the create is refused,
// and the old link stays in state.
func testCreateBeforeDestroy(f *fixture) {
	const early = "lifecycle {\n create_before_destroy = true\n}"
	f.declare(links(nil, early))
	f.ready()
	f.apply()
	before := f.newest()
	f.box.ResetRequests()

	changes := replacing()
	f.declare(links(changes, early))
	report := f.report(1, "apply", "-auto-approve")
	f.requireActions(report, all("replace"))
	revoke := func(d descriptor.Descriptor) string { return revokes(d, destroyed(d, openRow(d, false), false)) }
	f.requireWrites(forEach(func(d descriptor.Descriptor) string {
		if d.Unique != "" {
			return d.Operations.Create
		}
		return joinCalls(d.Operations.Create, revoke(d))
	}))
	unique := forEach(func(d descriptor.Descriptor) string { return d.Unique })
	for vendor := range unique {
		if !mentions(report, "409", before[vendor].ID) {
			f.Errorf("what holds the %s is not named: %s", unique[vendor], report.Diagnostics)
		}
	}
	if n := len(report.Errors()); n != len(unique) {
		f.Errorf("%d errors, want %d: %s", n, len(unique), report.Diagnostics)
	}
	f.requireWarnings(report, before, forEach(func(d descriptor.Descriptor) string {
		switch {
		case d.Operations.Revoke == "":
			return "can still be paid"
		case d.Unique != "":
			return "will be replaced"
		}
		return "both links may be payable"
	}))
	f.requireManaged(f.newest()) // where the create was refused, the old one

	for _, d := range descriptor.All() {
		if d.Unique != "" {
			changes[d.Name] = object{d.Unique: "another"}
		}
	}
	f.declare(links(changes, early))
	f.requireActions(f.apply(), forEach(func(d descriptor.Descriptor) string {
		if d.Unique != "" {
			return "replace"
		}
		return ""
	}))
	f.requireWrites(forEach(func(d descriptor.Descriptor) string {
		if d.Unique != "" {
			return joinCalls(d.Operations.Create, d.Operations.Create, revoke(d))
		}
		return joinCalls(d.Operations.Create, revoke(d))
	}))
	f.requireSettled()
	f.requirePayable(payableOfTwo)
}

// payableOfTwo is how many can be paid of an open link and of the new one that took its place.
func payableOfTwo(d descriptor.Descriptor) int {
	return payableWhenNew(d) * (1 + payableAfter(d, destroyed(d, openRow(d, false), false)))
}

// -replace makes a new link of an open one. The provider is not told while it plans, so that no warning comes before the
// apply.
func testReplaceOption(f *fixture) {
	before := f.setUp(nil)
	var flags []string
	for _, d := range descriptor.All() {
		flags = append(flags, "-replace="+address(d))
	}
	report := f.plan(flags...)
	f.requireActions(report, all("replace"))
	f.requireWarnings(report, nil, perVendor{})
	f.requireWrites(perVendor{})
	report = f.apply(flags...)
	want := func(d descriptor.Descriptor) lifecycle.ExpectedDestroy { return destroyed(d, openRow(d, false), false) }
	f.requireWarnings(report, before, forEach(func(d descriptor.Descriptor) string { return applyWarning(want(d)) }))
	f.requireWrites(forEach(func(d descriptor.Descriptor) string { return joinCalls(revokes(d, want(d)), d.Operations.Create) }))
	f.requireSettled()
	f.requirePayable(payableOfTwo)
}

// Without a refresh a plan does not see that a link was paid or ended. A replacement then makes a second link for what was
// paid; where that is found at the end of the old one, the apply says so.
func testWithoutRefresh(f *fixture) {
	before := f.setUp(payable())
	f.pay()
	f.box.ResetRequests()
	blind := f.plan("-refresh=false")
	f.requireActions(blind, perVendor{})
	f.requireWarnings(blind, nil, perVendor{})

	f.declare(links(replacingPayable()))
	report := f.apply("-refresh=false")
	f.requireActions(report, all("replace"))
	for _, d := range descriptor.All() {
		if warning := applyWarning(stalePaid(d)); warning != "" && !mentions(report, warning, before[d.Name].ID) {
			f.Errorf("%s: %q is not said: %s", d.Name, warning, report.Diagnostics)
		}
	}
	f.requireWrites(forEach(replaceStalePaid))
	f.requirePayable(func(descriptor.Descriptor) int { return 1 })

	before = f.newest()
	f.bring(endedAtVendor)
	f.requireActions(f.plan("-refresh=false"), perVendor{})
	f.box.ResetRequests()
	// The warnings are about what the state knows.
	f.requireWarnings(f.destroy("-refresh=false"), before, forEach(func(d descriptor.Descriptor) string {
		known := openRow(d, true)
		if known.PlanWarns {
			return "cannot be destroyed yet"
		}
		return applyWarning(destroyed(d, known, false))
	}))
	f.requireWrites(forEach(func(d descriptor.Descriptor) string {
		row, _ := endedAtVendor(d)
		return revokes(d, destroyed(d, row, true))
	}))
	f.requireManaged(nil)
}

// stalePaid is the destroy of a paid link of which the state does not know that it is.
func stalePaid(d descriptor.Descriptor) lifecycle.ExpectedDestroy {
	row, _ := paidRow(d)
	return destroyed(d, row, true)
}

// replaceStalePaid are the writes of its replacement.
func replaceStalePaid(d descriptor.Descriptor) string {
	calls := joinCalls(revokes(d, stalePaid(d)), d.Operations.Create)
	if d.Activation != nil {
		calls = joinCalls(calls, d.Operations.Activate)
	}
	return calls
}

// endedAtVendor is a link that has ended in some way, and that the vendor still has.
func endedAtVendor(d descriptor.Descriptor) (lifecycle.Row, bool) {
	if row, _ := endedRow(d); !row.Gone() {
		return row, true
	}
	return firstRow(d, lifecycle.Expired)
}
