package provider_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// found lists without a word.
func (c listCase) found(t *testing.T, s *protocoltest.Server, search protocoltest.ListRequest) []protocoltest.ListResult {
	t.Helper()
	if diags := s.ValidateList(c.name(), search.Config); len(diags) > 0 {
		t.Fatalf("validate: %s", diags)
	}
	found, diags := s.List(t.Context(), c.name(), search)
	if len(diags) > 0 {
		t.Fatalf("list: %s", diags)
	}
	return found
}

func idsOf(found []protocoltest.ListResult) []string {
	var out []string
	for _, f := range found {
		id, _ := f.Identity["id"].(string)
		out = append(out, id)
	}
	return out
}

// What a list shows of a link is what its import reads, and the configuration that Terraform writes from it is valid and plans
// empty: for every kind of link and every way in which a vendor may hide or rewrite something.
func TestListedLinksPlanEmpty(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		for _, switches := range c.switches {
			t.Run(switches, func(t *testing.T) {
				t.Parallel()
				e := acctest.NewSandbox(t, c.vendor)
				c.turn(t, e, switches)
				maker := e.ServerWithFakeClock()
				written := map[string]object{}
				for _, shape := range c.shapes {
					state, _ := up(t, maker, protocoltest.State{}, c.vendorCase, shape)
					written[state.Text("id")] = shape
				}
				s := e.ServerWithFakeClock() // it knows of no link
				found := c.found(t, s, protocoltest.ListRequest{IncludeResource: true})
				if got, want := slices.Sorted(slices.Values(idsOf(found))), slices.Sorted(maps.Keys(written)); !slices.Equal(got, want) {
					t.Fatalf("found %v, want %v", got, want)
				}
				for _, f := range found {
					c.takeOver(t, s, f, written[f.State.Text("id")])
				}
				if e.CallCount(c.vendor, "create") != len(c.shapes) {
					t.Error("a link was created")
				}
			})
		}
	})
}

// takeOver imports a result under the configuration that Terraform generates from it, and then under the one that the link was made
// from.
func (c listCase) takeOver(t *testing.T, s *protocoltest.Server, f protocoltest.ListResult, written object) {
	t.Helper()
	state, diags := s.ImportListed(f)
	if len(diags) > 0 {
		t.Fatalf("%s: import: %s", f.Name, diags)
	}
	if !sameMoments(state.Raw, f.State.Raw) {
		t.Errorf("%s: listed as %v\nimported as %v", f.Name, f.State.Raw, state.Raw)
	}
	config := s.GeneratedConfig(f)
	if diags := s.Validate(c.name(), config); len(diags) > 0 {
		t.Errorf("%s: %v\n%s", f.Name, config, diags)
	}
	if plan := s.Plan(c.name(), state, config); plan.Action != protocoltest.Nothing || len(plan.Diagnostics) > 0 {
		t.Errorf("%s: %s because of %v: %s\n%v", f.Name, plan.Action, plan.Because, plan.Diagnostics, config)
	}
	// Filled in by hand is what the vendor hides or never returns: at most an update in place, once.
	plan := s.Plan(c.name(), state, written)
	if plan.Action != protocoltest.Nothing && plan.Action != protocoltest.Update || plan.HasError() {
		t.Fatalf("%s: %s because of %v: %s", f.Name, plan.Action, plan.Because, plan.Diagnostics)
	}
	state, diags = s.Apply(plan)
	if len(diags) > 0 {
		t.Errorf("%s: %s", f.Name, diags)
	}
	settled(t, s, state, c.vendorCase, written)
}

// sameMoments: the values are equal, whether or not a second has a fraction of 0.
func sameMoments(a, b tftypes.Value) bool {
	plain := strings.NewReplacer(".0Z", "Z")
	return plain.Replace(a.String()) == plain.Replace(b.String())
}

// A link is named by what a person knows it by, on one line, and by nothing that is the payer's.
func TestListedLinksHaveNames(t *testing.T) {
	eachList(t, func(t *testing.T, c listCase) {
		e := acctest.NewSandbox(t, c.vendor)
		s := e.ServerWithFakeClock()
		for name, shape := range c.shapes {
			state, _ := up(t, s, protocoltest.State{}, c.vendorCase, shape)
			found := c.found(t, s, protocoltest.ListRequest{})
			at := slices.Index(idsOf(found), state.Text("id"))
			if at < 0 || found[at].State.Exists() {
				t.Fatalf("%s: found %v", name, found)
			}
			got := found[at].Name
			if got != name || strings.Contains(strings.ToLower(got), "planted") {
				t.Errorf("named %q, want %q", got, name)
			}
			if want := (object{"id": state.Text("id")}); c.vendor != "gigs" && !maps.Equal(found[at].Identity, want) {
				t.Errorf("identity %v, want %v", found[at].Identity, want)
			}
			if c.vendor == "gigs" && (len(found[at].Identity) != 2 || found[at].Identity["project"] != state.Text("project")) {
				t.Errorf("identity %v", found[at].Identity)
			}
		}
	})
}

