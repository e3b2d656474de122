package provider_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// BenchmarkLink is the provider's own work for one unchanged link, call by call as Terraform's core makes them: no engine, no
// waiting. A read here is one that a page of the vendor's list answers.
func BenchmarkLink(b *testing.B) {
	for _, c := range listCases() {
		b.Run(c.vendor, func(b *testing.B) {
			e := acctest.NewSandbox(b, c.vendor)
			by := func() *protocoltest.Server {
				return acctest.NewServer(b, clock.System{}, object{c.vendor: e.Settings(), "refresh": "list"})
			}
			maker := by()
			config := c.with(nil)
			state, _, diags := maker.ApplyConfig(protocoltest.State{}, c.name(), config)
			if diags.HasError() {
				b.Fatal(diags)
			}
			one := maker.Encode(state, config)
			for _, call := range []struct {
				name string
				do   func()
			}{{"validate", one.Validate}, {"upgrade", one.Upgrade}, {"plan", one.Plan}} {
				b.Run(call.name, func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						call.do()
					}
				})
			}
			b.Run("refresh", func(b *testing.B) {
				const links = 1000
				ids := c.stock(b, e, links)
				var states []protocoltest.State
				reader := by()
				for _, id := range ids {
					state, diags := reader.Import(c.name(), id)
					if diags.HasError() {
						b.Fatal(diags)
					}
					states = append(states, state)
				}
				b.ReportAllocs()
				for b.Loop() {
					b.StopTimer()
					fresh := by()
					all := make([]protocoltest.EncodedRequests, links)
					for i, state := range states {
						all[i] = fresh.Encode(state, config)
					}
					b.StartTimer()
					for _, one := range all {
						one.Read()
					}
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/links, "µs/link")
			})
		})
	}
}
