package e2e_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

// TestAccSavedPlans: saved plans that are applied when the world has moved on.
func TestAccSavedPlans(t *testing.T) {
	runAll(t, map[string]func(*fixture){
		"then paid": testSavedPlanThenPaid, "then ended": testSavedPlanThenEnded, "applied twice": testSavedPlanAppliedTwice,
	})
}

const planFile = "saved.tfplan"

// A saved replacement is carried out although the link was paid meanwhile: there is a new link for what was paid. The apply
// says so where the vendor refuses to end a paid link.
func testSavedPlanThenPaid(f *fixture) {
	before := f.setUp(payable())
	f.declare(links(replacingPayable()))
	f.requireActions(f.plan("-out="+planFile), all("replace"))
	f.pay()
	f.box.ResetRequests()

	report := f.report(0, "apply", planFile)
	f.requireWarnings(report, before, forEach(func(d descriptor.Descriptor) string { return applyWarning(stalePaid(d)) }))
	f.requireWrites(forEach(replaceStalePaid))
	f.requirePayable(func(descriptor.Descriptor) int { return 1 })
	f.requireSettled()
	f.requireManaged(f.newest())
}

// A link that was ended meanwhile is done: the saved replacement makes its one new link.
func testSavedPlanThenEnded(f *fixture) {
	before := f.setUp(nil)
	f.ageLinks()
	f.declare(links(replacing()))
	f.requireActions(f.plan("-out="+planFile), all("replace"))
	f.bring(endedRow)
	f.box.ResetRequests()

	report := f.report(0, "apply", planFile)
	f.requireWarnings(report, before, forEach(func(d descriptor.Descriptor) string { // a 404 alone does not say that nobody can pay
		row, _ := endedRow(d)
		return applyWarning(destroyed(d, row, true))
	}))
	f.requireWrites(forEach(func(d descriptor.Descriptor) string {
		row, _ := endedRow(d)
		return joinCalls(revokes(d, destroyed(d, row, true)), d.Operations.Create)
	}))
	f.requirePayable(payableWhenNew)
	f.requireSettled()
	f.requireManaged(f.newest())
}

// A saved plan makes its links once, and so do two that were saved one after the other.
func testSavedPlanAppliedTwice(f *fixture) {
	f.declare(links(nil))
	f.ready()
	f.plan("-out=" + planFile)
	f.plan("-out=other.tfplan")
	f.report(0, "apply", planFile)
	created := f.newest()
	for _, file := range []string{planFile, "other.tfplan"} {
		report := f.report(1, "apply", file)
		if !strings.Contains(report.Printed, "stale") {
			f.Errorf("%s is refused for another reason: %s", file, report.Printed)
		}
	}
	f.requireWrites(forEach(func(d descriptor.Descriptor) string { return d.Operations.Create }))
	f.requireManaged(created)
}