// A link that had come to its end is taken over as it is: nothing is asked for anew because it was imported.
func TestListedEndedLinksPlanEmpty(t *testing.T) {
	ends := map[string]map[string]string{
		"qonto":  {"pay": "paid", "expire": "expired", "cancel": "revoked", "process": "processing", "force?status=frozen": "unknown"},
		"powens": {"pay": "paid", "cancel": "revoked", "process": "processing", "force?status=frozen": "unknown"},
		"conomy": {"pay": "paid", "expire": "expired", "process": "processing", "force?status=FROZEN": "unknown", "activate": "open"},
		"gigs":   {"pay": "paid", "cancel": "revoked", "force?status=frozen": "unknown"},
	}
	eachList(t, func(t *testing.T, c listCase) {
		for act, want := range ends[c.vendor] {
			e := acctest.NewSandbox(t, c.vendor)
			s := e.Server() // on the sandbox's time: a moment in an answer is compared with it
			config := c.config
			if c.vendor == "qonto" {
				config = c.with(object{"reusable": false})
			}
			state, _ := up(t, s, protocoltest.State{}, c.vendorCase, config)
			if c.vendor == "conomy" && (act == "pay" || act == "process") {
				e.Simulate(state.Text("id"), "activate")
			}
			e.Simulate(state.Text("id"), act)
			found := c.found(t, s, protocoltest.ListRequest{IncludeResource: true})
			if len(found) != 1 || !strings.HasSuffix(found[0].Name, ", "+want) || found[0].State.Text("state") != want {
				t.Fatalf("%s: %v", act, found)
			}
			taken, diags := s.ImportListed(found[0])
			generated := s.GeneratedConfig(found[0])
			plan := s.Plan(c.name(), taken, generated)
			if len(diags) > 0 || !taken.Raw.Equal(found[0].State.Raw) || plan.Action != protocoltest.Nothing || plan.HasError() {
				t.Errorf("%s: %s because of %v: %s%s", act, plan.Action, plan.Because, diags, plan.Diagnostics)
			}
			for _, other := range []string{want, "open", "paid", "revoked"} {
				n := len(c.found(t, s, protocoltest.ListRequest{Config: object{"states": list{other}}}))
				if (n == 1) != (other == want) {
					t.Errorf("%s: %d links that are %s", act, n, other)
				}
			}
		}
	})
}

// Each link once, in the fewest pages; a limit ends the walk with the page in which it is reached, and so does whoever has seen
// enough.
func TestListIsWalkedOnceAndNoFurther(t *testing.T) {
	const many = 1234
	eachList(t, func(t *testing.T, c listCase) {
		e := acctest.NewSandbox(t, c.vendor)
		ids := c.stock(t, e, many)
		s := e.ServerWithFakeClock()
		pages := func(links int) int {
			if c.page == 0 {
				return 1
			}
			return max(1, (links+c.page-1)/c.page)
		}
		for _, limit := range []int{0, 1, max(c.page, 100), max(c.page, 100) + 1, many} {
			e.ResetRequests()
			found := c.found(t, s, protocoltest.ListRequest{Limit: limit, IncludeResource: limit == 0})
			want := many
			if limit > 0 {
				want = min(limit, many)
			}
			if got := idsOf(found); len(got) != want || len(slices.Compact(slices.Sorted(slices.Values(got)))) != want {
				t.Errorf("limit %d: %d links", limit, len(got))
			} else if limit == 0 && !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(ids))) {
				t.Error("other links")
			}
			if got := e.CallCount(c.vendor, "list"); got != pages(want) {
				t.Errorf("limit %d: %d requests, want %d", limit, got, pages(want))
			}
			if all := len(e.Requests()) - e.CallCount(c.vendor, "list") - e.CallCount(c.vendor, "token"); all != 0 {
				t.Errorf("limit %d: %d other requests", limit, all)
			}
		}
		e.ResetRequests()
		seen := 0
		s.ListEach(t.Context(), c.name(), protocoltest.ListRequest{}, func(protocoltest.ListResult, protocoltest.Diagnostics) bool { seen++; return seen < 3 })
		if got := e.CallCount(c.vendor, "list"); seen != 3 || got != 1 {
			t.Errorf("%d links seen, %d requests", seen, got)
		}
	})
}
