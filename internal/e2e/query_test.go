package e2e_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// forEachVendor runs a test for every vendor, with a sandbox of its own.
func forEachVendor(t *testing.T, test func(*testing.T, descriptor.Descriptor, *acctest.VendorSandbox)) {
	t.Parallel()
	for _, d := range descriptor.All() {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			test(t, d, acctest.NewSandbox(t, d.Name))
		})
	}
}

// TestAccQuery is `terraform query` as Terraform shows it: how many, which, with what values and names; no more than the limit;
// nothing; and an error in the middle of a walk.
func TestAccQuery(t *testing.T) {
	forEachVendor(t, func(t *testing.T, d descriptor.Descriptor, box *acctest.VendorSandbox) {
		if d.List == nil {
			return
		}
		data, ids, err := d.Stored(250)
		if err == nil {
			err = box.Seed(d.Name, data)
		}
		if err != nil {
			t.Fatal(err)
		}
		address := d.ResourceType() + ".it"
		block := func(limit int, config string) string {
			return fmt.Sprintf("list %q \"it\" {\n  provider = paymentlinks\n  limit = %d\n  include_resource = true\n  %s\n}\n", d.ResourceType(), limit, config)
		}
		identity := func(id string) map[string]knownvalue.Check {
			out := map[string]knownvalue.Check{"id": knownvalue.StringExact(id)}
			if d.Scope != nil {
				out[d.Scope.Attribute] = knownvalue.StringExact(d.Scope.Value)
			}
			return out
		}
		first := queryfilter.ByResourceIdentity(identity(ids[0]))
		resource.Test(t, resource.TestCase{
			TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
			ProtoV6ProviderFactories: acctest.ProviderFactories(),
			Steps: []resource.TestStep{
				{Config: box.ProviderBlock()},
				{
					Query: true, Config: block(1000, ""),
					QueryResultChecks: []querycheck.QueryResultCheck{
						querycheck.ExpectLength(address, len(ids)),
						querycheck.ExpectIdentity(address, identity(ids[0])),
						querycheck.ExpectIdentity(address, identity(ids[len(ids)-1])),
						querycheck.ExpectResourceDisplayName(address, first, knownvalue.StringRegexp(regexp.MustCompile(`^.+, open$`))),
						querycheck.ExpectResourceKnownValues(address, first, []querycheck.KnownValueCheck{
							{Path: tfjsonpath.New("id"), KnownValue: knownvalue.StringExact(ids[0])},
							{Path: tfjsonpath.New("state"), KnownValue: knownvalue.StringExact("open")},
							{Path: tfjsonpath.New("url"), KnownValue: knownvalue.StringRegexp(regexp.MustCompile("^https://"))},
							{Path: tfjsonpath.New("on_destroy"), KnownValue: knownvalue.NotNull()},
							{Path: tfjsonpath.New("replace_when"), KnownValue: knownvalue.NotNull()},
						}),
					},
				},
				{Query: true, Config: block(3, ""), QueryResultChecks: []querycheck.QueryResultCheck{querycheck.ExpectLength(address, 3)}},
				{Query: true, Config: block(1000, `config { states = ["paid"] }`), QueryResultChecks: []querycheck.QueryResultCheck{querycheck.ExpectLength(address, 0)}},
				{Query: true, Config: block(1000, `config { states = ["settled"] }`), ExpectError: regexp.MustCompile(`settled`)},
				{Query: true, Config: block(1000, `config { states = [] }`), ExpectError: regexp.MustCompile(`(?s)Invalid filter`)},
				{
					PreConfig: func() {
						injected := fault.Fault{Vendor: d.Name, Op: d.Operations.List, Kind: fault.Truncate}
						if d.List.PageSize > 0 {
							injected.Skip = 1
						}
						t.Cleanup(box.Inject(injected))
					},
					Query: true, Config: block(1000, ""), ExpectError: regexp.MustCompile(`(?s)Cannot list .* payment links.*not\s+read\s+completely`),
				},
			},
		})
		if n := box.CallCount(d.Name, d.Operations.Create); n > 0 {
			t.Errorf("%d links created", n)
		}
	})
}
