// Package vendors lists the vendors of the sandbox.
package vendors

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// All returns the constructors of all vendors.
func All() []vendorapi.Constructor {
	return []vendorapi.Constructor{conomy.New, gigs.New, powens.New, qonto.New}
}
