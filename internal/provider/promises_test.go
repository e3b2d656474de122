package provider_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

type (
	object = tfconfig.Object
	list   = tfconfig.List
)

// vendorCase is one vendor's link, and what differs between vendors where the promise is the same.
type vendorCase struct {
	vendor string
	config object
	// revoke is the operation that ends a link; empty where the vendor has none.
	revoke string
	// change is an argument that must replace, with another value.
	change object
	// hidden: an import cannot read everything; the configured rest goes in place, once.
	hidden bool
}

var vendorCases = []vendorCase{
	{
		vendor: "qonto", revoke: "deactivate",
		config: object{
			"reusable": true, "potential_payment_methods": list{"credit_card", "paypal"},
			"items": list{object{"title": "Seat", "quantity": 1, "unit_price": object{"value": "10.99", "currency": "EUR"}, "vat_rate": "21.0"}},
		},
		change: object{"reusable": false},
	},
	{
		vendor: "powens", revoke: "revoke",
		config: object{
			"amount": "49.90", "currency": "EUR", "label": "Order 2026-0042", "execution_date_type": "instant",
			"beneficiary": object{"scheme_name": "iban", "identification": "FR1420041010050500013M02606", "label": "Atelier Lumiere"},
			"beneficiary_identity": object{
				"kind": "corporate", "org_name": "Atelier Lumiere SARL", "scheme_name": "siren", "identification": "749867206",
			},
			"payer_identity": object{"first_name": "Ada", "last_name": "Lovelace"},
		},
		change: object{"label": "Order 2026-0043"},
	},
	{
		vendor: "conomy", revoke: "delete",
		config: object{
			"checkout_token": "invoice-1001", "currency": "CLP", "duration": 86400,
			"items":                   list{object{"pre_tax_amount": "49990", "total_amount": "49990", "description": "Monthly subscription"}},
			"payment_methods_allowed": list{"ETPAY", "WEBPAY"},
			"destinations":            list{object{"amount": "49990", "account": object{"account_number": "9283746501"}}},
			"owner":                   object{"identity_id": "65f1a7c2e4b0d81f3a9c7e21"},
		},
		change: object{"duration": 3600},
	},
	{
		vendor: "gigs", hidden: true,
		config: object{
			"invoice": "inv_0SNlurA049MEWV1QTRqvd18YuG25",
			"ebanx":   object{"user": object{"full_name": "Elaine Benes", "email": "elaine@example.com", "tax_number": "290.063.072-03"}},
		},
		change: object{"invoice": "inv_0SNlurA049MEWV1QTRqvd18YuG26"},
	},
}

func (c vendorCase) name() string { return "paymentlinks_" + c.vendor + "_link" }

// with is the configuration with attributes of its own.
func (c vendorCase) with(changes object) object {
	config := maps.Clone(c.config)
	maps.Copy(config, changes)
	return config
}

// each runs a test for every vendor, with a sandbox and a provider of its own.
func each(t *testing.T, test func(*testing.T, vendorCase, *acctest.VendorSandbox, *protocoltest.Server)) {
	t.Parallel()
	for _, c := range vendorCases {
		t.Run(c.vendor, func(t *testing.T) {
			t.Parallel()
			e := acctest.NewSandbox(t, c.vendor)
			test(t, c, e, e.ServerWithFakeClock())
		})
	}
}

// up applies the configuration and fails on an error.
func up(t *testing.T, s *protocoltest.Server, state protocoltest.State, c vendorCase, config object) (protocoltest.State, protocoltest.Plan) {
	t.Helper()
	state, plan, diags := s.ApplyConfig(state, c.name(), config)
	if diags.HasError() {
		t.Fatal(diags)
	}
	return state, plan
}

// settled: a refresh and a plan find nothing to do and nothing to say.
func settled(t *testing.T, s *protocoltest.Server, state protocoltest.State, c vendorCase, config object) {
	t.Helper()
	state, diags := s.Refresh(state)
	plan := s.Plan(c.name(), state, config)
	if diags = append(diags, plan.Diagnostics...); plan.Action != protocoltest.Nothing || len(diags) > 0 {
		t.Errorf("not settled: %s because of %v: %s", plan.Action, plan.Because, diags)
	}
}

// calls counts the writes of a vendor's own kind.
func calls(t *testing.T, e *acctest.VendorSandbox, c vendorCase, creates, revokes int) {
	t.Helper()
	got := e.CallCount(c.vendor, "create")
	if got != creates {
		t.Errorf("%d creates, want %d", got, creates)
	}
	if c.revoke != "" && e.CallCount(c.vendor, c.revoke) != revokes {
		t.Errorf("%d revokes, want %d", e.CallCount(c.vendor, c.revoke), revokes)
	}
}

