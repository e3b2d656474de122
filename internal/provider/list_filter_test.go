package provider_test

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// filterCase is a list's configuration, what of it the vendor is sent, and how many of the 60 links are found: the first ten are paid.
type filterCase struct {
	config object
	sent   url.Values
	want   int
}

func filterCases(vendor string, ids list) []filterCase {
	switch vendor {
	case "qonto":
		return []filterCase{
			{object{"statuses": list{"paid"}}, url.Values{"status[]": {"paid"}}, 10},
			{object{"states": list{"paid", "open"}}, url.Values{"status[]": {"open", "paid"}}, 60},
			{object{"states": list{"paid", "unknown"}}, url.Values{}, 10},
			{object{"states": list{"paid"}, "statuses": list{"open"}}, url.Values{"status[]": {"open"}}, 0},
			{object{"sort_by": "amount:desc"}, url.Values{"sort_by": {"amount:desc"}}, 60},
		}
	case "gigs":
		return []filterCase{
			{object{"statuses": list{"completed", "active"}}, url.Values{"status": {"active,completed"}}, 60},
			{object{"states": list{"paid"}}, url.Values{"status": {"completed"}}, 10},
			{object{"invoice": "inv_0SNlurA049MEWV1QTRqvd18Y0007", "project": "gigs"}, url.Values{"invoice": {"inv_0SNlurA049MEWV1QTRqvd18Y0007"}}, 1},
		}
	case "conomy":
		return []filterCase{
			{object{"statuses": list{"ACTIVE"}}, url.Values{"status": {"ACTIVE"}}, 50},
			{object{"states": list{"open"}}, url.Values{"status": {"ACTIVE,ATTEMPT"}}, 50},
			{object{"states": list{"revoked"}}, url.Values{}, 0},
			{object{"ids": ids[:3]}, url.Values{"id": {strings.Join([]string{ids[0].(string), ids[1].(string), ids[2].(string)}, ",")}}, 3},
			{object{"owner_identity_ids": list{"65f0c0ffee65f0c0ffee65f0"}, "states": list{"paid"}}, url.Values{"owner.identityId": {"65f0c0ffee65f0c0ffee65f0"}, "status": {"FINISHED"}}, 10},
			{object{"destination_account_numbers": list{"999"}}, url.Values{"destination.accountNumber": {"999"}}, 0},
			{object{"customer_emails": list{"nobody@example.com"}}, url.Values{"customer.email": {"nobody@example.com"}}, 0},
		}
	}
	return []filterCase{{object{"states": list{"paid"}}, url.Values{}, 10}, {object{"states": list{"open", "paid"}}, url.Values{}, 60}}
}

// What a vendor can narrow by, it is sent; the rest is left out here. A link that is left out does not count for the limit.
func TestListFilters(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		e := acctest.NewSandbox(t, c.vendor)
		ids := c.stock(t, e, 60)
		anyIDs := list{}
		for i, id := range ids {
			anyIDs = append(anyIDs, id)
			if i < 10 {
				c.pay(t, e, id)
			}
		}
		s := e.Server()
		for _, f := range filterCases(c.vendor, anyIDs) {
			e.ResetRequests()
			if found := c.found(t, s, protocoltest.ListRequest{Config: f.config}); len(found) != f.want {
				t.Errorf("%v: %d links, want %d", f.config, len(found), f.want)
			}
			sent := e.Requests(sandbox.ByOp(c.vendor, "list"))[0].Query
			maps.DeleteFunc(sent, func(name string, _ []string) bool {
				return slices.Contains([]string{"limit", "offset", "page", "per_page"}, name)
			})
			if !maps.EqualFunc(sent, f.sent, slices.Equal) {
				t.Errorf("%v: sent %v, want %v", f.config, sent, f.sent)
			}
		}
		if found := c.found(t, s, protocoltest.ListRequest{Config: object{"states": list{"paid", "unknown"}}, Limit: 7}); len(found) != 7 {
			t.Errorf("%d paid links, want 7", len(found))
		}
	})
}

