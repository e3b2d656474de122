package conformance_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// allLinks is the data source of the links of all vendors.
const allLinks = "paymentlinks_links"

// policyAttributes are of managed links only: no data source has them.
var policyAttributes = []string{"replace_when", "renew_before", "replace_paid", "on_destroy", "timeouts", "activate"}

// read reads a data source that has nothing to say.
func (f *fixture) read(dataSource string, config object) protocoltest.State {
	f.Helper()
	state, diags := f.ReadDataSource(dataSource, config)
	if len(diags) > 0 {
		f.Fatalf("%s: %s", dataSource, diags)
	}
	return state
}

// linkIDs are those of a plural data source's links, in its order.
func linkIDs(state protocoltest.State) []string {
	out := []string{}
	for _, one := range state.List("links") {
		id, _ := tfconfig.Lookup(one, "id").(string)
		out = append(out, id)
	}
	return out
}

// What a data source says of a link is what the resource's refresh reads, less what only a managed link has: for every kind of
// link and every way in which a vendor may hide something or write it otherwise.
func TestDataSourcesSayWhatTheResourceReads(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		f.forEachAnswer(func(f *fixture) {
			imported := map[string]protocoltest.State{}
			for _, made := range f.createShapes() {
				state, diags := f.ImportByID(made.Text("id"))
				if len(diags) > 0 {
					f.Fatal(diags)
				}
				imported[made.Text("id")] = state
			}
			f.ResetCalls()
			f.Server = f.NewProvider()
			for id, state := range imported {
				f.requireSameLink(f.read(f.d.ResourceType(), object{"id": id}).Attributes(), state, nil)
			}
			if n := f.CallCount(f.d.Operations.Get); n != len(imported) {
				f.Errorf("%d reads of %d links", n, len(imported))
			}
			if f.d.List == nil {
				return
			}
			links := f.read(f.d.LinksType(), nil).List("links")
			if len(links) != len(imported) {
				f.Errorf("%d links, want %d", len(links), len(imported))
			}
			sensitive := sensitivePaths("", acctest.Schemas(f.T).ResourceSchemas[f.d.ResourceType()].Block.Attributes)
			for _, link := range links {
				f.requireSameLink(link.(object), imported[tfconfig.Lookup(link, "id").(string)], sensitive)
			}
			if n := f.CallCount(f.d.Operations.List); n != 1 {
				f.Errorf("%d list calls", n)
			}
		})
	})
}

// sensitivePaths returns the paths of what is sensitive.
func sensitivePaths(at string, attributes []*tfprotov6.SchemaAttribute) (out []string) {
	for _, a := range attributes {
		if a.Sensitive {
			out = append(out, at+a.Name)
		} else if a.NestedType != nil {
			out = append(out, sensitivePaths(at+a.Name+".", a.NestedType.Attributes)...)
		}
	}
	return out
}

// requireSameLink compares a data source's object, which leaves some out, with the resource.
func (f *fixture) requireSameLink(got object, state protocoltest.State, leftOut []string) {
	f.Helper()
	absent := slices.Concat(policyAttributes, f.d.NeverReturned, leftOut)
	attributes := state.Attributes()
	for _, path := range tfconfig.LeafPaths(attributes) {
		value, want := tfconfig.Lookup(got, path), tfconfig.Lookup(attributes, path)
		if slices.ContainsFunc(absent, func(a string) bool { return path == a || strings.HasPrefix(path, a+".") }) {
			if value != nil {
				f.Errorf("%s is there: %v", path, value)
			}
			continue
		}
		if !tfconfig.Equal(withoutFraction(want), withoutFraction(value)) {
			f.Errorf("%s is %v, the resource's %v", path, value, want)
		}
	}
	if got["url"] == nil || got["state"] == nil {
		f.Errorf("no url, or no state: %v", got)
	}
}

// withoutFraction is a time without a fraction of 0, which a vendor may write in some answers and leave out of others.
func withoutFraction(v any) any {
	if text, ok := v.(string); ok && strings.HasSuffix(text, ".0Z") {
		return strings.TrimSuffix(text, ".0Z") + "Z"
	}
	return v
}

// The schemas of resource, single and plural data source are one: the same names, types and marks. The plural one has nothing sensitive:
// an engine compares each value with each sensitive path.
func TestDataSourceSchemasAreTheResources(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		s := acctest.Schemas(f.T)
		resource := s.ResourceSchemas[f.d.ResourceType()].Block.Attributes
		arguments, narrowing := map[string]bool{"id": true}, ""
		if f.d.Scope != nil {
			arguments[f.d.Scope.Attribute] = true
		}
		if f.d.Lookup != nil {
			arguments[f.d.Lookup.Attribute], narrowing = true, f.d.Lookup.Narrow
		}
		single := slices.DeleteFunc(slices.Clone(s.DataSourceSchemas[f.d.ResourceType()].Block.Attributes), func(a *tfprotov6.SchemaAttribute) bool {
			return narrowing != "" && a.Name == narrowing
		})
		f.requireSameSchema("", resource, single, arguments, nil)
		if f.d.List == nil {
			return
		}
		for _, a := range s.DataSourceSchemas[f.d.LinksType()].Block.Attributes {
			if a.Name == "links" {
				f.requireSameSchema("", resource, a.NestedType.Attributes, nil, sensitivePaths("", resource))
			}
		}
	})
}

