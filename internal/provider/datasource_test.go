package provider_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

func (c listCase) one() string     { return "paymentlinks_" + c.vendor + "_link" }
func (c listCase) several() string { return c.one() + "s" }

// dataOf reads without a word.
func dataOf(t *testing.T, s *protocoltest.Server, name string, config object) protocoltest.State {
	t.Helper()
	state, diags := s.ReadDataSource(name, config)
	if len(diags) > 0 {
		t.Fatalf("%s: %s", name, diags)
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
// link and every way in which a vendor may hide or rewrite something.
func TestDataSourcesSayWhatTheResourceReads(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		for _, switches := range c.switches {
			t.Run(switches, func(t *testing.T) {
				t.Parallel()
				e := acctest.NewSandbox(t, c.vendor)
				c.turn(t, e, switches)
				maker := e.ServerWithFakeClock()
				read := map[string]protocoltest.State{}
				for _, shape := range c.shapes {
					made, _ := up(t, maker, protocoltest.State{}, c.vendorCase, shape)
					state, diags := maker.Import(c.one(), made.Text("id"))
					if len(diags) > 0 {
						t.Fatal(diags)
					}
					read[made.Text("id")] = state
				}
				e.ResetRequests()
				s := e.ServerWithFakeClock()
				for id, state := range read {
					c.agree(t, dataOf(t, s, c.one(), object{"id": id}).Attributes(), state)
				}
				if n := e.CallCount(c.vendor, "get"); n != len(read) {
					t.Errorf("%d reads of %d links", n, len(read))
				}
				links := dataOf(t, s, c.several(), nil).List("links")
				if len(links) != len(read) {
					t.Errorf("%d links, want %d", len(links), len(read))
				}
				for _, link := range links {
					c.agree(t, link.(object), read[tfconfig.Lookup(link, "id").(string)])
				}
				if n := e.CallCount(c.vendor, "list"); n != 1 {
					t.Errorf("%d list calls", n)
				}
			})
		}
	})
}

// agree compares a data source's object with the resource.
func (c listCase) agree(t *testing.T, said object, state protocoltest.State) {
	t.Helper()
	absent := []string{"replace_when", "on_destroy", "timeouts", "activate", "ebanx.user", "ebanx.user_wo", "ebanx.user_wo_version"}
	for _, path := range tfconfig.LeafPaths(state.Attributes()) {
		held := tfconfig.Lookup(said, path)
		if slices.ContainsFunc(absent, func(a string) bool { return path == a || strings.HasPrefix(path, a+".") }) {
			if held != nil {
				t.Errorf("%s is said: %v", path, held)
			}
			continue
		}
		if !tfconfig.Equal(instant(state.Get(path)), instant(held)) {
			t.Errorf("%s is %v, the resource's %v", path, held, state.Get(path))
		}
	}
	if said["url"] == nil || said["state"] == nil {
		t.Errorf("no url, or no state: %v", said)
	}
}

// instant is a text without the fraction that Gigs writes in every other answer.
func instant(v any) any {
	if text, ok := v.(string); ok && strings.HasSuffix(text, ".0Z") {
		return strings.TrimSuffix(text, ".0Z") + "Z"
	}
	return v
}

// The schemas of resource, single and plural data source are one: the same names, types and marks.
func TestDataSourceSchemas(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		s := acctest.NewServer(t, nil, nil).Schema()
		var links *tfprotov6.SchemaObject
		for _, a := range s.DataSourceSchemas[c.several()].Block.Attributes {
			if a.Name == "links" {
				links = a.NestedType
			}
		}
		arguments := map[string]bool{"id": true, "project": c.vendor == "gigs", "checkout_token": c.vendor == "conomy", "owner_identity_id": c.vendor == "conomy"}
		one := slices.DeleteFunc(slices.Clone(s.DataSourceSchemas[c.one()].Block.Attributes), func(a *tfprotov6.SchemaAttribute) bool {
			return a.Name == "owner_identity_id"
		})
		sameAttributes(t, "", s.ResourceSchemas[c.one()].Block.Attributes, one, arguments)
		sameAttributes(t, "links.", s.ResourceSchemas[c.one()].Block.Attributes, links.Attributes, nil)
	})
}

