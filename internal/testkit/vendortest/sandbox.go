package vendortest

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// VendorSandbox is one test's own sandbox, and the provider's configuration for it.
type VendorSandbox struct {
	*sandbox.Sandbox
	t        testing.TB
	vendor   string
	provider *Provider
	// Account is the `account` of every vendor's object; empty leaves it out (a bare token).
	Account string
}

// NewSandbox starts a sandbox that ends with the test; the provider is configured for one of its vendors.
func NewSandbox(t testing.TB, vendor string, p *Provider, options sandbox.Options, vendors ...vendorapi.Constructor) *VendorSandbox {
	t.Helper()
	return WrapSandbox(t, sandboxtest.Serve(t, options, vendors...), vendor, p)
}

// WrapSandbox is a sandbox that runs already, as one of its vendors'.
func WrapSandbox(t testing.TB, box *sandbox.Sandbox, vendor string, p *Provider) *VendorSandbox {
	return &VendorSandbox{Sandbox: box, t: t, vendor: vendor, provider: p, Account: "main"}
}

// Settings is the vendor's object for this sandbox, out of the variables that the sandbox tells people to set; changes
// override or (nil) remove settings.
func (e *VendorSandbox) Settings(changes ...tfconfig.Object) tfconfig.Object {
	settings := tfconfig.Object{}
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

// ProviderBlock is the provider block in HCL, with the vendor configured for this sandbox.
func (e *VendorSandbox) ProviderBlock(changes ...tfconfig.Object) string {
	return "provider \"paymentlinks\" {\n" + tfconfig.HCL(tfconfig.Object{e.vendor: e.Settings(changes...)}) + "}\n"
}

// Server is the protocol server, with the vendor configured for this sandbox and the machine's clock.
func (e *VendorSandbox) Server(changes ...tfconfig.Object) *protocoltest.Server {
	e.t.Helper()
	return e.ServerWithClock(clock.System{}, changes...)
}

// ServerWithFakeClock is Server with a clock that does not wait, for what waits and asks again.
func (e *VendorSandbox) ServerWithFakeClock(changes ...tfconfig.Object) *protocoltest.Server {
	e.t.Helper()
	return e.ServerWithClock(fakeClock(), changes...)
}

// ServerWithClock is Server with a clock.
func (e *VendorSandbox) ServerWithClock(clk clock.Clock, changes ...tfconfig.Object) *protocoltest.Server {
	e.t.Helper()
	s := e.provider.NewServer(e.t, clk, tfconfig.Object{e.vendor: e.Settings(changes...)})
	if s.ConfigureDiagnostics.HasError() {
		e.t.Fatal(s.ConfigureDiagnostics)
	}
	return s
}

// CallCount is the number of requests that a vendor's operation received.
func (e *VendorSandbox) CallCount(vendor, op string) int {
	return len(e.Requests(sandbox.ByOp(vendor, op)))
}

// Simulate has something done to a link behind the provider's back: pay, expire, cancel, delete, force?status=... and what
// else the vendor's sandbox knows.
func (e *VendorSandbox) Simulate(id, action string) {
	e.t.Helper()
	vendor, _ := e.Vendor(e.vendor)
	name, query, _ := strings.Cut(action, "?")
	if err := vendor.Act(id, name, strings.TrimPrefix(query, "status=")); err != nil {
		e.t.Fatal(err)
	}
}

// PayableCount counts the vendor's links that somebody could pay.
func (e *VendorSandbox) PayableCount() int {
	n := 0
	for _, link := range e.Overview() {
		if link.Vendor == e.vendor && link.Payable {
			n++
		}
	}
	return n
}
