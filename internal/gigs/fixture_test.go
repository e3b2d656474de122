package gigs_test

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

type (
	object = tfconfig.Object
	list   = tfconfig.List
)

var expect = drivertest.Expect

// sandboxOf is the vendor in the sandbox.
func sandboxOf(f *drivertest.Fixture) *gigs.Server { return gigs.From(f.Sandbox) }
