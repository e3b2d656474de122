package qonto

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// filters are those of the list call (2.5).
var filters = []driver.Filter{
	{
		Name: "statuses", Description: "Qonto's own statuses of the links.", Values: []string{statusOpen, statusProcessing, "paid", "expired", "canceled"},
		States: map[driver.State][]string{
			driver.Open: {statusOpen}, driver.Processing: {statusProcessing}, driver.Paid: {"paid"}, driver.Expired: {"expired"}, driver.Revoked: {"canceled"},
		},
	},
	{
		Name: "sort_by", Single: true, Description: "Order of the links. Without it, Qonto's own.",
		Values: []string{"amount:asc", "amount:desc", "expiration_date:asc", "expiration_date:desc"},
	},
}
