package acctest

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// Vendor is what a Bench has to know of the vendor whose links it tests.
type Vendor struct {
	Name    string // of the provider's object, "qonto"
	Account string // `account` of every provider, unless a test says otherwise; empty leaves it out
	// Secrets are fragments of the payer's data in the tests' configurations, and SecretSettings are the settings that hold a
	// secret. No diagnostic may show one.
	Secrets, SecretSettings []string
	// Without are settings that the sandbox offers and that most tests do without.
	Without []string
	// Uncounted is the operation that Asked leaves out, because a test of its own counts it; empty for none.
	Uncounted string
	// WriteOnly is an attribute that no plan holds; empty for none.
	WriteOnly string
}

// Of is the Vendor that a descriptor describes. Without its token's calls: those are counted by tests of their own.
func Of(d descriptor.Descriptor) Vendor {
	v := Vendor{Name: d.Name, Account: "main", Secrets: d.PayerData, SecretSettings: d.Credentials.Secret, Without: d.Credentials.Unused}
	if d.Token != nil && d.Token.ClientCredentials {
		v.Uncounted = d.Operations.Token
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
			must(os.Unsetenv(name))
		}
	}
	os.Exit(m.Run())
}

// Bench is one test's sandbox and provider, on a clock that never waits. At the end of the test nothing that was said may
// hold a secret.
type Bench struct {
	*testing.T
	Sandbox *Environment
	Server  *Server
	Clock   *clock.Manual

	vendor Vendor
	heard  *heard
}

// Open starts a sandbox, and no provider yet: Serve does. A nil clock is the bench's own; faults that wait need a real one.
func (v Vendor) Open(t *testing.T, theirs clock.Clock) *Bench {
	t.Helper()
	clk := clock.NewManual(clock.System{}.Now())
	if theirs == nil {
		theirs = clk
	}
	b := &Bench{T: t, Sandbox: start(t, v.Name, sandbox.Options{Clock: theirs}), Clock: clk, vendor: v, heard: &heard{secrets: map[string]bool{}}}
	b.Sandbox.Account = v.Account
	settings := b.Sandbox.Settings()
	for _, name := range v.SecretSettings {
		secret, ok := settings[name].(string)
		if !ok || secret == "" {
			t.Fatalf("the sandbox has no setting %s to keep secret", name)
		}
		b.Plant(secret)
	}
	b.Plant(v.Secrets...)
	t.Cleanup(b.keepsSecrets)
	return b
}

// Serve starts the bench's provider; top are settings of the provider's own, changes are the vendor's as for Settings.
func (b *Bench) Serve(top Object, changes ...Object) *Bench {
	b.Helper()
	config := Object{b.vendor.Name: b.Settings(changes...)}
	maps.Copy(config, top)
	b.Server = b.Configured(config)
	return b
}

// In is the same bench, reporting to a subtest.
func (b *Bench) In(t *testing.T) *Bench {
	out := *b
	out.T = t
	if b.Server != nil {
		server := *b.Server
		server.t = t
		out.Server = &server
	}
	return &out
}

// Settings is the vendor's object for this sandbox; changes override or (nil) remove settings.
func (b *Bench) Settings(changes ...Object) Object {
	without := Object{}
	for _, name := range b.vendor.Without {
		without[name] = nil
	}
	return b.Sandbox.Settings(slices.Concat([]Object{without}, changes)...)
}

// Configured starts another provider on the same clock, which has to accept its configuration.
func (b *Bench) Configured(config Object) *Server {
	b.Helper()
	s := NewServer(b.T, provider.NewAt("test", b.Clock)(), config)
	if b.Note(s.Configured).HasError() {
		b.Fatal(s.Configured)
	}
	return s
}

// Another starts another provider for the same sandbox.
func (b *Bench) Another(changes ...Object) *Server {
	b.Helper()
	return b.Configured(Object{b.vendor.Name: b.Settings(changes...)})
}
