package link

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// moneyDifferences returns the terms in which a new link asks for other money than its plan (driver.MoneyTeller).
func (r *Resource[M, L, PM]) moneyDifferences(plan *M, answer L) []driver.MoneyTerm {
	teller, ok := r.vendor.(driver.MoneyTeller[M])
	if !ok {
		return nil
	}
	created := r.vendor.Model(answer)
	return slices.DeleteFunc(teller.MoneyTerms(plan, &created), func(term driver.MoneyTerm) bool { return !term.Differs() })
}

// rejectMoney revokes a link that asks for other money than its plan: an error, and nothing in state. Where nothing ends the link, it
// stays in state with a warning: an error would taint it, and the next apply would make a second one.
func (r *Resource[M, L, PM]) rejectMoney(ctx context.Context, key driver.Key, url string, different []driver.MoneyTerm, resp *resource.CreateResponse) {
	err := errors.New("no call of " + r.info.Title + " ends a link")
	next := "Settle it at " + r.info.Title + "; replaced before that, it stays payable beside the new one."
	if revoker, ok := r.revoker(); ok {
		err = revoker.Revoke(context.WithoutCancel(ctx), key)
		next = "Replace it: where the next plan does not propose it, plan with -replace."
	}
	for _, term := range different {
		what := fmt.Sprintf("The configuration asks for %s (`%s`), but %s made the payment link %s (%s) with %s.", term.Asked, term.Attribute, r.info.Title, key.ID, url, term.Answered)
		if err == nil {
			advice := term.Advice
			if advice == "" {
				advice = "Apply again; if it happens again, ask " + r.info.Title + "."
			}
			resp.Diagnostics.AddAttributeError(term.Attribute, "Other "+string(term.Kind)+" on the new "+r.info.Title+" payment link", what+" The link was revoked again, and nothing is in state. "+advice)
			continue
		}
		resp.Diagnostics.AddAttributeWarning(term.Attribute, "Other "+string(term.Kind)+" on the new "+r.info.Title+" payment link: "+key.ID,
			what+" It could not be ended: "+r.errorDetail(opRevoke, err)+"\n\nIt stays payable, and is in state. Do not hand out its URL. "+strings.TrimSpace(next+" "+term.Advice))
	}
	if err == nil {
		resp.State.Raw = r.nullState()
	}
}
