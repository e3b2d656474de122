package conformance_test

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// createEveryStatus makes a link in each situation in which the vendor still has one, and returns the rows by id.
func (f *fixture) createEveryStatus() map[string]lifecycle.Row {
	f.Helper()
	out := map[string]lifecycle.Row{}
	for _, row := range f.d.Lifecycle.Rows {
		if row.Gone() {
			continue
		}
		state, _ := f.apply(protocoltest.State{}, f.d.Copy(fmt.Sprintf("status-%d", len(out))))
		f.bring(state.Text("id"), row.Situations()[0])
		out[state.Text("id")] = row
	}
	f.ResetCalls()
	return out
}

// filters are the vendor's own, and `states` with each of ours.
func (f *fixture) filters() []descriptor.Filter {
	out := append([]descriptor.Filter{{Shows: states}}, f.d.List.Filters...)
	for _, state := range states {
		out = append(out, descriptor.Filter{Config: object{"states": list{state}}, Sent: nil, Shows: []string{state}})
	}
	return out
}

var states = []string{"open", "processing", "paid", "expired", "revoked", "unknown"}

// What a vendor can narrow by, it is sent; the rest is left out here. The plural data source and the list resource do so
// alike.
func TestFiltersNarrowWhatIsListed(t *testing.T) {
	forEachList(t, func(f *fixture) {
		rows := f.createEveryStatus()
		for i, filter := range f.filters() {
			var want []string
			for id, row := range rows {
				status := row.Situations()[0].Status
				if slices.Contains(filter.Shows, string(row.State)) || slices.Contains(filter.Shows, status) {
					want = append(want, id)
				}
			}
			slices.Sort(want)
			got := map[string][]string{
				"data source":   linkIDs(f.read(f.d.LinksType(), filter.Config)),
				"list resource": resultIDs(f.listAll(protocoltest.ListRequest{Config: filter.Config})),
			}
			for by, ids := range got {
				if !slices.Equal(slices.Sorted(slices.Values(ids)), want) {
					f.Errorf("%s, %v: %d links, want %d: %v", by, filter.Config, len(ids), len(want), filter.Shows)
				}
			}
			sent := f.Sandbox.Requests(sandbox.ByOp(f.d.Name, f.d.Operations.List))
			f.ResetCalls()
			if len(sent) != 2 {
				f.Fatalf("%v: %d list calls", filter.Config, len(sent))
			}
			for _, call := range sent {
				if i <= len(f.d.List.Filters) && !maps.EqualFunc(f.withoutPage(call.Query), filter.Sent, slices.Equal) {
					f.Errorf("%v: sent %v, want %v", filter.Config, call.Query, filter.Sent)
				}
			}
		}
	})
}

// withoutPage is a list call's query but for the page.
func (f *fixture) withoutPage(query url.Values) url.Values {
	query = maps.Clone(query)
	for _, name := range f.d.List.PageParameters {
		query.Del(name)
	}
	return query
}

// badStates are refused by every vendor's list.
var badStates = []descriptor.BadFilter{
	{Config: object{"states": list{"settled"}}, At: "states", Word: "open, processing, paid, expired, revoked, unknown"},
	{Config: object{"states": list{}}, At: "states", Word: "Remove the argument"},
	{Config: object{"states": list{""}}, At: "states", Word: "Remove the argument"},
	{Config: object{"states": list{"open", nil}}, At: "states", Word: "Remove the argument"},
}

