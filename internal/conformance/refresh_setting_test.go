package conformance_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// The configuration decides over the environment, and what is neither of them is refused.
func TestRefreshSetting(t *testing.T) {
	single := func(d descriptor.Descriptor) bool { return d.List != nil && d.List.PageSize == 0 }
	for _, d := range descriptor.All() {
		if !single(d) {
			continue
		}
		f := newFixture(t, d)
		states := f.importAll(f.seed(12))
		reads := func(top object) string {
			t.Helper()
			f.StartProvider(top)
			f.ResetCalls()
			f.refreshAll(f.Server, states)
			list, get := f.reads()
			return fmt.Sprintf("list=%d get=%d", list, get)
		}
		for value, want := range map[string]string{"": "list=1 get=10", "auto": "list=1 get=10", "list": "list=1 get=0", "get": "list=0 get=12"} {
			t.Setenv("PAYMENTLINKS_REFRESH", value)
			if got := reads(nil); got != want {
				t.Errorf("PAYMENTLINKS_REFRESH=%q: %s, want %s", value, got, want)
			}
		}
		if got := reads(object{"refresh": "list"}); got != "list=1 get=0" {
			t.Errorf("the configuration does not decide: %s", got)
		}
	}
	for _, value := range []any{"sometimes", "", tfconfig.Unknown} {
		s := acctest.NewServer(t, nil, object{"refresh": value})
		if len(s.ConfigureDiagnostics.Errors()) != 1 || len(s.ConfigureDiagnostics.ForAttribute("refresh").Errors()) != 1 {
			t.Errorf("%v: %s", value, s.ConfigureDiagnostics)
		}
	}
	t.Setenv("PAYMENTLINKS_REFRESH", "sometimes")
	s := acctest.NewServer(t, nil, object{})
	if text := s.ConfigureDiagnostics.String(); len(s.ConfigureDiagnostics.Errors()) != 1 || !strings.Contains(text, "PAYMENTLINKS_REFRESH") || !strings.Contains(text, "auto, list, get") {
		t.Errorf("the variable: %s", text)
	}
}
