package powens_test

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

type (
	object = tfconfig.Object
	list   = tfconfig.List
)

var expect = drivertest.Expect

// sandboxOf is the vendor in the sandbox.
func sandboxOf(f *drivertest.Fixture) *powens.Server { return powens.From(f.Sandbox) }

// sameDomain are other credentials of the same domain.
var sameDomain = []func(*drivertest.Fixture) object{
	func(f *drivertest.Fixture) object { return clientOf(f, "demo-sandbox") },
	func(f *drivertest.Fixture) object {
		return object{"client_id": nil, "client_secret": nil, "token": sandboxOf(f).IssueToken("demo-sandbox")}
	},
	func(*drivertest.Fixture) object { return object{"domain": "Demo-Sandbox"} },
	func(*drivertest.Fixture) object { return object{"domain": "demo-sandbox.biapi.pro"} },
	func(*drivertest.Fixture) object { return object{"account": nil} },
}

func anotherDomain(f *drivertest.Fixture) object {
	return tfconfig.With(clientOf(f, "acme"), "domain", "acme")
}

// clientOf are the settings of a new client application of a domain.
func clientOf(f *drivertest.Fixture, domain string) object {
	client := sandboxOf(f).AddClient(domain)
	f.AddSecrets(client.Secret)
	return object{"client_id": client.ID, "client_secret": client.Secret}
}

// ready are the settings of a token alone, which do not say whose it is.
func ready(f *drivertest.Fixture) object {
	return object{"domain": nil, "client_id": nil, "client_secret": nil, "token": sandboxOf(f).IssueToken("demo-sandbox")}
}
