package provider_test

import "strings"

// Saved plans that are applied when the world has moved on.

const planFile = "saved.tfplan"

// somethingElse is a change of every link with which all of them can be replaced, Conomy's under a new checkout token.
func somethingElse() map[string]object {
	changes := other()
	changes["conomy"] = object{"checkout_token": "invoice-1001-b", "activate": true}
	changes["qonto"] = object{"reusable": true}
	return changes
}

// A saved replacement is carried out although the link was paid meanwhile: there is a new link for what was paid. The
// apply says so where the vendor refuses to end a paid link.
func savedThenPaid(r *rig) {
	r.declare(r.blocks(single))
	r.apply()
	links := r.links()
	r.declare(r.blocks(somethingElse()))
	r.does(r.plan("-out="+planFile), all("replace"))
	r.act("pay", "powens", "conomy", "gigs", "qonto")
	r.ResetRequests()

	report := r.run(0, "apply", planFile)
	r.warns(report, links, byVendor{"conomy": "was paid", "gigs": "was paid", "qonto": "was paid"})
	r.asked(byVendor{"powens": "revoke create", "conomy": "delete create activate", "gigs": "create", "qonto": "deactivate create"})
	r.payable(map[string]int{"powens": 1, "conomy": 1, "gigs": 1, "qonto": 1})
	r.settled()
	r.manages(r.links())
}

// A link that was canceled meanwhile is done: the saved replacement makes its one new link.
func savedThenCanceled(r *rig) {
	r.apply()
	links := r.links()
	r.declare(r.blocks(other()))
	r.does(r.plan("-out="+planFile), all("replace"))
	r.act("cancel", "powens", "conomy", "gigs", "qonto")
	r.ResetRequests()

	report := r.run(0, "apply", planFile)
	r.warns(report, links, byVendor{})
	r.asked(byVendor{"powens": "revoke create", "conomy": "delete create", "gigs": "create", "qonto": "deactivate create"})
	r.payable(map[string]int{"powens": 1, "gigs": 1, "qonto": 1})
	r.settled()
	r.manages(r.links())
}

// A saved plan makes its links once, and so do two that were saved one after the other.
func savedTwice(r *rig) {
	r.plan("-out=" + planFile)
	r.plan("-out=other.tfplan")
	r.run(0, "apply", planFile)
	links := r.links()
	for _, file := range []string{planFile, "other.tfplan"} {
		report := r.run(1, "apply", file)
		if !strings.Contains(report.Printed, "stale") {
			r.t.Errorf("%s is refused for another reason: %s", file, report.Printed)
		}
	}
	r.asked(all("create"))
	r.manages(links)
}
