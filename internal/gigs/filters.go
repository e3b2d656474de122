package gigs

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"

// filters are those of the list call (2.3).
var filters = []link.Filter{
	{Name: "invoice", Single: true, Description: "Identifier of the invoice that the links collect."},
	{
		Name: "statuses", Description: "Gigs' own statuses of the links.", Values: []string{"active", "canceled", "completed"},
		States: map[link.State][]string{link.Open: {"active"}, link.Paid: {"completed"}, link.Revoked: {"canceled"}},
	},
}
