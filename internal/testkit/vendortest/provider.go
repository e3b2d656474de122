package vendortest

import (
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Provider is the provider of some vendors. Its schemas are read once for all tests that share it.
type Provider struct {
	vendors []link.Registration
	once    sync.Once
	schemas *protocoltest.Schemas
	// validated is what was said of configurations, by their text: no provider configuration is used for it.
	validated sync.Map
}

// NewProvider returns the provider of these vendors.
func NewProvider(vendors ...link.Registration) *Provider { return &Provider{vendors: vendors} }

// NewServer starts the provider on a clock (nil: the machine's) and configures it.
func (p *Provider) NewServer(t testing.TB, clk clock.Clock, config tfconfig.Object) *protocoltest.Server {
	t.Helper()
	return protocoltest.StartWith(t, p.serve(clk), p.Schemas(t), config)
}

// NewUnwrappedServer is NewServer without what the provider puts before the framework.
func (p *Provider) NewUnwrappedServer(t testing.TB, clk clock.Clock, config tfconfig.Object) *protocoltest.Server {
	t.Helper()
	return protocoltest.StartWith(t, providerserver.NewProtocol6(provider.New("test", clk, p.vendors...))(), p.Schemas(t), config)
}

// Factories serve the provider in the test's process, on a clock (nil: the machine's).
func (p *Provider) Factories(clk clock.Clock) map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"paymentlinks": func() (tfprotov6.ProviderServer, error) { return p.serve(clk), nil },
	}
}

// Schemas are the provider's.
func (p *Provider) Schemas(t testing.TB) *protocoltest.Schemas {
	t.Helper()
	p.once.Do(func() { p.schemas = protocoltest.ReadSchemas(t, p.serve(nil)) })
	if p.schemas == nil {
		t.Fatal("the provider has no schemas")
	}
	return p.schemas
}

func (p *Provider) serve(clk clock.Clock) tfprotov6.ProviderServer {
	if clk == nil {
		clk = clock.System{}
	}
	return protoserver.New(provider.New("test", clk, p.vendors...))
}

func fakeClock() *fakeclock.Clock { return fakeclock.New(clock.System{}.Now()) }
