package acctest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendors"
)

// Environment is one test's own sandbox, and the provider's configuration for it.
type Environment struct {
	*sandbox.Sandbox
	t      testing.TB
	vendor string
	// Account is the `account` of every vendor's object; empty leaves it out (a bare token).
	Account string
}

// New is For Qonto.
func New(t testing.TB) *Environment {
	t.Helper()
	return For(t, "qonto")
}

// For starts a sandbox that ends with the test; the provider is configured for one of its vendors.
func For(t testing.TB, vendor string) *Environment {
	t.Helper()
	return start(t, vendor, sandbox.Options{})
}

func start(t testing.TB, vendor string, options sandbox.Options) *Environment {
	t.Helper()
	s, err := sandbox.Start(options, vendors.All()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return &Environment{Sandbox: s, t: t, vendor: vendor, Account: "main"}
}

// Settings is the vendor's object for this sandbox, out of the variables that the sandbox tells people to set; changes
// override or (nil) remove settings.
func (e *Environment) Settings(changes ...Object) Object {
	settings := Object{}
	for name, value := range e.Env() {
		if setting, ok := strings.CutPrefix(name, strings.ToUpper(e.vendor)+"_"); ok {
			settings[strings.ToLower(setting)] = value
		}
	}
	if e.Account != "" {
		settings["account"] = e.Account
	}
	for _, change := range changes {
		for name, setting := range change {
			if setting == nil {
				delete(settings, name)
				continue
			}
			settings[name] = setting
		}
	}
	return settings
}

// Provider is the provider block, with the vendor configured for this sandbox.
func (e *Environment) Provider(changes ...Object) string {
	return "provider \"paymentlinks\" {\n  " + e.vendor + " = " + hcl(e.Settings(changes...)) + "\n}\n"
}

// Server is the protocol server, with the vendor configured for this sandbox and the machine's clock.
func (e *Environment) Server(changes ...Object) *Server {
	e.t.Helper()
	return e.ServerAt(clock.System{}, changes...)
}

// Hurried is Server with a clock that does not wait, for what waits and asks again.
func (e *Environment) Hurried(changes ...Object) *Server {
	e.t.Helper()
	return e.ServerAt(clock.NewManual(clock.System{}.Now()), changes...)
}

// ServerAt is Server with a clock.
func (e *Environment) ServerAt(clk clock.Clock, changes ...Object) *Server {
	e.t.Helper()
	s := NewServer(e.t, provider.NewAt("test", clk)(), Object{e.vendor: e.Settings(changes...)})
	if s.Configured.HasError() {
		e.t.Fatal(s.Configured)
	}
	return s
}

// Count is the number of requests that a vendor's operation received.
func (e *Environment) Count(vendor, op string) int {
	return len(e.Requests(sandbox.ByOp(vendor, op)))
}

// Act has something done to a link behind the provider's back: pay, expire, cancel, delete and what else the vendor knows.
func (e *Environment) Act(id, action string) {
	e.t.Helper()
	req, err := http.NewRequestWithContext(e.t.Context(), http.MethodPost, e.URL()+"/_sandbox/links/"+e.vendor+"/"+id+"/"+action, nil)
	if err != nil {
		e.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		e.t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusOK {
		e.t.Fatalf("%s %s: %s %v", action, id, resp.Status, err)
	}
}

// Payable counts the vendor's links that somebody could pay.
func (e *Environment) Payable() int {
	n := 0
	for _, link := range e.Overview() {
		if link.Vendor == e.vendor && link.Payable {
			n++
		}
	}
	return n
}

// Factories serve the provider in the test's process.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return factories(clock.System{})
}

// Hurried is Factories with a clock that does not wait, for what waits and asks again.
func Hurried() map[string]func() (tfprotov6.ProviderServer, error) {
	return factories(clock.NewManual(clock.System{}.Now()))
}

func factories(clk clock.Clock) map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"paymentlinks": func() (tfprotov6.ProviderServer, error) { return provider.Server(provider.NewAt("test", clk)())(), nil },
	}
}

// hcl writes a flat object as HCL.
func hcl(object Object) string {
	var out strings.Builder
	out.WriteString("{\n")
	for name, setting := range object {
		fmt.Fprintf(&out, "    %s = %q\n", name, setting)
	}
	out.WriteString("  }")
	return out.String()
}
