package provider_test

import "strings"

// Terraform's own levers, on a link of every vendor.

// other is a configuration in which every link must be replaced; Conomy's keeps its checkout token.
func other() map[string]object {
	changes := map[string]object{}
	for _, c := range vendorCases {
		changes[c.vendor] = c.change
	}
	return changes
}

// prevent_destroy refuses a change and a destroy, and no call is made. It also refuses the replacement of a link that
// was ended at its vendor, but not a new link for one that is gone.
func preventDestroy(r *rig) {
	guard := "lifecycle {\n prevent_destroy = true\n}"
	r.declare(r.blocks(nil, guard))
	r.apply()
	links := r.links()
	r.ResetRequests()

	r.declare(r.blocks(other(), guard))
	for _, command := range [][]string{{"plan"}, {"destroy", "-auto-approve"}} {
		report := r.run(1, command[0], command[1:]...)
		for _, c := range vendorCases {
			if !mentions(report, "prevent_destroy", address(c.vendor)) {
				r.t.Errorf("%v does not refuse for %s: %s", command, c.vendor, report.Diagnostics)
			}
		}
	}
	r.asked(all(""))
	r.manages(links)

	r.declare(r.blocks(nil, guard))
	r.act("cancel", "powens", "conomy", "gigs", "qonto")
	report := r.run(1, "plan")
	r.does(report, byVendor{"powens": "replace", "qonto": "replace", "conomy": "create"})
	for vendor, refused := range map[string]bool{"powens": true, "qonto": true, "conomy": false, "gigs": false} {
		if mentions(report, "prevent_destroy", address(vendor)) != refused {
			r.t.Errorf("%s refused, want %t: %s", vendor, refused, report.Diagnostics)
		}
	}

	// With an empty replace_when beside it, plans go through again.
	keep := map[string]object{"powens": {"replace_when": list{}}, "qonto": {"replace_when": list{}}}
	r.declare(r.blocks(keep, guard))
	r.does(r.plan(), byVendor{"powens": "update", "qonto": "update", "conomy": "create"})
}

// With create_before_destroy the new link is there before the old one ends. Conomy does not let two links have one
// checkout token: the create is refused, and the old link stays in state.
func createBeforeDestroy(r *rig) {
	early := "lifecycle {\n create_before_destroy = true\n}"
	r.declare(r.blocks(nil, early))
	r.apply()
	links := r.links()
	r.ResetRequests()

	changes := other()
	r.declare(r.blocks(changes, early))
	report := r.run(1, "apply", "-auto-approve")
	r.does(report, all("replace"))
	r.asked(byVendor{"powens": "create revoke", "conomy": "create", "gigs": "create", "qonto": "create deactivate"})
	if len(report.Errors()) != 1 || !mentions(report, "409", links["conomy"].ID) {
		r.t.Errorf("the holder of the checkout token is not named: %s", report.Diagnostics)
	}
	r.warns(report, links, byVendor{
		"powens": "more than one link may be payable", "conomy": "will be replaced", "gigs": "stays payable", "qonto": "more than one link may be payable",
	})
	r.manages(r.links()) // Conomy's is still the old one

	changes["conomy"] = object{"checkout_token": "invoice-1001-b"}
	r.declare(r.blocks(changes, early))
	r.does(r.apply(), byVendor{"conomy": "replace"})
	r.asked(byVendor{"powens": "create revoke", "conomy": "create create delete", "gigs": "create", "qonto": "create deactivate"})
	r.settled()
	r.payable(map[string]int{"powens": 1, "gigs": 2, "qonto": 1})
}

// -replace makes a new link of an open one. The provider is not told while it plans, so that no warning comes before the
// apply.
func replaceFlag(r *rig) {
	r.apply()
	links := r.links()
	r.ResetRequests()
	var flags []string
	for _, c := range vendorCases {
		flags = append(flags, "-replace="+address(c.vendor))
	}
	planned := r.plan(flags...)
	r.does(planned, all("replace"))
	r.warns(planned, nil, byVendor{})
	r.asked(all(""))
	report := r.apply(flags...)
	r.warns(report, links, byVendor{"gigs": "stays payable"})
	r.asked(byVendor{"powens": "revoke create", "conomy": "delete create", "gigs": "create", "qonto": "deactivate create"})
	r.settled()
	r.payable(map[string]int{"powens": 1, "gigs": 2, "qonto": 1})
}

