package link

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/bulkread"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// This file decides when a 404 is believed: for a link that was just created by awaitNew, for a refresh and a destroy by
// believeNotFound. An action never believes one: it has no state, so that a mistyped id would look like success.

// newLinkGracePeriod is how long after a create a 404 may be a lag of the vendor's reads.
const newLinkGracePeriod = time.Minute

var newLinkRetryDelays = []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}

// awaitNew calls read, and within the grace period after created again while it does not find what it reads. created is by the
// machine's clock, and zero for what cannot lag. It returns the context's error if that ends first.
func (c *configured[M, L, PM]) awaitNew(ctx context.Context, created time.Time, read func() (missing bool)) error {
	missing := read()
	for _, delay := range newLinkRetryDelays {
		if !missing || c.clock.Now().Sub(created) >= newLinkGracePeriod {
			break
		}
		if err := c.clock.Sleep(ctx, delay); err != nil {
			return err
		}
		missing = read()
	}
	return nil
}

// getWithRetry reads one link, as awaitNew does.
func (c *configured[M, L, PM]) getWithRetry(ctx context.Context, key driver.Key, created time.Time) (answer L, err error) {
	canceled := c.awaitNew(ctx, created, func() bool {
		answer, err = c.get(ctx, key)
		return rest.IsNotFound(err)
	})
	return answer, cmp.Or(canceled, err)
}

// mayBeNew returns when a link was created, at the latest: now, if this run may have created it.
func (c *configured[M, L, PM]) mayBeNew(key driver.Key) time.Time {
	if c.registry.IsKnown(key) {
		return c.clock.Now()
	}
	return time.Time{}
}

// createdByAccount returns when the account in use created the link; zero under another account, whose 404 is no lag.
func (c *configured[M, L, PM]) createdByAccount(key driver.Key, private privateState) time.Time {
	if c.checkAccount(opRead, key, private).HasError() {
		return time.Time{}
	}
	return private.Created
}

// notFoundContext words the errors of believeNotFound for its caller.
type notFoundContext struct {
	op          operation // of the summary
	inDoubt     operation // of the summary when the account leaves a doubt
	consequence string    // completes "The link pl-1 …"
	advice      string    // when the list could not be read
}

// believeNotFound returns nil if the 404 proves that the link is gone: the account is the one that created it, that was more than a
// minute ago, and the vendor's list, of which a walk is used for a minute, does not show it either. Where there is no list, the error must
// be the vendor's own. Otherwise it returns an error, and nothing may change.
func (c *configured[M, L, PM]) believeNotFound(ctx context.Context, key driver.Key, private privateState, notFound error, by notFoundContext) diag.Diagnostics {
	if doubt := c.notFoundDoubt(key, private); doubt != "" {
		return c.apiError(by.inDoubt, notFound, doubt)
	}
	if c.clock.Now().Sub(private.Created) < newLinkGracePeriod {
		return c.apiError(by.op, notFound, "The link "+key.ID+" was created less than a minute ago, and "+c.info.Title+" may not return it everywhere yet. It "+by.consequence+" Try again in a minute.")
	}
	lister, ok := c.client.(driver.Lister[L])
	if !ok {
		if isVendorsOwn(notFound) {
			return nil
		}
		return c.apiError(by.op, notFound, "The response may come from a gateway. Link "+key.ID+" "+by.consequence+" "+by.advice)
	}
	listed, err := c.isListed(ctx, lister, key)
	switch {
	case err != nil:
		return c.apiError(by.op, err, "The link "+key.ID+" "+by.consequence+" "+by.advice)
	case listed:
		return diag.Diagnostics{diag.NewErrorDiagnostic(c.errorSummary(by.op),
			c.info.Title+" returned 404 for link "+key.ID+" but still lists it. It "+by.consequence+" Try again later.")}
	}
	return nil
}

