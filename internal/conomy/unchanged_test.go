package conomy_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
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
				state := b.create(shapes[name]())
				state = b.quiet(state, shapes[name](change))
				b.quiet(state, shapes[name]())

				imported, diags := b.imported(state.Text("id"))
				if len(diags) > 0 {
					t.Fatal(diags)
				}
				b.quiet(imported, shapes[name](change))
				again := b.create(shapes[name](change, object{"checkout_token": "other"}))
				again = b.quiet(again, shapes[name](change, object{"checkout_token": "other"}))
				b.quiet(again, shapes[name](object{"checkout_token": "other"}))
				for _, op := range []string{"delete", "list", "activate"} {
					if n := b.env.Count(op); n > 0 {
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
		state := b.create(small())
		b.env.ResetRequests()
		plan := b.plan(state, small(change))
		if plan.Action != acctest.Update || len(plan.Diagnostics) > 0 {
			t.Fatalf("%v: %s because of %v %s", change, plan.Action, plan.Because, plan.Diagnostics)
		}
		state, diags := b.apply(plan)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		b.asked()
		b.quiet(state, small(change))
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
	state := b.create(full())
	left := append(slices.Clone(fillable), "destinations.0.type")
	left = append(left, leaves("customer", full()["customer"])...)
	everything := full()
	for _, path := range left {
		b.quiet(state, full(object{path: nil}))
		everything = changed(everything, []object{{path: nil}})
	}
	after := b.quiet(state, everything)
	if got := after.Text("customer.last_name"); got != lastName {
		t.Errorf("last_name is %q after a plan that leaves it out", got)
	}

	b.env.Conomy.Set(func(s *sandbox.ConomySwitches) { s.DestinationName, s.FillAccount, s.FillOwner = true, true, true })
	filled := b.create(small())
	for _, path := range fillable {
		if filled.Text(path) == "" {
			t.Errorf("%s is not what the vendor filled in", path)
		}
	}
	b.quiet(filled, small())
	imported, diags := b.imported(filled.Text("id"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	b.quiet(imported, small())
}

// TestGeneratedConfiguration: what Terraform writes for an import block plans empty, with null for every sensitive leaf.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	for _, shape := range shapes {
		b := newBench(t)
		state, diags := b.imported(b.create(shape()).Text("id"))
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		config := shape()
		for _, path := range leaves("", config) {
			if strings.HasPrefix(path, "customer.") {
				config = changed(config, []object{{path: nil}})
			}
		}
		b.quiet(state, config)
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
			state := b.create(shape())
			b.env.ResetRequests()
			config := shape(object{name: policies[name]})
			plan := b.plan(state, config)
			if plan.Action != acctest.Update || len(plan.Diagnostics) > 0 {
				t.Fatalf("%s: %s because of %v %s", name, plan.Action, plan.Because, plan.Diagnostics)
			}
			state, diags := b.apply(plan)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			b.asked()
			b.quiet(state, config)
		}
	}
}
