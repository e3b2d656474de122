package provider_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A credential variable may be there for something else: what is missing beside it is said where the vendor is used, and
// does not stop a run that does not use it. An object that is written is checked in any case.
func TestHalfConfiguredByTheEnvironment(t *testing.T) {
	t.Setenv("QONTO_ACCESS_TOKEN", "ory_at_somebody")
	config := vendorCases[0].config
	unused := acctest.NewServer(t, nil, object{})
	if len(unused.ConfigureDiagnostics) > 0 {
		t.Fatalf("nothing of it is used: %s", unused.ConfigureDiagnostics)
	}
	plan := unused.Plan("paymentlinks_qonto_link", protocoltest.State{}, config)
	if len(plan.Errors()) != 1 || !strings.Contains(plan.String(), "QONTO_ENVIRONMENT") {
		t.Errorf("what is missing is not said: %s", plan.Diagnostics)
	}
	declared := acctest.NewServer(t, nil, object{"qonto": object{}})
	if len(declared.ConfigureDiagnostics.ForAttribute("qonto.environment").Errors()) != 1 {
		t.Errorf("what is missing is not said at the attribute: %s", declared.ConfigureDiagnostics)
	}
}