// notFoundDoubt returns why a 404 under the account in use proves nothing, and what to do; empty if it proves that the link is
// gone.
func (c *configured[M, L, PM]) notFoundDoubt(key driver.Key, private privateState) string {
	account := c.account(key)
	if private.Account != nil {
		account = *private.Account
	} else if c.info.Scope == "" || !c.info.ScopeIdentifiesAccount {
		return "The state does not say which account created link " + key.ID + ", so it may exist in another account. Nothing was changed. " +
			"Refresh the state with the credentials of that account: a deleted link is then removed from state, and the account of any other is recorded."
	}
	match, difference := compareAccounts(account, c.account(key))
	onPurpose := "To stop managing the link without revoking it, use `terraform state rm` or a `removed` block with `destroy = false`."
	switch match {
	case accountSame:
		return ""
	case accountDifferent:
		return "Link " + key.ID + " was created with different credentials: " + difference +
			". Nothing was changed. Use the account that created it. " + onPurpose
	default:
		setIt := "with `account` set in the provider's `" + c.info.Name + "` object from the start, each link stores its account."
		if account.Name != "" {
			setIt = fmt.Sprintf("if they are those of the account %[1]q, as stored with the link, set `account = %[1]q` in the provider's `%[2]s` object.", account.Name, c.info.Name)
		}
		return "The provider cannot tell which account these credentials belong to, so link " + key.ID + " may exist in another account. " +
			"Nothing was changed. Check the credentials; " + setIt + " " + onPurpose
	}
}

// isListed reports whether the vendor's list, read to its end, shows the link.
func (c *configured[M, L, PM]) isListed(ctx context.Context, lister driver.Lister[L], key driver.Key) (bool, error) {
	if listed, complete := c.bulkReader().ListedAtEnd(ctx, key); complete && !listed {
		return false, nil
	}
	index := sharedByVendor(c.data, c.info.Name, func() *bulkread.Index[L] { return bulkread.NewIndex(lister, c.idOf, c.isNotRevoked, c.clock) })
	return index.Shows(ctx, key)
}

// isNotRevoked reports whether a listed link is there. A revoked one may be listed, and yet a read of it answered with a 404.
func (c *configured[M, L, PM]) isNotRevoked(answer L) bool {
	return c.vendor.State(answer, c.vendorNow()) != driver.Revoked
}

// isVendorsOwn reports whether an error says what only the vendor says: a code or a type. A gateway in front of it answers with a
// page, with nothing, or with a message alone.
func isVendorsOwn(notFound error) bool {
	failed, ok := rest.AsError(notFound)
	return ok && (failed.Code != "" || failed.Type != "")
}

// find reads a link that was created at a time, and returns nil if the vendor has none of this id.
func (c *configured[M, L, PM]) find(ctx context.Context, key driver.Key, created time.Time) (*L, error) {
	answer, err := c.getWithRetry(ctx, key, created)
	if !rest.IsNotFound(err) {
		return &answer, err
	}
	lister, ok := c.client.(driver.Lister[L])
	if !ok && !isVendorsOwn(err) {
		return nil, err
	}
	if ok {
		if listed, listErr := c.isListed(ctx, lister, key); listed || listErr != nil {
			return nil, cmp.Or(listErr, err)
		}
	}
	return nil, nil
}

// checkAccount returns an error if the credentials in use are proven not to be those that created the link.
func (c *configured[M, L, PM]) checkAccount(op operation, key driver.Key, private privateState) (diags diag.Diagnostics) {
	if private.Account == nil {
		return nil
	}
	if match, difference := compareAccounts(*private.Account, c.account(key)); match == accountDifferent {
		diags.AddError(c.errorSummary(op),
			"Link "+key.ID+" was created with different credentials: "+difference+". No request was sent, and the link stays in state. Use the account that created it.")
	}
	return diags
}

// accountMatch is the result of comparing two accounts.
type accountMatch int

const (
	accountSame      accountMatch = iota // proven: a 404 is about the right account
	accountDifferent                     // proven: these credentials cannot know the link
	accountUnknown                       // the credentials prove nothing, like a bare token
)

// compareAccounts compares the account that created a link with the one in use. difference tells, for accountDifferent, what
// differs.
func compareAccounts(created, inUse driver.Account) (match accountMatch, difference string) {
	switch {
	case created.BaseURL != inUse.BaseURL:
		return accountDifferent, fmt.Sprintf("the link belongs to %s, the provider is configured for %s", created.BaseURL, inUse.BaseURL)
	case created.Owner != "" && inUse.Owner != "" && created.Owner != inUse.Owner:
		return accountDifferent, fmt.Sprintf("the link belongs to %q, the provider is configured for %q", created.Owner, inUse.Owner)
	case created.Name != "" && inUse.Name != "" && created.Name != inUse.Name:
		return accountDifferent, fmt.Sprintf("the link belongs to the account %q, the provider is configured for %q", created.Name, inUse.Name)
	case created.Name != "" && created.Name == inUse.Name, created.Owner != "" && created.Owner == inUse.Owner:
		return accountSame, ""
	}
	return accountUnknown, ""
}
