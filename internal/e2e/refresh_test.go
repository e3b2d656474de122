package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/proxy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestAccRefreshOfManyLinks: `plan -refresh-only` of two pages of links, as Terraform and OpenTofu ask for them.
func TestAccRefreshOfManyLinks(t *testing.T) {
	t.Parallel()
	const n = 101 // a thousand, without an engine, are in internal/conformance
	for _, d := range descriptor.All() {
		if !d.BenchmarkReference {
			continue
		}
		f := newFixture(t)
		front, err := proxy.Start(t.Context(), f.box, clock.System{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = front.Close() })
		endpoint := d.EnvPrefix() + "ENDPOINT="
		for i, variable := range f.w.Env {
			if strings.HasPrefix(variable, endpoint) {
				f.w.Env[i] = strings.Replace(variable, f.box.URL(), front.URL, 1)
			}
		}
		// Links of equal content would be made one at a time.
		config := tfconfig.HCL(d.Labeled("Number ${count.index}", "number-${count.index}"))
		declare := func(mode string) {
			f.write("main.tf", header(fmt.Sprintf("  refresh = %q\n", mode))+fmt.Sprintf("resource %q \"it\" {\ncount = %d\n%s}\n", d.ResourceType(), n, config))
		}
		declare("auto")
		f.ready()
		f.apply()
		pages := (n + d.List.PageSize - 1) / d.List.PageSize
		for _, c := range []struct {
			mode        string
			list, total int // at most
		}{{"list", pages, pages}, {"auto", 2 * pages, 2*pages + 10}} {
			declare(c.mode)
			f.box.ResetRequests()
			front.TakeConnections()
			f.plan("-refresh-only")
			list, get := f.of(d).CallCount(d.Name, d.Operations.List), f.of(d).CallCount(d.Name, d.Operations.Get)
			if list > c.list || list+get > c.total || list == 0 {
				t.Errorf("%s: list=%d get=%d", c.mode, list, get)
			}
			connections := front.TakeConnections()
			if connections > 12 || connections == 0 {
				t.Errorf("%s: %d connections", c.mode, connections)
			}
			t.Logf("%s: list=%d get=%d over %d connections", c.mode, list, get, connections)
		}
	}
}
