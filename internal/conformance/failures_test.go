package conformance_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func TestRefusedCreateShowsTheVendorsWords(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		f.Sandbox.Inject(fault.Fault{
			Vendor: f.d.Name, Op: f.d.Operations.Create, Kind: fault.Answer, Status: http.StatusForbidden, Body: `{"message":"not from here"}`,
			ContentType: "application/json", Header: http.Header{"X-Request-Id": {"req-4711"}},
		})
		state, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Config)
		if state.Exists() || len(f.Sandbox.Overview()) != 0 {
			f.Error("something was created")
		}
		f.RequireErrors(diags, "", "403", "not from here", "req-4711", "Nothing was created")
		f.requireWrites(1, 0)
	})
}

// A policy that the vendor cannot keep is refused at its attribute, without a request.
func TestPolicyThatTheVendorCannotKeepIsRefused(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		wrong := map[bool]string{true: "revoke", false: "fail"}[f.d.Operations.Revoke == ""]
		for at, policy := range map[string]object{"on_destroy": {"on_destroy": wrong}, "replace_when": {"replace_when": list{"open"}}} {
			diags := f.Record(f.Server.Validate(f.d.ResourceType(), f.d.With(policy))).Errors()
			if len(diags) != 1 || !strings.HasPrefix(diags[0].Attribute, at) {
				f.Errorf("%v: %s", policy, diags)
			}
		}
		f.requireNoRequests()
	})
}

// A link of a vendor that is not configured is an error that names the object to add.
func TestVendorThatIsNotConfigured(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		f.Server = acctest.NewServer(f.T, f.Clock, object{})
		diags := f.Plan(protocoltest.State{}, f.d.Config).Errors()
		if len(diags) != 1 || !strings.Contains(diags.String(), "`"+f.d.Name+" = {}`") {
			f.Error(diags)
		}
		if f.d.List == nil {
			return
		}
		found, diags := f.Server.List(f.Context(), f.d.ResourceType(), protocoltest.ListRequest{})
		if len(found) > 0 || len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "is not configured") {
			f.Errorf("%v %s", found, diags)
		}
	})
}

// A credential variable may be there for something else: what is missing beside it is said where the vendor is used, and
// does not stop a run that does not use it. An object that is written is checked in any case.
func TestEnvironmentThatConfiguresTheVendorInPart(t *testing.T) {
	for _, d := range descriptor.All() {
		if d.Credentials.Incomplete == "" {
			continue
		}
		t.Run(d.Name, func(t *testing.T) {
			f := newFixture(t, d)
			missing := f.d.Credentials.Missing
			t.Setenv(f.d.EnvPrefix()+strings.ToUpper(f.d.Credentials.Incomplete), "somebodys")
			f.Server = acctest.NewServer(t, f.Clock, object{})
			if len(f.Server.ConfigureDiagnostics) > 0 {
				t.Fatalf("nothing of it is used: %s", f.Server.ConfigureDiagnostics)
			}
			plan := f.Plan(protocoltest.State{}, f.d.Config)
			if !plan.HasError() || !strings.Contains(plan.String(), f.d.EnvPrefix()+strings.ToUpper(missing)) {
				t.Errorf("what is missing is not said: %s", plan.Diagnostics)
			}
			declared := acctest.NewServer(t, f.Clock, object{f.d.Name: object{}})
			if len(declared.ConfigureDiagnostics.ForAttribute(f.d.Name+"."+missing).Errors()) != 1 {
				t.Errorf("what is missing is not said at the attribute: %s", declared.ConfigureDiagnostics)
			}
		})
	}
}
