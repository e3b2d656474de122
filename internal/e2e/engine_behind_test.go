package provider_test

// What becomes of a link at its vendor, behind the provider's back, and what the engine makes of it.

// single is a configuration whose links take one payment (Powens' take more, whatever one does).
var single = map[string]object{"conomy": {"activate": true}, "qonto": {"reusable": false}}

// kept goes through a plan, an apply and a plan that change nothing and say so each time.
func (r *rig) kept(want byVendor) {
	r.t.Helper()
	links := r.links()
	r.ResetRequests()
	r.does(r.plan(), byVendor{})
	report := r.apply()
	r.does(report, byVendor{})
	r.warns(report, links, want)
	again := r.plan()
	r.does(again, byVendor{})
	r.warns(again, links, want)
	r.asked(all(""))
	r.manages(links)
}

// A paid link is never asked for again unasked. Its destroy ends what could still be paid, and says what was paid.
func paidBehind(r *rig) {
	r.declare(r.blocks(single))
	r.apply()
	links := r.links()
	r.act("pay", "powens", "conomy", "gigs", "qonto")
	r.kept(all("payment link is paid"))

	report := r.destroy()
	r.does(report, all("delete"))
	r.warns(report, links, byVendor{"conomy": "nothing was refunded", "qonto": "nothing was refunded"})
	r.asked(byVendor{"powens": "revoke", "conomy": "delete", "gigs": "", "qonto": "deactivate"})
	r.payable(map[string]int{"powens": 0, "conomy": 0, "gigs": 0, "qonto": 0})
	r.manages(nil)
}

// A paid link is replaced only where replace_when says so. Conomy keeps its checkout token, and Gigs takes no money for a
// paid invoice.
func paidBehindAndWanted(r *rig) {
	again := map[string]object{}
	for _, c := range vendorCases {
		again[c.vendor] = object{"replace_when": list{"paid"}}
	}
	again["conomy"]["activate"], again["qonto"]["reusable"] = true, false
	r.declare(r.blocks(again))
	r.apply()
	links := r.links()
	r.act("pay", "powens", "conomy", "gigs", "qonto")

	report := r.plan()
	r.does(report, all("replace"))
	for vendor, link := range links {
		if !mentions(report, "will be replaced", link.ID) {
			r.t.Errorf("%s: why it is replaced is not said: %s", vendor, report.Diagnostics)
		}
	}
	r.ResetRequests()
	failed := r.run(1, "apply", "-auto-approve")
	if len(failed.Errors()) != 2 || !mentions(failed, "409", links["conomy"].ID) || !mentions(failed, "The invoice is paid") {
		r.t.Errorf("the holder of the checkout token, or the invoice, is not named: %s", failed.Diagnostics)
	}
	r.asked(byVendor{"powens": "revoke create", "conomy": "delete create", "gigs": "create", "qonto": "deactivate create"})
	again["conomy"]["checkout_token"], again["gigs"]["invoice"] = "invoice-1001-again", other()["gigs"]["invoice"]
	r.declare(r.blocks(again))
	r.apply()
	r.settled()
	r.payable(map[string]int{"powens": 1, "conomy": 1, "gigs": 1, "qonto": 1})
	r.manages(r.links())
}

// An expired link is kept and reported. Powens' links do not expire, only attempts do; Gigs documents no expiry.
func expiredBehind(r *rig) {
	r.declare(r.blocks(single))
	r.apply()
	links := r.links()
	r.act("expire", "powens", "conomy", "qonto")
	r.kept(byVendor{"conomy": "payment link is expired", "qonto": "payment link is expired"})

	report := r.destroy()
	r.does(report, all("delete"))
	r.warns(report, links, byVendor{"gigs": "stays payable"})
	r.asked(byVendor{"powens": "revoke", "conomy": "delete", "gigs": "", "qonto": "deactivate"})
	r.payable(map[string]int{"powens": 0, "conomy": 0, "gigs": 1, "qonto": 0})
	r.manages(nil)
}

// A link that was ended at its vendor is made anew, without a call for the old one; not at Gigs, where its invoice may
// have been settled otherwise. Conomy's is deleted, and its checkout token free again.
func canceledBehind(r *rig) {
	r.apply()
	links := r.links()
	r.act("cancel", "powens", "conomy", "gigs", "qonto")
	r.ResetRequests()

	want := byVendor{"powens": "replace", "qonto": "replace", "conomy": "create"}
	why := byVendor{"powens": "will be replaced", "conomy": "no longer exists", "gigs": "payment link is revoked", "qonto": "will be replaced"}
	report := r.apply()
	r.does(report, want)
	r.warns(report, links, why)
	r.asked(byVendor{"powens": "create", "conomy": "create", "gigs": "", "qonto": "create"})
	r.payable(map[string]int{"powens": 1, "gigs": 0, "qonto": 1})
	after := r.plan()
	r.does(after, byVendor{})
	r.warns(after, r.links(), byVendor{"gigs": "payment link is revoked"})

	r.ResetRequests()
	r.warns(r.destroy(), nil, byVendor{})
	r.asked(byVendor{"powens": "revoke", "conomy": "delete", "gigs": "", "qonto": "deactivate"})
	r.payable(map[string]int{"powens": 0, "conomy": 0, "gigs": 0, "qonto": 0})
}

// A link that its vendor does not know any more is made anew; at Gigs it is kept and reported.
func goneBehind(r *rig) {
	r.apply()
	links := r.links()
	r.act("delete", "powens", "conomy", "gigs", "qonto")
	r.ResetRequests()

	report := r.apply()
	r.does(report, byVendor{"powens": "create", "conomy": "create", "qonto": "create"})
	r.warns(report, links, byVendor{
		"powens": "no longer exists", "conomy": "no longer exists", "gigs": "no longer exists", "qonto": "no longer exists",
	})
	r.asked(byVendor{"powens": "create", "conomy": "create", "gigs": "", "qonto": "create"})
	r.destroy()
	r.asked(byVendor{"powens": "create revoke", "conomy": "create delete", "gigs": "", "qonto": "create deactivate"})
	r.payable(map[string]int{"powens": 0, "conomy": 0, "gigs": 0, "qonto": 0})
	r.manages(nil)
}

// An active Conomy link can neither be deleted nor silently dropped: it stays in state, and the error says what to do.
func openAtDestroy(r *rig) {
	r.declare(r.blocks(single))
	r.apply()
	links := r.links()
	r.ResetRequests()
	report := r.run(1, "destroy", "-auto-approve")
	if len(report.Errors()) != 1 || !mentions(report, links["conomy"].ID, "abandon") {
		r.t.Errorf("the error does not say what to do: %s", report.Diagnostics)
	}
	r.asked(byVendor{"powens": "revoke", "conomy": "delete", "gigs": "", "qonto": "deactivate"})
	r.payable(map[string]int{"powens": 0, "conomy": 1, "gigs": 1, "qonto": 0})
	delete(links, "powens")
	delete(links, "gigs")
	delete(links, "qonto")
	r.manages(links)
}
