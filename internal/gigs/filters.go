package gigs

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"

const invoiceParameter = "invoice"

// filters are those of the list call (contract 2.3).
var filters = []driver.Filter{
	{Name: "invoice", Parameter: invoiceParameter, Single: true, Description: "Identifier of the invoice that the links collect."},
	{
		Name: "statuses", Growing: true, Parameter: "status", Description: "Gigs' own statuses of the links.", Values: []string{statusActive, statusCanceled, statusCompleted},
		States: states,
	},
}
