package abacus

import (
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// vendor is what is special about the life of Abacus's links.
type vendor struct{}

var (
	_ driver.Vendor[model, Link] = vendor{}
	_ driver.MoneyTeller[model]  = vendor{}
)

// Registration is Abacus's line in the provider.
var Registration = link.Register(vendor{}, settingsBlock, newClient, link.Extras{})

// The statuses of a link (contract 3.1).
const (
	statusLive     = "live"
	statusSettling = "settling"
	statusSettled  = "settled"
	statusLapsed   = "lapsed"
)

// Info returns what is fixed about Abacus's links.
func (vendor) Info() driver.Info {
	return driver.Info{
		Name:  "abacus",
		Title: "Abacus",
		Description: "A payment link at [Abacus](" + docsURL + "), which lives for a number of hours. Abacus documents no call that changes, ends or lists links: " +
			"every change of an argument makes a new link, and the old one can still be paid until it lapses.",
		ConfigurationHint: "Add `abacus = {}` with its settings to the provider block, or set ABACUS_KEY.",
		ReadPermission:    "a key of the link's own shop",
		WritePermission:   "a key of the link's own shop",
		ReplaceWhen:       []driver.State{driver.Revoked, driver.Expired},
		Defaults:          map[string]string{"hours": "72"}, // contract 2.2
		Amount:            "amount",
		Currency:          "currency",
		DataSourceDescriptions: map[string]string{
			"amount": "Amount to pay: decimal text with three decimals, whatever the currency, such as `\"12.505\"`.", "hours": "How many hours the link lives.",
		},
	}
}

// State maps the status (contract 3.1).
func (vendor) State(l Link, _ time.Time) driver.State {
	switch l.Status {
	case statusLive:
		return driver.Open
	case statusSettling:
		return driver.Processing
	case statusSettled:
		return driver.Paid
	case statusLapsed:
		return driver.Expired
	}
	return driver.Unknown
}

// Created returns when the link was made, to the second (contract 4.3).
func (vendor) Created(l Link) time.Time { return moment(l.Made) }
