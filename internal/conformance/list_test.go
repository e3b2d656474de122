package conformance_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// list lists by the list resource, which has nothing to say.
func (f *fixture) listAll(request protocoltest.ListRequest) []protocoltest.ListResult {
	f.Helper()
	name := f.d.ResourceType()
	if diags := f.Record(f.Server.ValidateList(name, request.Config)); len(diags) > 0 {
		f.Fatalf("validate: %s", diags)
	}
	results, diags := f.Server.List(f.Context(), name, request)
	if len(f.Record(diags)) > 0 {
		f.Fatalf("list: %s", diags)
	}
	return results
}

// listed are the states of all links as the list shows them, by id.
func (f *fixture) listed() map[string]protocoltest.State {
	f.Helper()
	out := map[string]protocoltest.State{}
	for _, result := range f.listAll(protocoltest.ListRequest{IncludeResource: true}) {
		out[result.State.Text("id")] = result.State
	}
	return out
}

func resultIDs(results []protocoltest.ListResult) []string {
	ids := []string{}
	for _, r := range results {
		id, _ := r.Identity["id"].(string)
		ids = append(ids, id)
	}
	return ids
}

// What a list shows of a link is what its import reads, and the configuration that Terraform writes from it is valid and plans
// empty: for every kind of link and every way in which a vendor may hide something or write it otherwise.
func TestListedLinksPlanEmptyAfterImport(t *testing.T) {
	forEachList(t, func(f *fixture) {
		f.forEachAnswer(func(f *fixture) {
			written := map[string]object{}
			for name, state := range f.createShapes() {
				written[state.Text("id")] = f.d.Shapes[name]
			}
			f.Server = f.NewProvider() // it knows of no link
			results := f.listAll(protocoltest.ListRequest{IncludeResource: true})
			if got, want := slices.Sorted(slices.Values(resultIDs(results))), slices.Sorted(maps.Keys(written)); !slices.Equal(got, want) {
				f.Fatalf("found %v, want %v", got, want)
			}
			for _, result := range results {
				f.importListed(result, written[result.State.Text("id")])
			}
			f.requireWrites(len(f.d.Shapes), 0)
		})
	})
}

// importListed imports a result under the configuration that Terraform generates from it, and then under the one that the link
// was made from.
func (f *fixture) importListed(result protocoltest.ListResult, written object) {
	f.Helper()
	state, diags := f.Server.ImportListed(result)
	if len(f.Record(diags)) > 0 {
		f.Fatalf("%s: import: %s", result.Name, diags)
	}
	if !equalButForFractions(state.Raw, result.State.Raw) {
		f.Errorf("%s: listed as %v\nimported as %v", result.Name, result.State.Raw, state.Raw)
	}
	config := f.Server.GeneratedConfig(result)
	if diags := f.Record(f.Server.Validate(f.d.ResourceType(), config)); len(diags) > 0 {
		f.Errorf("%s: %v\n%s", result.Name, config, diags)
	}
	if plan := f.Plan(state, config); plan.Action != protocoltest.Nothing || len(plan.Diagnostics) > 0 {
		f.Errorf("%s: %s because of %v: %s\n%v", result.Name, plan.Action, plan.Because, plan.Diagnostics, config)
	}
	// Filled in by hand is what the vendor hides or never returns: at most an update in place, once.
	plan := f.Plan(state, written)
	if plan.Action != protocoltest.Nothing && plan.Action != protocoltest.Update || plan.HasError() {
		f.Fatalf("%s: %s because of %v: %s", result.Name, plan.Action, plan.Because, plan.Diagnostics)
	}
	state, diags = f.Apply(plan)
	if len(diags) > 0 {
		f.Errorf("%s: %s", result.Name, diags)
	}
	f.requireSettled(state, written)
}

// equalButForFractions compares values, whether or not a second has a fraction of 0.
func equalButForFractions(a, b tftypes.Value) bool {
	plain := strings.NewReplacer(".0Z", "Z")
	return plain.Replace(a.String()) == plain.Replace(b.String())
}

// A link is named by what a person knows it by, on one line, and by nothing that is the payer's.
func TestListedLinksHaveNamesAndIdentities(t *testing.T) {
	forEachList(t, func(f *fixture) {
		for name, state := range f.createShapes() {
			results := f.listAll(protocoltest.ListRequest{})
			at := slices.Index(resultIDs(results), state.Text("id"))
			if at < 0 || results[at].State.Exists() {
				f.Fatalf("%s: found %v", name, results)
			}
			if got := results[at].Name; got != name || strings.Contains(strings.ToLower(got), "planted") {
				f.Errorf("named %q, want %q", got, name)
			}
			want := object{"id": state.Text("id")}
			if f.d.Scope != nil {
				want[f.d.Scope.Attribute] = f.d.Scope.Value
			}
			if !maps.Equal(results[at].Identity, want) {
				f.Errorf("identity %v, want %v", results[at].Identity, want)
			}
		}
	})
}

