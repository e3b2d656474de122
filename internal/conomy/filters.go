package conomy

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"

// idsFilter is asked for in batches, and ownersFilter narrows the search for a checkout token, too.
const (
	idsFilter    = "ids"
	ownersFilter = "owner_identity_ids"
)

// The parameters of the list call (contract 2.1) that not only filters send.
const (
	idParameter    = "id"
	ownerParameter = "owner.identityId"
	emailParameter = "customer.email"
)

// filters are those of the list call (contract 2.1). A link that was deleted is in no list, so that no status means revoked.
var filters = []driver.Filter{
	{Name: idsFilter, Parameter: idParameter, Description: "Identifiers of the links. 50 are requested at a time."},
	{
		Name: "statuses", Growing: true, Parameter: "status", Description: "Conomy's own statuses of the links.",
		Values: []string{statusAttempt, statusActive, statusExpired, statusFinished, statusProcessing},
		States: states,
	},
	{Name: "destination_account_numbers", Parameter: "destination.accountNumber", Description: "Numbers of the accounts that the links pay into."},
	{Name: "customer_emails", Parameter: emailParameter, Description: "Email addresses of the links' customers.", Sensitive: true},
	{Name: ownersFilter, Parameter: ownerParameter, Description: "Conomy identities that own the links."},
}

// tokenLookup finds a link by its checkout token: no call and no filter knows it (contract 2.1), and it is unique among the
// links that exist (contract 8.7).
var tokenLookup = driver.Lookup{
	Attribute: "checkout_token",
	Argument:  "owner_identity_id",
	Narrow:    driver.Filter{Name: ownersFilter, Description: "Conomy identity that owns the link. Narrows the search for `checkout_token`."},
}
