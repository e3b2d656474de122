package conformance_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// seededServer is a vendor's provider that reads links by pages, with n links in the sandbox.
func seededServer(b *testing.B, d descriptor.Descriptor, n int) (s *protocoltest.Server, ids []string) {
	b.Helper()
	box := acctest.NewSandbox(b, d.Name)
	data, ids, err := d.Stored(n)
	if err == nil {
		err = box.Seed(d.Name, data)
	}
	if err != nil {
		b.Fatal(err)
	}
	return acctest.NewServer(b, nil, object{d.Name: box.Settings(), "refresh": "list"}), ids
}

// BenchmarkLink is the provider's own work for one unchanged link, call by call as Terraform's core makes them: no engine, no
// waiting. A read here is one that a page of the vendor's list answers.
func BenchmarkLink(b *testing.B) {
	const links = 1000
	for _, d := range descriptor.All() {
		if d.List == nil {
			continue
		}
		b.Run(d.Name, func(b *testing.B) {
			box := acctest.NewSandbox(b, d.Name)
			by := func() *protocoltest.Server {
				return acctest.NewServer(b, nil, object{d.Name: box.Settings(), "refresh": "list"})
			}
			maker := by()
			state, _, diags := maker.ApplyConfig(protocoltest.State{}, d.ResourceType(), d.Config)
			if diags.HasError() {
				b.Fatal(diags)
			}
			one := maker.Encode(state, d.Config)
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
			b.Run("apply", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if state, _, diags = maker.ApplyConfig(protocoltest.State{}, d.ResourceType(), d.Config); diags.HasError() {
						b.Fatal(diags)
					}
				}
			})
			b.Run("destroy", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					b.StopTimer()
					state, _, _ := maker.ApplyConfig(protocoltest.State{}, d.ResourceType(), d.Config)
					b.StartTimer()
					if _, diags := maker.Apply(maker.Plan(d.ResourceType(), state, nil)); diags.HasError() {
						b.Fatal(diags)
					}
				}
			})
			b.Run("refresh", func(b *testing.B) {
				data, ids, err := d.Stored(links)
				if err == nil {
					err = box.Seed(d.Name, data)
				}
				if err != nil {
					b.Fatal(err)
				}
				var states []protocoltest.State
				reader := by()
				for _, id := range ids {
					state, diags := reader.Import(d.ResourceType(), id)
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
						all[i] = fresh.Encode(state, d.Config)
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
