// Package acctest is the test harness of the vendors: a sandbox, and the provider configured for it, called in process
// (protocoltest) or by a real engine.
package acctest

import (
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider/registrations"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// NewServer starts a provider on a clock (nil: the machine's) and configures it.
func NewServer(t testing.TB, clk clock.Clock, config tfconfig.Object) *protocoltest.Server {
	t.Helper()
	return protocoltest.StartWith(t, newServer(clk), Schemas(t), config)
}

// NewUnwrappedServer is NewServer without what the provider puts before the framework.
func NewUnwrappedServer(t testing.TB, clk clock.Clock, config tfconfig.Object) *protocoltest.Server {
	t.Helper()
	return protocoltest.StartWith(t, providerserver.NewProtocol6(provider.NewWith("test", clk, registrations.All()...)())(), Schemas(t), config)
}

// ProviderFactories serve the provider in the test's process.
func ProviderFactories() map[string]func() (tfprotov6.ProviderServer, error) {
	return factories(clock.System{})
}

// ProviderFactoriesWithFakeClock is ProviderFactories with a clock that does not wait, for what waits and asks again.
func ProviderFactoriesWithFakeClock() map[string]func() (tfprotov6.ProviderServer, error) {
	return factories(fakeClock())
}

func factories(clk clock.Clock) map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"paymentlinks": func() (tfprotov6.ProviderServer, error) { return newServer(clk), nil },
	}
}

func newServer(clk clock.Clock) tfprotov6.ProviderServer {
	if clk == nil {
		clk = clock.System{}
	}
	return provider.Server(provider.NewWith("test", clk, registrations.All()...)())()
}

func fakeClock() *clock.Fake { return clock.NewFake(clock.System{}.Now()) }

var (
	schemasOnce sync.Once
	schemas     *protocoltest.Schemas
)

// Schemas are the provider's, read once for all tests of a package.
func Schemas(t testing.TB) *protocoltest.Schemas {
	t.Helper()
	schemasOnce.Do(func() { schemas = protocoltest.ReadSchemas(t, newServer(nil)) })
	if schemas == nil {
		t.Fatal("the provider has no schemas")
	}
	return schemas
}
