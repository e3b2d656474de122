package qonto

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"

const statusParameter = "status[]"

// filters are those of the list call (contract 2.5).
var filters = []driver.Filter{
	{
		Name: "statuses", Growing: true, Parameter: statusParameter, Description: "Qonto's own statuses of the links.",
		Values: []string{statusOpen, statusProcessing, statusPaid, statusExpired, statusCanceled},
		States: states,
	},
	{
		Name: "sort_by", Parameter: "sort_by", Single: true, Description: "Order of the links. Default: set by Qonto.",
		Values: []string{"amount:asc", "amount:desc", "expiration_date:asc", "expiration_date:desc"},
	},
}

// paymentFilters are those of a link's payments (contract 2.8). The sort field has another name than that of links.
var paymentFilters = []driver.Filter{
	{
		Name: "statuses", Parameter: statusParameter, Description: "Statuses of the payments to keep.",
		Values: []string{"open", "pending", "authorized", "paid", "canceled", "expired", "failed"},
	},
	{
		Name: "sort_by", Parameter: "sort_by", Single: true, Description: "Order of the payments. Default: set by Qonto.",
		Values: []string{"creation_date:asc", "creation_date:desc"},
	},
}