func sameAttributes(t *testing.T, at string, resource, data []*tfprotov6.SchemaAttribute, arguments map[string]bool) {
	t.Helper()
	attributes := map[string]*tfprotov6.SchemaAttribute{}
	for _, a := range resource {
		attributes[a.Name] = a
	}
	for _, a := range data {
		r := attributes[a.Name]
		delete(attributes, a.Name)
		if r == nil || a.Sensitive != r.Sensitive || a.NestedType == nil && !a.Type.Equal(r.Type) || a.WriteOnly {
			t.Errorf("%s%s is %+v, in the resource %+v", at, a.Name, a, r)
			continue
		}
		if !arguments[a.Name] && (!a.Computed || a.Optional || a.Required) {
			t.Errorf("%s%s can be written", at, a.Name)
		}
		if a.Description == "" {
			t.Errorf("%s%s says nothing of itself", at, a.Name)
		}
		if a.NestedType != nil {
			sameAttributes(t, at+a.Name+".", r.NestedType.Attributes, a.NestedType.Attributes, nil)
		}
	}
	for name := range attributes {
		if !slices.Contains([]string{"replace_when", "on_destroy", "timeouts", "activate", "user", "user_wo", "user_wo_version"}, name) {
			t.Errorf("%s%s is missing", at, name)
		}
	}
}

// A link that the vendor does not know is an error that says whom was asked, and Terraform's stop ends the read.
func TestDataSourceOfNoLink(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		e := acctest.NewSandbox(t, c.vendor)
		s := e.ServerWithFakeClock()
		_, diags := s.ReadDataSource(c.one(), object{"id": "3c90c3cc-0d44-4b50-8888-8dd257360000"})
		account, _ := e.Settings()["account"].(string)
		endpoint, _ := e.Settings()["endpoint"].(string)
		for _, word := range []string{"knows no link 3c90c3cc", "account " + account, endpoint} {
			if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), word) {
				t.Errorf("%q is missing in: %s", word, diags)
			}
		}
		if n := e.CallCount(c.vendor, "get"); n != 1 {
			t.Errorf("%d reads", n)
		}
		stopped, stop := context.WithCancel(t.Context())
		stop()
		e.ResetRequests()
		for _, name := range []string{c.several(), "paymentlinks_links"} {
			if _, diags := s.ReadDataSourceContext(stopped, name, nil); !diags.HasError() {
				t.Errorf("%s: a read that was called off succeeded", name)
			}
		}
		if n := len(e.Requests()); n != 0 {
			t.Errorf("%d requests after the stop", n)
		}
	})
}

// A data source that reads what a create without an answer left behind does not make it known: the create still takes it over.
func TestDataSourceDoesNotClaimLinks(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		if c.vendor == "gigs" {
			return // the same key answers; nothing is looked for
		}
		e := acctest.NewSandbox(t, c.vendor)
		var s *protocoltest.Server
		read := 0
		s = e.ServerWithFakeClock(object{"endpoint": betweenPages(t, e, c.vendor, func() {
			if made := e.Overview(); len(made) == 1 && read == 0 {
				read++
				dataOf(t, s, c.one(), object{"id": made[0].ID})
				dataOf(t, s, c.several(), nil)
			}
		})})
		e.Inject(sandbox.Fault{Vendor: c.vendor, Op: "create", Times: 1, Kind: sandbox.Drop, After: true})
		state, _, diags := s.ApplyConfig(protocoltest.State{}, c.one(), c.config)
		if read != 1 || diags.HasError() || !state.Exists() || e.CallCount(c.vendor, "create") != 1 || len(diags.Warnings()) != 1 {
			t.Errorf("read %d times, %d creates: %s", read, e.CallCount(c.vendor, "create"), diags)
		}
	})
}

// A link that this run made, and that the vendor does not show yet, is waited for.
func TestDataSourceBesideTheResource(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		e := acctest.NewSandbox(t, c.vendor)
		s := e.ServerWithFakeClock()
		made, _ := up(t, s, protocoltest.State{}, c.vendorCase, c.config)
		e.Inject(sandbox.Fault{Vendor: c.vendor, Op: "get", Times: 2, Kind: sandbox.Answer, Status: http.StatusNotFound, Body: `{}`})
		if got := dataOf(t, s, c.one(), object{"id": made.Text("id")}); got.Text("url") != made.Text("url") {
			t.Errorf("%s, want %s", got.Text("url"), made.Text("url"))
		}
		if n := e.CallCount(c.vendor, "get"); n != 3 {
			t.Errorf("%d reads", n)
		}
	})
}
