package link

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// This file decides when a 404 is believed: for refresh and destroy by believeNotFound, for a link that was just created by
// getWithRetry. An action never believes one: it has no state, so that a mistyped id would look like success.

// newLinkGracePeriod is how long after a create a 404 may be a lag of the vendor's reads. It is then asked again.
const newLinkGracePeriod = time.Minute

var newLinkRetryDelays = []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}

// getWithRetry reads one link. Within the grace period after created (by our clock; zero for a link whose 404 is no lag) it
// asks again before it returns a 404.
func (a *configured[M, L, PM]) getWithRetry(ctx context.Context, key driver.Key, created time.Time) (L, error) {
	answer, err := a.client.Get(ctx, key)
	for _, wait := range newLinkRetryDelays {
		if !rest.IsNotFound(err) || a.clock.Now().Sub(created) >= newLinkGracePeriod {
			break
		}
		if slept := a.clock.Sleep(ctx, wait); slept != nil {
			return answer, slept
		}
		answer, err = a.client.Get(ctx, key)
	}
	return answer, err
}

// notFoundContext is who asks what a 404 proves, for the errors.
type notFoundContext struct {
	doubt, verb string // verbs of the summaries: when the account leaves doubt, and otherwise
	consequence string // ends the errors: what becomes of the link
	next        string // what to do when the list could not be read
}

// believeNotFound returns nil when the 404 proves that the link is gone: the account is the one that created it, and the
// vendor's list, where Info.ConfirmNotFoundByList asks for it, does not show it either. Otherwise it returns an error, and
// nothing may change.
func (a *configured[M, L, PM]) believeNotFound(ctx context.Context, key driver.Key, private privateState, notFound error, by notFoundContext) diag.Diagnostics {
	if doubt := a.notFoundDoubt(key, private); doubt != "" {
		return a.apiError(by.doubt, notFound, doubt)
	}
	listed, err := a.isListed(ctx, key)
	switch {
	case err != nil:
		return a.apiError(by.verb, err, by.consequence+" "+by.next)
	case listed:
		return diag.Diagnostics{diag.NewErrorDiagnostic("Cannot "+by.verb+" "+a.info.Title+" payment link",
			a.info.Title+" answers that the link "+key.ID+" does not exist, and yet lists it. It"+by.consequence[len("The link "+key.ID):]+" Try again later.")}
	}
	return nil
}

// notFoundDoubt returns why a 404 under this account proves nothing, and what to do; empty when it proves that the link is
// gone.
func (a *configured[M, L, PM]) notFoundDoubt(key driver.Key, private privateState) string {
	if private.Account == nil { // a state from elsewhere: there is nothing to compare with
		return ""
	}
	match, difference := compareAccounts(*private.Account, a.account(key))
	onPurpose := "To drop the link on purpose, without revoking it: `terraform state rm`, or a `removed` block with `destroy = false`."
	switch match {
	case accountSame:
		return ""
	case accountDifferent:
		return "These are not the credentials that made the link " + key.ID + ": " + difference +
			". Nothing was changed. Use the account that the link belongs to. " + onPurpose
	default:
		return "The credentials in use do not say which account they belong to, so that this may be another account's answer; to believe it would be to create the link " + key.ID + " anew. " +
			"Nothing was changed. Check the credentials; with `account` set in the provider's `" + a.info.Name + "` object from the start, every link remembers whose it is. " + onPurpose
	}
}

// isListed reports whether the vendor's list shows the link, for a vendor whose 404 alone proves nothing.
func (a *configured[M, L, PM]) isListed(ctx context.Context, key driver.Key) (bool, error) {
	lister, ok := a.client.(driver.Lister[L])
	if !ok || !a.info.ConfirmNotFoundByList {
		return false, nil
	}
	for answer, err := range lister.List(ctx, driver.Query{Scope: key.Scope}) {
		if err != nil {
			return false, err
		}
		if a.idOf(answer) == key.ID {
			return true, nil
		}
	}
	return false, nil
}

// checkAccount refuses to act on a link with credentials that are proven not to be the ones that created it.
func (a *configured[M, L, PM]) checkAccount(verb string, key driver.Key, private privateState) (diags diag.Diagnostics) {
	if private.Account == nil {
		return nil
	}
	if match, difference := compareAccounts(*private.Account, a.account(key)); match == accountDifferent {
		diags.AddError("Cannot "+verb+" "+a.info.Title+" payment link",
			"These are not the credentials that made the link "+key.ID+": "+difference+". No request was sent, and the link stays in state. Use the account that the link belongs to.")
	}
	return diags
}

// accountMatch is what a comparison of two accounts tells.
type accountMatch int

const (
	accountSame      accountMatch = iota // proven: a 404 is about the right account
	accountDifferent                     // proven: these credentials cannot know the link
	accountUnknown                       // a bare token: it may be anybody's
)

// compareAccounts tells whether now is the account that created a link, and for accountDifferent what differs.
func compareAccounts(created, now driver.Account) (accountMatch, string) {
	switch {
	case created.BaseURL != now.BaseURL:
		return accountDifferent, fmt.Sprintf("the link belongs to %s, the provider is configured for %s", created.BaseURL, now.BaseURL)
	case created.Owner != "" && now.Owner != "" && created.Owner != now.Owner:
		return accountDifferent, fmt.Sprintf("the link belongs to %q, the provider is configured for %q", created.Owner, now.Owner)
	case created.Name != "" && now.Name != "" && created.Name != now.Name:
		return accountDifferent, fmt.Sprintf("the link belongs to the account %q, the provider is configured for %q", created.Name, now.Name)
	case created.Name != "" && created.Name == now.Name, created.Owner != "" && created.Owner == now.Owner:
		return accountSame, ""
	}
	return accountUnknown, ""
}