// What is wrong with a filter is said before anything is asked, and a value that is not known yet is not wrong.
func TestBadFiltersAreRefusedWithoutARequest(t *testing.T) {
	forEachList(t, func(f *fixture) {
		bad := append(slices.Clone(badStates), f.d.List.BadFilters...)
		if lookup := f.d.Lookup; lookup != nil {
			exactlyOne := "exactly one of `id` and `" + lookup.Attribute + "`"
			for _, config := range []object{{}, {"id": "a", lookup.Attribute: "b"}} {
				bad = append(bad, descriptor.BadFilter{DataSource: f.d.ResourceType(), Config: config, At: "id", Word: exactlyOne})
			}
			bad = append(bad, descriptor.BadFilter{DataSource: f.d.ResourceType(), Config: object{lookup.Attribute: ""}, At: lookup.Attribute, Word: "empty"})
			if diags := f.Server.ValidateDataSource(f.d.ResourceType(), object{"id": tfconfig.Unknown, lookup.Attribute: "b"}); len(diags) > 0 {
				f.Errorf("not known yet: %s", diags)
			}
		}
		for _, b := range bad {
			name := b.DataSource
			if name == "" {
				name = f.d.LinksType()
				listed := f.Record(f.Server.ValidateList(f.d.ResourceType(), b.Config)).Errors()
				if len(listed) != 1 || tfconfig.RootAttribute(listed[0].Attribute) != b.At {
					f.Errorf("list resource, %v: %s", b.Config, listed)
				}
			}
			diags := f.Record(f.Server.ValidateDataSource(name, b.Config))
			if len(diags) != 1 || len(diags.ForAttribute(b.At).Errors()) != 1 || !strings.Contains(diags.String(), b.Word) {
				f.Errorf("%s, %v: %s", name, b.Config, diags)
			}
			if strings.Contains(diags.String(), "planted") {
				f.Errorf("a payer's data is said: %s", diags)
			}
			if later := (object{b.At: tfconfig.Unknown}); len(b.Config) == 1 {
				if diags := f.Server.ValidateDataSource(name, later); len(diags) > 0 {
					f.Errorf("%s, %v: %s", name, later, diags)
				}
			}
		}
		f.requireNoRequests()
	})
}

// Several ids go into as few calls as the vendor takes, each link once.
func TestIDsAreAskedForInBatches(t *testing.T) {
	batched := func(d descriptor.Descriptor) bool { return d.Batch != nil }
	forVendors(t, batched, func(f *fixture) {
		batch := f.d.Batch
		ids := f.seed(4 * batch.Size)
		for _, n := range []int{1, batch.Size, batch.Size + 1, 2*batch.Size + 20} {
			wanted := list{}
			for _, id := range ids[:n] {
				wanted = append(wanted, id)
			}
			config := object{batch.Argument: wanted}
			for by, got := range map[string]func() []string{
				"data source":   func() []string { return linkIDs(f.read(f.d.LinksType(), config)) },
				"list resource": func() []string { return resultIDs(f.listAll(protocoltest.ListRequest{Config: config})) },
			} {
				if got := slices.Sorted(slices.Values(got())); !slices.Equal(got, ids[:n]) {
					f.Errorf("%s, %d ids: %d links", by, n, len(got))
				}
				sent := f.Sandbox.Requests(sandbox.ByOp(f.d.Name, f.d.Operations.List))
				if want := (n + batch.Size - 1) / batch.Size; len(sent) != want {
					f.Errorf("%s, %d ids: %d calls, want %d", by, n, len(sent), want)
				}
				for _, r := range sent {
					if asked := strings.Split(r.Query.Get(batch.Parameter), ","); len(asked) > batch.Size {
						f.Errorf("one call asks for %d ids", len(asked))
					}
				}
				f.ResetCalls()
			}
		}
	})
}

