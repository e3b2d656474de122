package qonto

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"

// filters are those of the list call (2.5).
var filters = []link.Filter{
	{
		Name: "statuses", Description: "Qonto's own statuses of the links.", Values: []string{statusOpen, statusProcessing, "paid", "expired", "canceled"},
		States: map[link.State][]string{
			link.Open: {statusOpen}, link.Processing: {statusProcessing}, link.Paid: {"paid"}, link.Expired: {"expired"}, link.Revoked: {"canceled"},
		},
	},
	{
		Name: "sort_by", Single: true, Description: "Order of the links. Without it, Qonto's own.",
		Values: []string{"amount:asc", "amount:desc", "expiration_date:asc", "expiration_date:desc"},
	},
}
