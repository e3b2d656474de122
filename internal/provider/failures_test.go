package provider_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A refusal is shown whole, and nothing comes of it; a gateway's plain words too.
func TestRefusalIsShown(t *testing.T) {
	each(t, func(t *testing.T, c vendorCase, e *acctest.VendorSandbox, s *protocoltest.Server) {
		e.Inject(sandbox.Fault{
			Vendor: c.vendor, Op: "create", Kind: sandbox.Answer, Status: http.StatusForbidden, Body: `{"message":"not from here"}`,
			ContentType: "application/json", Header: http.Header{"X-Request-Id": {"req-4711"}},
		})
		state, _, diags := s.ApplyConfig(protocoltest.State{}, c.name(), c.config)
		if state.Exists() || len(e.Overview()) != 0 {
			t.Error("something was created")
		}
		for _, word := range []string{"403", "not from here", "req-4711", "Nothing was created"} {
			if !strings.Contains(diags.String(), word) {
				t.Errorf("%q is missing in:\n%s", word, diags)
			}
		}
		calls(t, e, c, 1, 0)
	})
}

// A policy that the vendor cannot keep is refused at its attribute, and no request is sent.
func TestPolicyTheVendorHasNot(t *testing.T) {
	each(t, func(t *testing.T, c vendorCase, e *acctest.VendorSandbox, s *protocoltest.Server) {
		wrong := map[bool]string{true: "revoke", false: "fail"}[c.revoke == ""]
		for at, policy := range map[string]object{"on_destroy": {"on_destroy": wrong}, "replace_when": {"replace_when": list{"open"}}} {
			diags := s.Validate(c.name(), c.with(policy)).Errors()
			if len(diags) != 1 || !strings.HasPrefix(diags[0].Attribute, at) {
				t.Errorf("%v: %s", policy, diags)
			}
		}
		if n := len(e.Requests()); n != 0 {
			t.Errorf("%d requests", n)
		}
	})
}

// A link of a vendor without access is an error that names the object to add.
func TestVendorIsNotConfigured(t *testing.T) {
	each(t, func(t *testing.T, c vendorCase, _ *acctest.VendorSandbox, _ *protocoltest.Server) {
		none := acctest.NewServer(t, clock.System{}, object{})
		diags := none.Plan(c.name(), protocoltest.State{}, c.config).Errors()
		if len(diags) != 1 || !strings.Contains(diags.String(), "`"+c.vendor+" = {}`") {
			t.Error(diags)
		}
	})
}
