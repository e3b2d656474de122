package qonto_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

type (
	object = tfconfig.Object
	list   = tfconfig.List
)

var expect = drivertest.Expect

// fixture is one test's sandbox and provider.
type fixture struct{ *drivertest.Fixture }

func newFixture(t *testing.T, changes ...object) *fixture {
	t.Helper()
	return &fixture{harness.Start(t, changes...)}
}

// qonto is the vendor in the sandbox.
func (f *fixture) qonto() *qonto.Server { return sandboxOf(f.Fixture) }

func sandboxOf(f *drivertest.Fixture) *qonto.Server { return qonto.From(f.Sandbox) }
