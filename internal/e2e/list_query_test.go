package provider_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestAccQuery is `terraform query` as Terraform shows it: how many, which, with what values and names; no more than the limit;
// nothing; and an error in the middle of a walk.
func TestAccQuery(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		e := acctest.NewSandbox(t, c.vendor)
		ids := c.stock(t, e, 250)
		address := c.name() + ".it"
		block := func(limit int, config string) string {
			return fmt.Sprintf("list %q \"it\" {\n  provider = paymentlinks\n  limit = %d\n  include_resource = true\n  %s\n}\n", c.name(), limit, config)
		}
		identity := func(id string) map[string]knownvalue.Check {
			out := map[string]knownvalue.Check{"id": knownvalue.StringExact(id)}
			if c.vendor == "gigs" {
				out["project"] = knownvalue.StringExact("gigs")
			}
			return out
		}
		first := queryfilter.ByResourceIdentity(identity(ids[0]))
		resource.Test(t, resource.TestCase{
			TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
			ProtoV6ProviderFactories: acctest.ProviderFactories(),
			Steps: []resource.TestStep{
				{Config: e.ProviderBlock()},
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
						fault := fault.Fault{Vendor: c.vendor, Op: "list", Kind: fault.Truncate}
						if c.page > 0 {
							fault.Skip = 1
						}
						t.Cleanup(e.Inject(fault))
					},
					Query: true, Config: block(1000, ""), ExpectError: regexp.MustCompile(`(?s)Cannot list .* payment links.*not\s+read\s+to\s+its\s+end`),
				},
			},
		})
		if n := e.CallCount(c.vendor, "create"); n > 0 {
			t.Errorf("%d links created", n)
		}
	})
}

// TestAccImportGeneratesConfig: an import block without a resource. The engine writes the configuration, and plans nothing over it.
func TestAccImportGeneratesConfig(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		for name, shape := range c.shapes {
			shape = tfconfig.With(shape, "on_destroy", "abandon") // Conomy deletes no active link
			for kind, oldest := range map[resource.ImportStateKind]*version.Version{
				resource.ImportBlockWithID: tfversion.Version1_5_0, resource.ImportBlockWithResourceIdentity: tfversion.Version1_12_0,
			} {
				t.Run(fmt.Sprint(name, ", ", kind), func(t *testing.T) {
					t.Parallel()
					e := acctest.NewSandbox(t, c.vendor)
					address := c.name() + ".test"
					resource.Test(t, resource.TestCase{
						TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(oldest)},
						ProtoV6ProviderFactories: acctest.ProviderFactories(),
						Steps: []resource.TestStep{
							{Config: e.ProviderBlock() + fmt.Sprintf("resource %q \"test\" {\n%s}\n", c.name(), strings.NewReplacer("${", "$${", "%{", "%%{").Replace(hclBody(shape)))},
							{ResourceName: address, ImportState: true, ImportStateKind: kind, GenerateConfig: true},
						},
					})
				})
			}
		}
	})
}
