package conformance_test

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A link that breaks the rules of new links, and what documents describe, can be imported all the same: the configuration that is
// generated from it is no error, and plans nothing.
func TestOddLinksCanBeDescribed(t *testing.T) {
	forVendors(t, func(d descriptor.Descriptor) bool { return d.Odd != nil && d.List != nil }, func(f *fixture) {
		for name, changes := range f.d.Odd {
			f.Run(name, func(t *testing.T) {
				t.Parallel()
				f := f.again(t)
				var link object
				err := json.Unmarshal([]byte(f.d.Sample), &link)
				maps.Copy(link, changes)
				data, marshalErr := json.Marshal(list{link})
				if err != nil || marshalErr != nil {
					t.Fatal(err, marshalErr)
				}
				if err := f.Sandbox.Seed(f.d.Name, data); err != nil {
					t.Fatal(err)
				}
				results := f.listAll(protocoltest.ListRequest{IncludeResource: true})
				if len(results) != 1 {
					t.Fatalf("%d links", len(results))
				}
				state, diags := f.Server.ImportListed(results[0])
				if f.Record(diags).HasError() {
					t.Fatal(diags)
				}
				config := f.Server.GeneratedConfig(results[0])
				if diags := f.Record(f.Server.Validate(f.d.ResourceType(), config)); diags.HasError() {
					t.Errorf("%v: %s", config, diags)
				}
				if plan := f.Plan(state, config); plan.Action != protocoltest.Nothing || plan.HasError() {
					t.Errorf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
				}
			})
		}
	})
}
