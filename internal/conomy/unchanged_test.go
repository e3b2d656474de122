package conomy_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestRewritten: another way to write the same link is no change, whatever the state holds.
func TestRewritten(t *testing.T) {
	t.Parallel()
	rewrites := map[string][]object{
		"small": {
			{"items.0.pre_tax_amount": "49990.00", "items.0.total_amount": "49990.0"}, {"destinations.0.amount": "049990"},
			{"payment_methods_allowed": list{"WEBPAY", "ETPAY"}}, {"destinations.0.type": "ACCOUNT"}, {"activate": false},
		},
		"full": {
			{"items.0.total_amount": "119", "items.0.tax.amount": "19.0", "items.0.tax.value": "19.00"}, {"items.1.pre_tax_amount": "009.5"},
			{"destinations.1.amount": "29.500"}, {"customer_requirements": list{"email", "firstName"}}, {"activate": nil},
		},
	}
	for name, changes := range rewrites {
		for i, change := range changes {
			t.Run(name+" "+strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				state := b.Create(shapes[name]())
				state = b.RequireNoDrift(state, shapes[name](change))
				b.RequireNoDrift(state, shapes[name]())

				imported, diags := b.ImportByID(state.Text("id"))
				if len(diags) > 0 {
					t.Fatal(diags)
				}
				b.RequireNoDrift(imported, shapes[name](change))
				again := b.Create(shapes[name](change, object{"checkout_token": "other"}))
				again = b.RequireNoDrift(again, shapes[name](change, object{"checkout_token": "other"}))
				b.RequireNoDrift(again, shapes[name](object{"checkout_token": "other"}))
				for _, op := range []string{"delete", "list", "activate"} {
					if n := b.CallCount(op); n > 0 {
						t.Errorf("%d requests %q", n, op)
					}
				}
			})
		}
	}
}

// TestEmptied: an empty value where the state has null cannot plan as null (Terraform's core wants the configuration's
// value), so it changes in place, once, without a request.
func TestEmptied(t *testing.T) {
	t.Parallel()
	for _, change := range []object{
		{"customer": object{}}, {"customer": object{"address": object{}}}, {"customer": object{"email": ""}}, {"customer_requirements": list{}},
		{"success_url": "", "failed_url": ""}, {"destinations.0.external_id": ""}, {"destinations.0.name": ""}, {"owner.name": ""},
	} {
		b := newBench(t)
		state := b.Create(small())
		b.ResetCalls()
		plan := b.Plan(state, small(change))
		if plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 {
			t.Fatalf("%v: %s because of %v %s", change, plan.Action, plan.Because, plan.Diagnostics)
		}
		state, diags := b.Apply(plan)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		b.RequireCalls()
		b.RequireNoDrift(state, small(change))
	}
}

// fillable are the attributes that the vendor may fill in.
var fillable = []string{
	"destinations.0.name", "destinations.0.account.type", "destinations.0.account.currency", "destinations.0.account.account_holder",
	"owner.name", "owner.lastname", "owner.nickname", "owner.document_number", "owner.entity_type",
}

// TestLeftOut: null for what the link has, whether the configuration once said it or the vendor filled it in.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(full())
	left := append(slices.Clone(fillable), "destinations.0.type")
	left = append(left, tfconfig.LeafPaths(object{"customer": full()["customer"]})...)
	everything := full()
	for _, path := range left {
		b.RequireNoDrift(state, full(object{path: nil}))
		everything = tfconfig.Changed(everything, object{path: nil})
	}
	after := b.RequireNoDrift(state, everything)
	if got := after.Text("customer.last_name"); got != lastName {
		t.Errorf("last_name is %q after a plan that leaves it out", got)
	}

	conomysandbox.From(b.Sandbox).Set(func(s *conomysandbox.Switches) { s.DestinationName, s.FillAccount, s.FillOwner = true, true, true })
	filled := b.Create(small())
	for _, path := range fillable {
		if filled.Text(path) == "" {
			t.Errorf("%s is not what the vendor filled in", path)
		}
	}
	b.RequireNoDrift(filled, small())
	imported, diags := b.ImportByID(filled.Text("id"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	b.RequireNoDrift(imported, small())
}

// TestGeneratedConfiguration: what Terraform writes for an import block plans empty, with null for every sensitive leaf.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	for _, shape := range shapes {
		b := newBench(t)
		state, diags := b.ImportByID(b.Create(shape()).Text("id"))
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		config := shape()
		for _, path := range tfconfig.LeafPaths(config) {
			if strings.HasPrefix(path, "customer.") {
				config = tfconfig.Changed(config, object{path: nil})
			}
		}
		b.RequireNoDrift(state, config)
	}
}

// TestPolicies change in place, without a request.
func TestPolicies(t *testing.T) {
	t.Parallel()
	policies := map[string]any{
		"replace_when": list{"expired", "paid"}, "on_destroy": "abandon", "timeouts": object{"create": "1m", "read": "1m", "delete": "1m"},
	}
	for _, name := range slices.Sorted(maps.Keys(policies)) {
		for _, shape := range shapes {
			b := newBench(t)
			state := b.Create(shape())
			b.ResetCalls()
			config := shape(object{name: policies[name]})
			plan := b.Plan(state, config)
			if plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 {
				t.Fatalf("%s: %s because of %v %s", name, plan.Action, plan.Because, plan.Diagnostics)
			}
			state, diags := b.Apply(plan)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			b.RequireCalls()
			b.RequireNoDrift(state, config)
		}
	}
}
