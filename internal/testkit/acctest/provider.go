// Package acctest is the test harness of all vendors: the provider as it ships, called in process (vendortest, protocoltest) or
// by a real engine.
package acctest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/vendortest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

type (
	// Vendor is one vendor of the provider, as a Harness needs it.
	Vendor = vendortest.Vendor
	// Harness is one test's sandbox and provider.
	Harness = vendortest.Fixture
	// VendorSandbox is one test's own sandbox.
	VendorSandbox = vendortest.VendorSandbox
)

var all = vendortest.NewProvider(vendors.All()...)

// Of is the Vendor that a descriptor describes.
func Of(d descriptor.Descriptor) Vendor { return vendortest.Of(d, all, descriptor.Sandboxes()...) }

// NewSandbox starts a sandbox that ends with the test; the provider is configured for one of its vendors.
func NewSandbox(t testing.TB, vendor string) *VendorSandbox {
	t.Helper()
	return vendortest.NewSandbox(t, vendor, all, sandbox.Options{}, descriptor.Sandboxes()...)
}

// WrapSandbox is a sandbox that runs already, as one of its vendors'.
func WrapSandbox(t testing.TB, box *sandbox.Sandbox, vendor string) *VendorSandbox {
	return vendortest.WrapSandbox(t, box, vendor, all)
}

// NewServer starts a provider on a clock (nil: the machine's) and configures it.
func NewServer(t testing.TB, clk clock.Clock, config tfconfig.Object) *protocoltest.Server {
	t.Helper()
	return all.NewServer(t, clk, config)
}

// NewUnwrappedServer is NewServer without what the provider puts before the framework.
func NewUnwrappedServer(t testing.TB, clk clock.Clock, config tfconfig.Object) *protocoltest.Server {
	t.Helper()
	return all.NewUnwrappedServer(t, clk, config)
}

// ProviderFactories serve the provider in the test's process.
func ProviderFactories() map[string]func() (tfprotov6.ProviderServer, error) {
	return all.Factories(nil)
}

// Schemas are the provider's.
func Schemas(t testing.TB) *protocoltest.Schemas {
	t.Helper()
	return all.Schemas(t)
}
