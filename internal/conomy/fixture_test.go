package conomy_test

import (
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

type (
	object   = tfconfig.Object
	list     = tfconfig.List
	switches = conomy.Switches
)

var expect = drivertest.Expect

// sandboxOf is the vendor in the sandbox.
func sandboxOf(f *drivertest.Fixture) *conomy.Server { return conomy.From(f.Sandbox) }

// ready are the settings of a ready token in place of a client, with a new token of the sandbox.
func ready(f *drivertest.Fixture) object {
	issued := sandboxOf(f).IssueToken()
	f.AddSecrets(issued)
	return object{"client_id": nil, "client_secret": nil, "access_token": issued}
}

// requireHeld expects that the vendor has so many links.
func requireHeld(f *drivertest.Fixture, want int) {
	f.Helper()
	if got := len(sandboxOf(f).Links()); got != want {
		f.Errorf("%d links at the vendor, want %d", got, want)
	}
}

// held is the vendor's own view of a link.
func held(f *drivertest.Fixture, state protocoltest.State) conomy.Link {
	f.Helper()
	links := sandboxOf(f).Links()
	i := slices.IndexFunc(links, func(l conomy.Link) bool { return l.ID == state.Text("id") })
	if i < 0 {
		f.Fatalf("the vendor has no link %s", state.Text("id"))
	}
	return links[i]
}
