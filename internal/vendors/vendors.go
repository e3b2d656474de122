// Package vendors is the list of vendors, and the provider that has them all. It is the one package that knows every vendor.
package vendors

import (
	"github.com/hashicorp/terraform-plugin-framework/provider"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/powens"
	paymentlinks "github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/qonto"
)

// All returns the registrations of all vendors. A new vendor is a line here.
func All() []link.Registration {
	return []link.Registration{
		conomy.Registration,
		gigs.Registration,
		powens.Registration,
		qonto.Registration,
	}
}

// Provider returns the provider with all vendors; version is the build's.
func Provider(version string) provider.Provider { return ProviderAt(version, clock.System{}) }

// ProviderAt is Provider with a clock of the caller's, for tests.
func ProviderAt(version string, clk clock.Clock) provider.Provider {
	return paymentlinks.New(version, clk, All()...)
}
