package powens

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"

// filters are none: the list call answers with all links (contract 2.1).
var filters []driver.Filter
