package acctest

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Vendor is what a Harness has to know of the vendor whose links it tests.
type Vendor struct {
	Name    string // of the provider's object
	Account string // `account` of every provider, unless a test says otherwise; empty leaves it out
	// Secrets are fragments of the payer's data in the tests' configurations, and SecretSettings are the settings that hold a
	// secret. No diagnostic may show one.
	Secrets, SecretSettings []string
	// OmitSettings are settings that the sandbox offers and that most tests do without.
	OmitSettings []string
	// IgnoredOperation is the operation that Calls leaves out, because a test of its own counts it; empty for none.
	IgnoredOperation string
	// WriteOnlyAttribute is an attribute that no plan holds; empty for none.
	WriteOnlyAttribute string
}

// Of is the Vendor that a descriptor describes. Without its token's calls: those are counted by tests of their own.
func Of(d descriptor.Descriptor) Vendor {
	v := Vendor{Name: d.Name, Account: "main", Secrets: d.PayerData, SecretSettings: d.Credentials.Secret, OmitSettings: d.Credentials.Unused}
	if d.Token != nil && d.Token.ClientCredentials {
		v.IgnoredOperation = d.Operations.Token
	}
	return v
}

// Type is the resource's type name.
func (v Vendor) Type() string { return "paymentlinks_" + v.Name + "_link" }

// Main is a package's TestMain: it keeps the variables of whoever runs the tests out of them.
func (v Vendor) Main(m *testing.M) {
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

// Harness is one test's sandbox and provider, on a clock that never waits. At the end of the test nothing that was said may
// hold a secret.
type Harness struct {
	*testing.T
	Sandbox *VendorSandbox
	Server  *protocoltest.Server
	Clock   *clock.Fake

	vendor Vendor
	log    *diagnosticLog
}

// Start starts a sandbox, and no provider yet: Serve does. A nil clock is the bench's own; faults that wait need a real one.
func (v Vendor) Start(t *testing.T, theirs clock.Clock) *Harness {
	t.Helper()
	clk := clock.NewFake(clock.System{}.Now())
	if theirs == nil {
		theirs = clk
	}
	h := &Harness{T: t, Sandbox: start(t, v.Name, sandbox.Options{Clock: theirs}), Clock: clk, vendor: v, log: &diagnosticLog{secrets: map[string]bool{}}}
	h.Sandbox.Account = v.Account
	settings := h.Sandbox.Settings()
	for _, name := range v.SecretSettings {
		secret, ok := settings[name].(string)
		if !ok || secret == "" {
			t.Fatalf("the sandbox has no setting %s to keep secret", name)
		}
		h.AddSecrets(secret)
	}
	h.AddSecrets(v.Secrets...)
	t.Cleanup(h.requireNoSecrets)
	return h
}

// StartProvider starts the harness's provider; top are settings of the provider's own, changes are the vendor's as for
// Settings.
func (h *Harness) StartProvider(top tfconfig.Object, changes ...tfconfig.Object) *Harness {
	h.Helper()
	config := tfconfig.Object{h.vendor.Name: h.Settings(changes...)}
	maps.Copy(config, top)
	h.Server = h.NewProviderWith(config)
	return h
}

// Subtest is the same harness, reporting to a subtest.
func (h *Harness) Subtest(t *testing.T) *Harness {
	out := *h
	out.T = t
	if h.Server != nil {
		out.Server = h.Server.WithT(t)
	}
	return &out
}

// Settings is the vendor's object for this sandbox; changes override or (nil) remove settings.
func (h *Harness) Settings(changes ...tfconfig.Object) tfconfig.Object {
	omitted := tfconfig.Object{}
	for _, name := range h.vendor.OmitSettings {
		omitted[name] = nil
	}
	return h.Sandbox.Settings(slices.Concat([]tfconfig.Object{omitted}, changes)...)
}

// NewProviderWith starts another provider on the same clock, which has to accept its configuration.
func (h *Harness) NewProviderWith(config tfconfig.Object) *protocoltest.Server {
	h.Helper()
	s := NewServer(h.T, h.Clock, config)
	if h.Record(s.ConfigureDiagnostics).HasError() {
		h.Fatal(s.ConfigureDiagnostics)
	}
	return s
}

// NewProvider starts another provider for the same sandbox.
func (h *Harness) NewProvider(changes ...tfconfig.Object) *protocoltest.Server {
	h.Helper()
	return h.NewProviderWith(tfconfig.Object{h.vendor.Name: h.Settings(changes...)})
}