// pay has a seeded link paid, without the rules of who may pay what.
func (c listCase) pay(t *testing.T, e *acctest.VendorSandbox, id string) {
	t.Helper()
	force := map[string]string{"conomy": "force?status=FINISHED", "gigs": "force?status=completed", "powens": "pay", "qonto": "force?status=paid"}
	e.Simulate(id, force[c.vendor])
}

// A filter that no vendor would take, or that filters by nothing, is found without a request.
func TestListRefusesBadFilters(t *testing.T) {
	bad := map[string][]object{
		"":       {{"states": list{"settled"}}, {"states": list{}}, {"states": list{""}}, {"states": list{"open", nil}}},
		"qonto":  {{"statuses": list{"pending"}}, {"sort_by": "created_at:asc"}, {"sort_by": ""}},
		"gigs":   {{"statuses": list{"open"}}, {"invoice": ""}, {"project": ""}},
		"conomy": {{"statuses": list{"active"}}, {"ids": list{}}, {"ids": list{""}}, {"owner_identity_ids": list{""}}, {"customer_emails": list{""}}, {"destination_account_numbers": list{""}}},
	}
	eachList(t, func(t *testing.T, c listCase) {
		e := acctest.NewSandbox(t, c.vendor)
		s := e.ServerWithFakeClock()
		for _, config := range slices.Concat(bad[""], bad[c.vendor]) {
			name := slices.Sorted(maps.Keys(config))[0]
			if diags := s.ValidateList(c.name(), config).Errors(); len(diags) != 1 || tfconfig.RootAttribute(diags[0].Attribute) != name {
				t.Errorf("%v: %s", config, diags)
			}
		}
		if n := len(e.Requests()); n > 0 {
			t.Errorf("%d requests", n)
		}
	})
}

// A list that changes under the walk is walked again; when it goes on changing, what was found is shown, and that it may not be all.
// Only pages that are counted can shift: Gigs' cursors and Powens' one page do not.
func TestListChangesUnderTheWalk(t *testing.T) {
	t.Parallel()
	for _, c := range listCases() {
		if c.vendor != "conomy" && c.vendor != "qonto" {
			continue
		}
		for _, times := range []int{1, 1000} {
			e := acctest.NewSandbox(t, c.vendor)
			ids := c.stock(t, e, 300)
			maker, s := e.ServerWithFakeClock(), e.ServerWithFakeClock()
			var met []string
			var said protocoltest.Diagnostics
			made, seenPages := 0, 0
			s.ListEach(t.Context(), c.name(), protocoltest.ListRequest{}, func(f protocoltest.ListResult, diags protocoltest.Diagnostics) bool {
				said = append(said, diags...)
				if f.Identity != nil {
					met = append(met, idsOf([]protocoltest.ListResult{f})...)
				}
				if pages := e.CallCount(c.vendor, "list"); pages > seenPages && made < times {
					seenPages = pages
					made++
					config := c.config
					if c.vendor == "conomy" {
						config = c.with(object{"checkout_token": fmt.Sprintf("during-%d", made)})
					}
					up(t, maker, protocoltest.State{}, c.vendorCase, config)
				}
				return true
			})
			if distinct := slices.Compact(slices.Sorted(slices.Values(met))); len(distinct) != len(met) {
				t.Errorf("%d links shown, %d of them once", len(met), len(distinct))
			}
			for _, id := range ids {
				if !slices.Contains(met, id) {
					t.Fatalf("%s is missing after %d changes", id, made)
				}
			}
			warned := len(said) == 1 && !said.HasError() && strings.Contains(said[0].Summary, "may be incomplete")
			if warned != (times > 1) || !warned && len(said) > 0 {
				t.Errorf("%d changes: %s", made, said)
			}
		}
	}
}