// Another attribute than the id names a link, although no call takes it: the list is walked, and no further than to the link.
func TestLookupByAnotherAttribute(t *testing.T) {
	has := func(d descriptor.Descriptor) bool { return d.Lookup != nil }
	forVendors(t, has, func(f *fixture) {
		lookup, name := f.d.Lookup, f.d.ResourceType()
		n := 2*f.d.List.PageSize + 20
		ids := f.seed(n)
		values := map[string]string{}
		for id, link := range f.listed() {
			values[id], _ = link.Get(lookup.Attribute).(string)
		}
		// Newest first: the sandbox's order puts the last of the seeds on the first page.
		for i, calls := range map[int]int{n - 1: 1, 0: 3} {
			f.ResetCalls()
			got := f.read(name, object{lookup.Attribute: values[ids[i]]})
			if got.Text("id") != ids[i] || got.Text(lookup.Attribute) != values[ids[i]] || f.CallCount(f.d.Operations.List) != calls || f.CallCount(f.d.Operations.Get) != 0 {
				f.Errorf("%s: %s in %d calls", values[ids[i]], got.Text("id"), f.CallCount(f.d.Operations.List))
			}
		}
		f.ResetCalls()
		_, diags := f.ReadDataSource(name, object{lookup.Attribute: values[ids[0]], lookup.Narrow: "somebody else"})
		f.RequireErrors(diags, lookup.Attribute, "and this `"+lookup.Narrow+"`")
		if sent := f.Sandbox.Requests(sandbox.ByOp(f.d.Name, f.d.Operations.List)); len(sent) != 1 || sent[0].Query.Get(lookup.Parameter) != "somebody else" {
			f.Errorf("sent %v", sent)
		}
		f.ResetCalls()
		part := values[ids[0]][:len(values[ids[0]])-1]
		if _, diags := f.ReadDataSource(name, object{lookup.Attribute: part}); !diags.HasError() || f.CallCount(f.d.Operations.List) != 3 {
			f.Errorf("%s, a part of a value, in %d calls: %s", part, f.CallCount(f.d.Operations.List), diags)
		}
		f.injectAfterFirstPage(fault.Fault{Kind: fault.Malformed})
		_, diags = f.ReadDataSource(name, object{lookup.Attribute: values[ids[0]]})
		f.RequireText(diags.Errors(), "not read completely")
	})
}

// A link of another scope is asked for there, and nothing is asked without one.
func TestScopeOfADataSource(t *testing.T) {
	scoped := func(d descriptor.Descriptor) bool { return d.Scope != nil && d.List != nil }
	forVendors(t, scoped, func(f *fixture) {
		scope := f.d.Scope
		_, diags := f.ReadDataSource(f.d.LinksType(), object{scope.Attribute: "elsewhere"})
		sent := f.Sandbox.Requests(sandbox.ByOp(f.d.Name, f.d.Operations.List))
		if !diags.HasError() || len(sent) != 1 || !strings.Contains(sent[0].Path, fmt.Sprintf(scope.Path, "elsewhere")) {
			f.Errorf("%v %s", sent, diags)
		}
		f.ResetCalls()
		f.Server = f.NewProvider(object{scope.Attribute: nil})
		for _, name := range []string{f.d.LinksType(), allLinks} {
			_, diags := f.ReadDataSource(name, nil)
			f.RequireText(diags.Errors(), "No "+scope.Attribute+" is set")
		}
		if _, diags := f.ReadDataSource(f.d.ResourceType(), object{"id": "pml_1"}); !diags.HasError() {
			f.Error("a link of no scope was read")
		}
		f.requireNoRequests()
	})
}

// A status that no document names yet is a warning, and asked for.
func TestStatusesThatNoDocumentNamesAreAskedFor(t *testing.T) {
	forVendors(t, func(d descriptor.Descriptor) bool {
		return d.List != nil && slices.ContainsFunc(d.List.Filters, func(c descriptor.Filter) bool { return c.Config["statuses"] != nil })
	}, func(f *fixture) {
		config := object{"statuses": list{"LATER"}}
		diags := f.Record(f.Server.ValidateDataSource(f.d.LinksType(), config))
		if diags.HasError() || len(diags) != 1 || len(diags.ForAttribute("statuses")) != 1 {
			f.Errorf("%s", diags)
		}
		f.RequireText(diags, "LATER", "sent unchanged")
		_, refused := f.Server.ReadDataSource(f.d.LinksType(), config)
		f.Record(refused)
		asked := f.Sandbox.Requests(func(r sandbox.Record) bool { return r.Op == f.d.Operations.List })
		if len(asked) == 0 || !strings.Contains(asked[0].Query.Encode(), "LATER") {
			f.Errorf("asked %v", asked)
		}
	})
}