// A link that has ended is imported as it is: nothing is created because it was imported.
func TestListedLinksInEveryStatusPlanEmpty(t *testing.T) {
	forEachList(t, func(f *fixture) {
		rows := f.createEveryStatus()
		results := f.listAll(protocoltest.ListRequest{IncludeResource: true})
		if len(results) != len(rows) {
			f.Fatalf("%d links, want %d", len(results), len(rows))
		}
		for _, result := range results {
			want := string(rows[result.State.Text("id")].State)
			if !strings.HasSuffix(result.Name, ", "+want) || result.State.Text("state") != want {
				f.Errorf("%s is %s, want %s", result.Name, result.State.Text("state"), want)
			}
			imported, diags := f.Server.ImportListed(result)
			plan := f.Plan(imported, f.Server.GeneratedConfig(result))
			if len(f.Record(diags)) > 0 || !equalButForFractions(imported.Raw, result.State.Raw) || plan.Action != protocoltest.Nothing || plan.HasError() {
				f.Errorf("%s: %s because of %v: %s%s", result.Name, plan.Action, plan.Because, diags, plan.Diagnostics)
			}
			if ended := lifecycle.State(want).IsEnded(); (len(plan.Warnings()) > 0) != ended {
				f.Errorf("%s: the plan warns: %s", result.Name, plan.Diagnostics)
			}
		}
		f.requireWrites(0, 0)
	})
}

// Each link once, in the fewest pages; a limit ends the walk with the page in which it is reached, and so does whoever has
// seen enough.
func TestListIsReadOnceAndNoFurtherThanNeeded(t *testing.T) {
	const n = 634
	forEachList(t, func(f *fixture) {
		ids := f.seed(n)
		f.ResetCalls()
		page := f.d.List.PageSize
		for _, limit := range []int{0, 1, max(page, 100), max(page, 100) + 1, n} {
			results := f.listAll(protocoltest.ListRequest{Limit: limit, IncludeResource: limit == 0})
			want := n
			if limit > 0 {
				want = min(limit, n)
			}
			got := slices.Sorted(slices.Values(resultIDs(results)))
			if len(got) != want || len(slices.Compact(slices.Clone(got))) != want {
				f.Errorf("limit %d: %d links", limit, len(got))
			} else if limit == 0 && !slices.Equal(got, ids) {
				f.Error("other links")
			}
			needed := pages(f.d, want)
			ahead := 0
			if limit > 0 && limit < n { // pages are read ahead, the more the further the list was read
				ahead = max(0, min(f.CallCount(f.d.Operations.List)-needed, needed-2))
			}
			f.requireOnlyLists(fmt.Sprintf("limit %d", limit), needed+ahead)
		}
		seen := 0
		f.Server.ListEach(f.Context(), f.d.ResourceType(), protocoltest.ListRequest{}, func(protocoltest.ListResult, protocoltest.Diagnostics) bool { seen++; return seen < 3 })
		if seen != 3 {
			f.Errorf("%d links seen", seen)
		}
		f.requireOnlyLists("three links", 1)
	})
}

// A link that a filter leaves out does not count for the limit.
func TestListLimitCountsWhatIsLeft(t *testing.T) {
	forEachList(t, func(f *fixture) {
		paid, has := situation(f.d, lifecycle.Paid)
		if !has {
			f.Skip("the vendor has no paid links")
		}
		for i, id := range f.seed(60) {
			if i%6 == 0 {
				f.bring(id, paid)
			}
		}
		config := object{"states": list{"paid", "unknown"}} // which no vendor is sent
		if found := f.listAll(protocoltest.ListRequest{Config: config, Limit: 7}); len(found) != 7 {
			f.Errorf("%d paid links, want 7", len(found))
		}
		if found := f.listAll(protocoltest.ListRequest{Config: config}); len(found) != 10 {
			f.Errorf("%d paid links, want 10", len(found))
		}
	})
}

// A list that changes while it is read is read again; when it goes on changing, what was found is shown, and that it may not
// be all. Only pages that are counted can shift.
func TestListThatChangesWhileItIsRead(t *testing.T) {
	counted := func(d descriptor.Descriptor) bool { return d.List != nil && d.List.Counted }
	forVendors(t, counted, func(f *fixture) {
		for _, changes := range []int{1, 1000} {
			f := f.again(f.T)
			ids := f.seed(300)
			f.ResetCalls()
			maker := f.NewProvider()
			var got []string
			var said protocoltest.Diagnostics
			made, seenPages := 0, 0
			f.Server.ListEach(f.Context(), f.d.ResourceType(), protocoltest.ListRequest{}, func(result protocoltest.ListResult, diags protocoltest.Diagnostics) bool {
				said = append(said, diags...)
				if result.Identity != nil {
					got = append(got, resultIDs([]protocoltest.ListResult{result})...)
				}
				if pages := f.CallCount(f.d.Operations.List); pages > seenPages && made < changes {
					seenPages = pages
					made++
					if _, _, diags := maker.ApplyConfig(protocoltest.State{}, f.d.ResourceType(), f.d.Copy(fmt.Sprintf("during-%d", made))); diags.HasError() {
						f.Error(diags)
					}
				}
				return true
			})
			f.Record(said)
			if distinct := slices.Compact(slices.Sorted(slices.Values(got))); len(distinct) != len(got) {
				f.Errorf("%d links shown, %d of them once", len(got), len(distinct))
			}
			for _, id := range ids {
				if !slices.Contains(got, id) {
					f.Fatalf("%s is missing after %d changes", id, made)
				}
			}
			incomplete := len(said) == 1 && !said.HasError() && strings.Contains(said[0].Summary, "may be incomplete")
			if incomplete != (changes > 1) || !incomplete && len(said) > 0 {
				f.Errorf("%d changes: %s", made, said)
			}
		}
	})
}