// requireSameSchema compares the attributes below a path; arguments are those that can be written, and leftOut the paths of those that
// only the resource has.
func (f *fixture) requireSameSchema(at string, resource, data []*tfprotov6.SchemaAttribute, arguments map[string]bool, leftOut []string) {
	f.Helper()
	attributes := map[string]*tfprotov6.SchemaAttribute{}
	for _, a := range resource {
		attributes[a.Name] = a
	}
	for _, a := range data {
		r := attributes[a.Name]
		delete(attributes, a.Name)
		if r == nil || a.Sensitive != r.Sensitive || slices.Contains(leftOut, at+a.Name) || a.NestedType == nil && !a.Type.Equal(r.Type) || a.WriteOnly {
			f.Errorf("%s%s is %+v, in the resource %+v", at, a.Name, a, r)
			continue
		}
		if !arguments[a.Name] && (!a.Computed || a.Optional || a.Required) {
			f.Errorf("%s%s can be written", at, a.Name)
		}
		if a.Description == "" {
			f.Errorf("%s%s says nothing of itself", at, a.Name)
		}
		if a.NestedType != nil {
			f.requireSameSchema(at+a.Name+".", r.NestedType.Attributes, a.NestedType.Attributes, nil, leftOut)
		}
	}
	for name, a := range attributes {
		switch {
		case slices.Contains(slices.Concat(policyAttributes, f.d.NeverReturned, leftOut), at+name):
		case a.NestedType != nil:
			f.requireSameSchema(at+name+".", a.NestedType.Attributes, nil, nil, leftOut)
		default:
			f.Errorf("%s%s is missing", at, name)
		}
	}
}

// A link that the vendor does not know is an error that says whom was asked, and Terraform's stop ends the read.
func TestDataSourceOfALinkThatIsNotThere(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		_, diags := f.ReadDataSource(f.d.ResourceType(), object{"id": "3c90c3cc-0d44-4b50-8888-8dd257360000"})
		endpoint, _ := f.Settings()["endpoint"].(string)
		if len(diags.Errors()) != 1 {
			f.Errorf("%d errors", len(diags.Errors()))
		}
		f.RequireErrors(diags, "", "found no link 3c90c3cc", "account main", endpoint)
		if n := f.CallCount(f.d.Operations.Get); n != 1 {
			f.Errorf("%d reads", n)
		}
		if f.d.List == nil {
			return
		}
		stopped, stop := context.WithCancel(f.Context())
		stop()
		f.ResetCalls()
		for _, name := range []string{f.d.LinksType(), allLinks} {
			if _, diags := f.Server.ReadDataSourceContext(stopped, name, nil); !f.Record(diags).HasError() {
				f.Errorf("%s: a read that was called off succeeded", name)
			}
		}
		f.requireNoRequests()
	})
}

// A data source that reads what a create without an answer left behind does not make it known: the create still takes it over.
func TestDataSourceDoesNotClaimLinks(t *testing.T) {
	looksFor := func(d descriptor.Descriptor) bool { return d.List != nil && !d.IdempotencyKey }
	forVendors(t, looksFor, func(f *fixture) {
		read := 0
		f.Server = f.NewProvider(object{"endpoint": f.beforeEachGet(func() {
			if made := f.Sandbox.Overview(); len(made) == 1 && read == 0 {
				read++
				for name, config := range map[string]object{f.d.ResourceType(): {"id": made[0].ID}, f.d.LinksType(): nil} {
					if _, diags := f.Server.ReadDataSource(name, config); len(diags) > 0 {
						f.Error(diags)
					}
				}
			}
		})})
		f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: f.d.Operations.Create, Times: 1, Kind: fault.Drop, After: true})
		state, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Config)
		if read != 1 || diags.HasError() || !state.Exists() || f.CallCount(f.d.Operations.Create) != 1 || len(diags.Warnings()) != 1 {
			f.Errorf("read %d times, %d creates: %s", read, f.CallCount(f.d.Operations.Create), diags)
		}
	})
}

// A link that this run made, and that the vendor does not show yet, is waited for.
func TestDataSourceWaitsForALinkOfTheSameRun(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		made, _ := f.apply(protocoltest.State{}, f.d.Config)
		f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: f.d.Operations.Get, Times: 2, Kind: fault.Answer, Status: http.StatusNotFound, Body: `{}`})
		if got := f.read(f.d.ResourceType(), object{"id": made.Text("id")}); got.Text("url") != made.Text("url") {
			f.Errorf("%s, want %s", got.Text("url"), made.Text("url"))
		}
		if n := f.CallCount(f.d.Operations.Get); n != 3 {
			f.Errorf("%d reads", n)
		}
	})
}

// So is one that is searched for, and that the list does not show yet. What this run did not make is searched for once.
func TestSearchWaitsForALinkOfTheSameRun(t *testing.T) {
	has := func(d descriptor.Descriptor) bool { return d.Lookup != nil }
	forVendors(t, has, func(f *fixture) {
		attribute := f.d.Lookup.Attribute
		f.setSwitches(`{"list_lag":"2s"}`)
		made, _ := f.apply(protocoltest.State{}, f.d.Config)
		f.ResetCalls()
		if got := f.read(f.d.ResourceType(), object{attribute: made.Text(attribute)}); got.Text("id") != made.Text("id") {
			f.Errorf("%s, want %s", got.Text("id"), made.Text("id"))
		}
		if n := f.CallCount(f.d.Operations.List); n != 3 {
			f.Errorf("%d reads of the list", n)
		}
		f.ResetCalls()
		if _, diags := f.ReadDataSource(f.d.ResourceType(), object{attribute: "nobodys"}); !diags.HasError() || f.CallCount(f.d.Operations.List) != 1 {
			f.Errorf("%d reads of the list: %s", f.CallCount(f.d.Operations.List), diags)
		}
	})
}
