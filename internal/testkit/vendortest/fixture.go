// Package vendortest is the test harness of one vendor: a sandbox, and the provider configured for it, called in process
// (protocoltest). It knows no vendor.
package vendortest

import (
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Vendor is what a Fixture has to know of the vendor whose links it tests.
type Vendor struct {
	Provider  *Provider
	Sandboxes []vendorapi.Constructor // of the vendors that the sandbox serves
	Name      string                  // of the provider's object, "acme"
	Account   string                  // `account` of every provider, unless a test says otherwise; empty leaves it out
	// Secrets are fragments of the payer's data in the tests' configurations, and SecretSettings are the settings that hold a
	// secret. No diagnostic may show one.
	Secrets, SecretSettings []string
	// OmitSettings are settings that the sandbox offers and that most tests do without.
	OmitSettings []string
	// IgnoredOperation is the operation that Calls leaves out, because a test of its own counts it; empty for none.
	IgnoredOperation string
}

// Of is the Vendor that a descriptor describes. Without its token's calls: those are counted by tests of their own.
func Of(d descriptor.Descriptor, p *Provider, sandboxes ...vendorapi.Constructor) Vendor {
	v := Vendor{
		Provider: p, Sandboxes: sandboxes,
		Name: d.Name, Account: "main", Secrets: d.PayerData, SecretSettings: d.Credentials.Secret, OmitSettings: d.Credentials.Unused,
	}
	if d.Token != nil && d.Token.ClientCredentials {
		v.IgnoredOperation = d.Operations.Token
	}
	return v
}

// Type is the resource's type name.
func (v Vendor) Type() string { return "paymentlinks_" + v.Name + "_link" }

// Main is a package's TestMain: it keeps the variables of whoever runs the tests out of them. Memory is collected less often than
// by default, which was a third of the tests' time.
func (v Vendor) Main(m *testing.M) {
	debug.SetGCPercent(800)
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, strings.ToUpper(v.Name)+"_") || name == "TF_APPEND_USER_AGENT" || strings.HasSuffix(strings.ToUpper(name), "_PROXY") {
			if err := os.Unsetenv(name); err != nil {
				panic(err)
			}
		}
	}
	os.Exit(m.Run())
}

// Fixture is one test's sandbox and provider, on a clock that never waits. At the end of the test nothing that was said may
// hold a secret.
type Fixture struct {
	*testing.T
	Sandbox *VendorSandbox
	Server  *protocoltest.Server
	Clock   *fakeclock.Clock

	vendor Vendor
	log    *diagnosticLog
}

// Start starts a sandbox, and no provider yet: Serve does. A nil clock is the fixture's own; faults that wait need a real one.
func (v Vendor) Start(t *testing.T, theirs clock.Clock) *Fixture {
	t.Helper()
	clk := fakeclock.New(clock.System{}.Now())
	if theirs == nil {
		theirs = clk
	}
	f := &Fixture{T: t, Sandbox: NewSandbox(t, v.Name, v.Provider, sandbox.Options{Clock: theirs}, v.Sandboxes...), Clock: clk, vendor: v, log: &diagnosticLog{secrets: map[string]bool{}}}
	f.Sandbox.Account = v.Account
	settings := f.Sandbox.Settings()
	for _, name := range v.SecretSettings {
		secret, ok := settings[name].(string)
		if !ok || secret == "" {
			t.Fatalf("the sandbox has no setting %s to keep secret", name)
		}
		f.AddSecrets(secret)
	}
	f.AddSecrets(v.Secrets...)
	f.log.journals = t.TempDir()
	t.Cleanup(f.requireNoSecrets)
	return f
}

// StartProvider starts the fixture's provider; top are settings of the provider's own, changes are the vendor's as for
// Settings.
func (f *Fixture) StartProvider(top tfconfig.Object, changes ...tfconfig.Object) *Fixture {
	f.Helper()
	config := tfconfig.Object{f.vendor.Name: f.Settings(changes...)}
	maps.Copy(config, top)
	f.Server = f.NewProviderWith(config)
	return f
}

// Subtest is the same fixture, reporting to a subtest.
func (f *Fixture) Subtest(t *testing.T) *Fixture {
	out := *f
	out.T = t
	if f.Server != nil {
		out.Server = f.Server.WithT(t)
	}
	return &out
}

// Settings is the vendor's object for this sandbox; changes override or (nil) remove settings.
func (f *Fixture) Settings(changes ...tfconfig.Object) tfconfig.Object {
	omitted := tfconfig.Object{}
	for _, name := range f.vendor.OmitSettings {
		omitted[name] = nil
	}
	return f.Sandbox.Settings(slices.Concat([]tfconfig.Object{omitted}, changes)...)
}

// NewProviderWith starts another provider on the same clock, which has to accept its configuration. Unless that says otherwise it has a
// journal of its own.
func (f *Fixture) NewProviderWith(config tfconfig.Object) *protocoltest.Server {
	f.Helper()
	if config["journal"] == nil {
		config = tfconfig.Changed(config, tfconfig.Object{"journal": f.log.newJournal()})
	}
	s := f.vendor.Provider.NewServer(f.T, f.Clock, config)
	if f.Record(s.ConfigureDiagnostics).HasError() {
		f.Fatal(s.ConfigureDiagnostics)
	}
	return s
}

// NewProvider starts another provider for the same sandbox.
func (f *Fixture) NewProvider(changes ...tfconfig.Object) *protocoltest.Server {
	f.Helper()
	return f.NewProviderWith(tfconfig.Object{f.vendor.Name: f.Settings(changes...)})
}