func TestOneLinkOneLife(t *testing.T) {
	each(t, func(t *testing.T, c vendorCase, e *acctest.VendorSandbox, s *protocoltest.Server) {
		state, plan := up(t, s, protocoltest.State{}, c, c.config)
		if plan.Action != protocoltest.Create || state.Text("id") == "" || state.Text("url") == "" || state.Text("state") != "open" {
			t.Fatalf("%s: id %q, url %q, state %q", plan.Action, state.Text("id"), state.Text("url"), state.Text("state"))
		}
		settled(t, s, state, c, c.config)
		calls(t, e, c, 1, 0)

		for _, policy := range []object{{"replace_when": list{"expired"}}, {"on_destroy": "abandon"}, {"timeouts": object{"delete": "1m"}}} {
			config := c.with(policy)
			plan = s.Plan(c.name(), state, config)
			if plan.Action == protocoltest.Replace {
				t.Errorf("%v replaces because of %v", policy, plan.Because)
			}
			changed, _ := up(t, s, state, c, config)
			settled(t, s, changed, c, config)
		}
		calls(t, e, c, 1, 0)

		if _, diags := s.Apply(s.Plan(c.name(), state, nil)); diags.HasError() {
			t.Error(diags)
		}
		calls(t, e, c, 1, 1)
		if left := e.PayableCount(); (left == 0) != (c.revoke != "") {
			t.Errorf("%d payable links are left", left)
		}
	})
}

func TestReplacementIsOneRevokeAndOneCreate(t *testing.T) {
	each(t, func(t *testing.T, c vendorCase, e *acctest.VendorSandbox, s *protocoltest.Server) {
		state, _ := up(t, s, protocoltest.State{}, c, c.config)
		config := c.with(c.change)
		after, plan := up(t, s, state, c, config)
		if want := slices.Sorted(maps.Keys(c.change)); plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, want) {
			t.Errorf("%s because of %v, want a replacement because of %v", plan.Action, plan.Because, want)
		}
		if len(plan.Warnings()) != 1 {
			t.Errorf("the end of an open link is announced %d times: %s", len(plan.Warnings()), plan.Diagnostics)
		}
		if after.Text("id") == state.Text("id") {
			t.Error("the same link")
		}
		calls(t, e, c, 2, 1)
		settled(t, s, after, c, config)
	})
}

func TestImportIsComplete(t *testing.T) {
	each(t, func(t *testing.T, c vendorCase, e *acctest.VendorSandbox, s *protocoltest.Server) {
		state, _ := up(t, s, protocoltest.State{}, c, c.config)
		imported, diags := s.Import(c.name(), state.Text("id"))
		if diags.HasError() {
			t.Fatal(diags)
		}
		plan := s.Plan(c.name(), imported, c.config)
		want := protocoltest.Nothing
		if c.hidden {
			want = protocoltest.Update
		}
		if plan.Action != want {
			t.Errorf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
		}
		imported, diags = s.Apply(plan)
		if diags.HasError() {
			t.Error(diags)
		}
		settled(t, s, imported, c, c.config)
		calls(t, e, c, 1, 0)
	})
}

func TestOtherAccountChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, c vendorCase, _ *acctest.VendorSandbox, s *protocoltest.Server) {
		state, _ := up(t, s, protocoltest.State{}, c, c.config)
		other := acctest.NewSandbox(t, c.vendor)
		foreign := other.ServerWithFakeClock()
		kept, diags := foreign.Refresh(state)
		if !diags.HasError() || !kept.Raw.Equal(state.Raw) {
			t.Errorf("the state moved, or nothing was said: %s", diags)
		}
		if c.revoke == "" {
			return
		}
		other.ResetRequests()
		if _, diags = foreign.Apply(foreign.Plan(c.name(), state, nil)); !diags.HasError() {
			t.Error("destroyed under another account")
		}
		if n := len(other.Requests()); n != 0 {
			t.Errorf("%d requests to another account", n)
		}
		settled(t, s, state, c, c.config)
	})
}

func TestGoneIsCreatedAnew(t *testing.T) {
	each(t, func(t *testing.T, c vendorCase, e *acctest.VendorSandbox, s *protocoltest.Server) {
		config := c.with(object{"replace_when": list{"revoked"}})
		state, _ := up(t, s, protocoltest.State{}, c, config)
		e.Simulate(state.Text("id"), "delete")
		after, diags := s.Refresh(state)
		if after.Exists() || diags.HasError() || len(diags.Warnings()) != 1 {
			t.Fatalf("still there, or not announced: %s", diags)
		}
		up(t, s, protocoltest.State{}, c, config)
		calls(t, e, c, 2, 0)
	})
}
