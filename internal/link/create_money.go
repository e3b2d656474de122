package link

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// moneyDifferences returns the terms in which a new link asks for other money than its plan (driver.MoneyTeller), and those in which it
// may only be rounded otherwise.
func (r *Resource[M, L, PM]) moneyDifferences(plan *M, answer L) (different, rounded []driver.MoneyTerm) {
	teller, ok := r.vendor.(driver.MoneyTeller[M])
	if !ok {
		return nil, nil
	}
	created := r.vendor.Model(answer)
	for _, term := range teller.MoneyTerms(plan, &created) {
		differs := term.Differs()
		term.Answered = redact.StripControl(term.Answered) // in a message, a line of its own could look like another message
		switch {
		case !differs:
		case term.MayBeRounding:
			rounded = append(rounded, term)
		default:
			different = append(different, term)
		}
	}
	return different, rounded
}

// warnRounding tells of a new link that is rounded otherwise than was reckoned.
func (r *Resource[M, L, PM]) warnRounding(key driver.Key, rounded []driver.MoneyTerm, resp *createResponse) {
	for _, term := range rounded {
		resp.Diagnostics.AddAttributeWarning(term.Attribute, r.info.Title+" payment link rounded differently: "+key.ID, fmt.Sprintf(
			"The configuration asks for %s (`%s`), but %s returned %s for the new payment link %s. This may be rounding, and the link is kept. Check whether the difference is acceptable.",
			term.Asked, term.Attribute, r.info.Title, term.Answered, key.ID))
	}
}

// rejectMoney revokes a link that asks for other money than its plan: an error, and nothing in state. Where nothing ends the link, it
// stays in state with a warning: an error would taint it, and the next apply would make a second one.
func (r *Resource[M, L, PM]) rejectMoney(ctx context.Context, key driver.Key, created time.Time, different []driver.MoneyTerm, resp *createResponse) {
	kept := r.info.Title + " documents no call that revokes a link. It can be paid until it is settled there, even after a new link replaces it."
	if r.revocable {
		kept = r.endNewLink(ctx, key, created)
	}
	if kept == "" {
		resp.State.Raw = r.nullState()
	}
	for _, term := range different {
		summary := "Wrong " + string(term.Kind) + " on the new " + r.info.Title + " payment link"
		what := fmt.Sprintf("The configuration asks for %s (`%s`), but %s returned %s for the new payment link %s.", term.Asked, term.Attribute, r.info.Title, term.Answered, key.ID)
		if kept == "" {
			resp.Diagnostics.AddAttributeError(term.Attribute, summary, what+" The link was revoked, and nothing is in state. "+
				cmp.Or(term.Advice, "Apply again. If it happens again, contact "+r.info.Title+"."))
			continue
		}
		resp.Diagnostics.AddAttributeWarning(term.Attribute, summary+": "+key.ID, strings.TrimSpace(
			what+" It is in state: do not hand out its URL, "+diff.String(diff.Attributes(resp.State.Raw)["url"])+". "+kept+" "+term.Advice))
	}
}

// endNewLink revokes a link right after its create, and returns why it is still there; "" if nobody can pay it any more.
func (r *Resource[M, L, PM]) endNewLink(ctx context.Context, key driver.Key, created time.Time) string {
	const next = " Replace it: if the next plan does not, plan with -replace."
	result, diags := r.revokeLink(context.WithoutCancel(ctx), revokeRequest{
		key: key, created: created, consequence: "The provider tried to revoke it, but it can still be paid.", advice: func(driver.State, time.Time) string { return "" },
	})
	switch {
	case diags.HasError():
		return diags[0].Detail() + next
	case result.notFound != nil:
		return "The provider tried to revoke it, but it was not found: " + r.errorDetail(opRevoke, result.notFound) + next
	case result.state == driver.Paid:
		return "The provider tried to revoke it, but it was already paid."
	}
	return ""
}
