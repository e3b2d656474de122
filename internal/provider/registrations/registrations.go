// Package registrations lists the vendors of the provider. It is apart from package provider, so that a provider with other vendors
// imports none of these.
package registrations

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/qonto"
)

// All lists the vendors: one line each.
func All() []link.Registration {
	return []link.Registration{
		conomy.Entry,
		gigs.Entry,
		powens.Entry,
		qonto.Entry,
	}
}
