package conomy

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// owners is the filter that a search for a checkout token is narrowed by, too.
const owners = "owner_identity_ids"

// filters are those of the list call (2.1). A link that was deleted is in no list, so that no status means revoked.
var filters = []driver.Filter{
	{Name: "ids", Description: "Identifiers of the links. They are asked for 50 at a time."},
	{
		Name: "statuses", Description: "Conomy's own statuses of the links.",
		Values: []string{statusAttempt, statusActive, statusExpired, statusFinished, statusProcessing},
		States: map[driver.State][]string{
			driver.Open: {statusAttempt, statusActive}, driver.Processing: {statusProcessing}, driver.Paid: {statusFinished}, driver.Expired: {statusExpired},
		},
	},
	{Name: "destination_account_numbers", Description: "Numbers of the accounts that the links pay into."},
	{Name: "customer_emails", Description: "E-mail addresses of the links' customers.", Sensitive: true},
	{Name: owners, Description: "Identities at Conomy whose links they are."},
}

// byToken: no call and no filter knows the checkout token (2.1), which is unique among the links that exist (row 7).
var byToken = driver.Lookup{
	Attribute: "checkout_token",
	Argument:  "owner_identity_id",
	Narrow:    driver.Filter{Name: owners, Description: "Identity at Conomy whose link it is. Beside `checkout_token`, it spares the search all other links."},
}
