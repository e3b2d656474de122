package gigs

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// filters are those of the list call (2.3).
var filters = []driver.Filter{
	{Name: "invoice", Single: true, Description: "Identifier of the invoice that the links collect."},
	{
		Name: "statuses", Description: "Gigs' own statuses of the links.", Values: []string{"active", "canceled", "completed"},
		States: map[driver.State][]string{driver.Open: {"active"}, driver.Paid: {"completed"}, driver.Revoked: {"canceled"}},
	},
}