// Without a refresh a plan does not see that a link was paid or canceled. A replacement then makes a second link for
// what was paid; where that is found at the end of the old one, the apply says so.
func withoutRefresh(r *rig) {
	r.declare(r.blocks(single))
	r.apply()
	links := r.links()
	r.act("pay", "powens", "conomy", "gigs", "qonto")
	r.ResetRequests()
	blind := r.plan("-refresh=false")
	r.does(blind, byVendor{})
	r.warns(blind, nil, byVendor{})

	changes := other()
	changes["conomy"], changes["qonto"] = object{"activate": true, "checkout_token": "invoice-1001-b"}, object{"reusable": true}
	r.declare(r.blocks(changes))
	report := r.apply("-refresh=false")
	r.does(report, all("replace"))
	for _, vendor := range []string{"conomy", "gigs", "qonto"} {
		if !mentions(report, "was paid", links[vendor].ID) {
			r.t.Errorf("%s was paid, and that is not said: %s", vendor, report.Diagnostics)
		}
	}
	r.asked(byVendor{"powens": "revoke create", "conomy": "delete create activate", "gigs": "create", "qonto": "deactivate create"})
	r.payable(map[string]int{"powens": 1, "conomy": 1, "gigs": 1, "qonto": 1})

	links = r.links()
	r.act("cancel", "powens", "gigs", "qonto")
	r.act("expire", "conomy")
	r.does(r.plan("-refresh=false"), byVendor{})
	r.ResetRequests()
	// The warnings are about what the state knows.
	r.warns(r.destroy("-refresh=false"), links, byVendor{"conomy": "cannot be destroyed yet", "gigs": "stays payable"})
	r.asked(byVendor{"powens": "revoke", "conomy": "delete", "gigs": "", "qonto": "deactivate"})
	r.manages(nil)
}

// letGo writes a removed block for every vendor's link.
func letGo(destroy string) string {
	var out strings.Builder
	for _, c := range vendorCases {
		out.WriteString("removed {\n from = " + address(c.vendor) + "\n lifecycle {\n destroy = " + destroy + "\n }\n}\n")
	}
	return out.String()
}

// A removed block with destroy = false, and state rm, ask no vendor: the links live on, unmanaged, without a warning of
// the provider's.
func removedAndKept(r *rig) {
	r.declare(r.blocks(single))
	r.apply()
	r.ResetRequests()
	r.declare(letGo("false"))
	if report := r.apply(); mentions(report, "payable") {
		r.t.Errorf("the provider was asked: %s", report.Diagnostics)
	}
	r.asked(all(""))
	r.payable(map[string]int{"powens": 1, "conomy": 1, "gigs": 1, "qonto": 1})
	r.manages(nil)
}

func stateRm(r *rig) {
	r.declare(r.blocks(single))
	r.apply()
	r.ResetRequests()
	flags := []string{"state", "rm"}
	for _, c := range vendorCases {
		flags = append(flags, address(c.vendor))
	}
	if _, err := r.Expect(r.t.Context(), 0, flags...); err != nil {
		r.t.Fatal(err)
	}
	if n := len(r.Requests()); n != 0 {
		r.t.Errorf("%d requests", n)
	}
	r.payable(map[string]int{"powens": 1, "conomy": 1, "gigs": 1, "qonto": 1})
	r.manages(nil)
	// The configuration still declares them: the next plan makes second links.
	r.does(r.plan(), all("create"))
}

// A removed block with destroy = true is a destroy.
func removedAndEnded(r *rig) {
	r.apply()
	links := r.links()
	r.ResetRequests()
	r.declare(letGo("true"))
	report := r.apply()
	r.does(report, all("delete"))
	r.warns(report, links, byVendor{"gigs": "stays payable"})
	r.asked(byVendor{"powens": "revoke", "conomy": "delete", "gigs": "", "qonto": "deactivate"})
	r.payable(map[string]int{"powens": 0, "conomy": 0, "gigs": 1, "qonto": 0})
	r.manages(nil)
}

// A moved block asks the vendors nothing but how their links are.
func moved(r *rig) {
	r.apply()
	links := r.links()
	r.ResetRequests()
	var blocks strings.Builder
	for _, c := range vendorCases {
		blocks.WriteString("moved {\n from = " + address(c.vendor) + "\n to = " + c.name() + ".that\n}\n")
	}
	r.declare(strings.ReplaceAll(r.blocks(nil), `"it"`, `"that"`), blocks.String())
	report := r.apply()
	r.does(report, all("move"))
	r.warns(report, nil, byVendor{})
	r.asked(all(""))
	r.settled()
	r.manages(links)
}
