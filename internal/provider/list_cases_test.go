package provider_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// listCase is a vendor's links as a list has to show them.
type listCase struct {
	vendorCase
	page int // links in one page of the vendor's; 0 for no pages
	// shapes are links of each kind, and what a person knows them by.
	shapes map[string]object
	// switches are positions of the sandbox in which an answer hides something, or shows it in another way, as JSON.
	switches []string
}

func listCases() []listCase {
	out := []listCase{
		{vendorCase: vendorCases[0], page: 100, shapes: qontoShapes(), switches: []string{
			`{}`, `{"omitted_item_fields":"null"}`, `{"omitted_item_fields":"defaults"}`, `{"amount_scale":"trimmed","trim_vat_rate":true}`, `{"zero_expiration":true}`,
			`{"reorder_methods":true,"omit_other_shape":true,"omit_resource_type":true,"extra_fields":true}`,
		}},
		{vendorCase: vendorCases[1], shapes: powensShapes(), switches: []string{
			`{}`, `{"sensitive":"omit"}`, `{"sensitive":"null","no_operator":"empty","redirect_off":"null"}`, `{"omit_defaults":true,"reference_id":"omit","redirect_off":"omit"}`,
			`{"fill_issuer":true,"reference_id":"generated","amount_form":"padded","extra_fields":true}`, `{"amount_form":"exponent","null_attempt_state":true,"iban":"compact"}`,
		}},
		{vendorCase: vendorCases[2], page: 50, shapes: conomyShapes(), switches: []string{
			`{}`, `{"customer":"null"}`, `{"customer":"omit","omitted_fields":"null"}`, `{"omitted_fields":"empty","reorder_sets":true}`, `{"created_active":true,"amount_scale":"trimmed"}`,
			`{"destination_name":true,"fill_account":true,"fill_owner":true,"null_destination_type":true,"extra_fields":true,"amount_scale":"two"}`,
		}},
		{vendorCase: vendorCases[3], page: 200, shapes: gigsShapes(), switches: []string{
			`{}`, `{"omit_nulls":true}`, `{"fractions":true,"extra_fields":true,"trailing_slash":true}`,
		}},
	}
	return out
}

// hostile is a text in which the engine's template marks stand, and more.
const hostile = "50 % \"off\" ${var.x} %{ if true } \\n {\"a\":1}"

func qontoShapes() map[string]object {
	return map[string]object{
		"Seat, 13.30 EUR, open": vendorCases[0].config,
		"50 % \"off\" ${var.x} %{ if true } \\n {\"a\":1}, 250.10 EUR, open": {
			"reusable": false, "potential_payment_methods": list{"ideal"},
			"items": list{
				object{"title": hostile, "quantity": 2, "unit_price": object{"value": "100.00", "currency": "EUR"}, "vat_rate": "20", "type": "service", "description": "Two\ndays", "measure_unit": "day"},
				object{"title": "Handbook", "quantity": 1, "unit_price": object{"value": "9.57", "currency": "EUR"}, "vat_rate": "5.5"},
			},
		},
		"F-2026-0043, 240.00 EUR, open": {
			"potential_payment_methods": list{"credit_card"}, "invoice_id": "0199c2d4-6f0e-7a31-9c55-3b8f5d2e7a11", "invoice_number": "F-2026-0043",
			"debitor_name": "Planted Martin", "amount": object{"value": "240.00", "currency": "EUR"},
		},
	}
}

func powensShapes() map[string]object {
	person := object{"first_name": "Planted", "last_name": "Lovelace", "email": "planted@example.com", "postal_address": "1 Planted Street\n75001 Paris", "id_user": 42, "external_ref": "customer-17"}
	small := vendorCases[1].with(nil)
	return map[string]object{
		"Order 2026-0042, 49.90 EUR, open": small,
		"second line, 9.50 GBP, open": tfconfig.Changed(small, object{
			"label": "second\nline", "amount": "9.5", "currency": "GBP", "execution_date_type": "first_open_day", "reference_id": "E2E-4711",
			"payer": object{"scheme_name": "iban", "identification": "DE89370400440532013000", "label": "Planted account", "issuer": "COBADEFFXXX"}, "payer_identity": person,
			"operator_identity": object{"kind": "government", "scheme_name": "incorporation_number", "identification": "Planted 1234", "org_name": "Registry"},
			"redirect_uri":      "https://shop.example.com/thanks", "redirect_state": "",
		}),
		"50 % \"off\" ${var.x} %{ if true } \\n {\"a\":1}, 1.00 EUR, open": tfconfig.Changed(small, object{
			"label": hostile, "amount": "1", "redirect_uri": "https://shop.example.com/thanks", "redirect_state": "order ${1}",
		}),
	}
}

func conomyShapes() map[string]object {
	small := vendorCases[2].with(nil)
	return map[string]object{
		"Monthly subscription, invoice-1001, 49990 CLP, open": small,
		"Workshop, order-7, 129.50 USD, open": tfconfig.Changed(small, object{
			"checkout_token": "order-7", "currency": "USD", "payment_methods_allowed": list{"CARD", "PSE"}, "duration": 3600,
			"items": list{
				object{"pre_tax_amount": "100.00", "total_amount": "119.00", "description": "Workshop", "tax": object{"name": "IVA", "type": "PERCENTAGE", "value": "19", "amount": "19.00"}},
				object{"pre_tax_amount": "9.50", "total_amount": "10.50", "description": "Handbook", "tax": object{"name": "Levy", "type": "FIXED", "value": "1.00", "amount": "1.00"}},
			},
			"customer": object{"first_name": "Planted", "email": "planted@example.com", "address": object{"street": "Planted", "country": "COL"}},
			"destinations": list{
				object{"name": "shop", "external_id": "dest-1", "amount": "100.00", "account": object{"account_number": "111", "type": "CHECKING", "currency": "USD", "account_holder": "Shop SAS"},
					"metadata": object{"image": "https://shop.example/logo.png", "description": "The shop", "category": "books"}},
				object{"amount": "29.50", "account": object{"account_number": "222"}},
			},
			"customer_requirements": list{"firstName", "email"}, "success_url": "https://shop.example/thanks", "failed_url": "https://shop.example/sorry",
			"owner": object{"identity_id": "65f1a7c2e4b0d81f3a9c7e21", "entity_type": "ORGANIZATION"}, "activate": true,
		}),
		"50 % \"off\" ${var.x} %{ if true } \\n {\"a\":1}, t-3, 10 CLP, open": tfconfig.Changed(small, object{
			"checkout_token": "t-3", "items": list{object{"pre_tax_amount": "10", "total_amount": "10", "description": hostile}}, "destinations.0.amount": "10",
		}),
	}
}

func gigsShapes() map[string]object {
	small := vendorCases[3].with(nil)
	return map[string]object{
		"inv_0SNlurA049MEWV1QTRqvd18YuG25, open": small,
		"inv_0SNlurA049MEWV1QTRqvd18YuG27, open": tfconfig.Changed(small, object{
			"invoice": "inv_0SNlurA049MEWV1QTRqvd18YuG27", "ebanx.redirect_url": "https://example.com/thanks/${1}/",
		}),
	}
}

// eachList runs a test for every vendor.
func eachList(t *testing.T, test func(*testing.T, listCase)) {
	t.Parallel()
	for _, c := range listCases() {
		t.Run(c.vendor, func(t *testing.T) {
			t.Parallel()
			test(t, c)
		})
	}
}

// turn sets switches of the vendor's sandbox.
func (c listCase) turn(t *testing.T, e *acctest.VendorSandbox, switches string) {
	t.Helper()
	set := map[string]func([]byte) error{"conomy": e.Conomy.SetSwitches, "gigs": e.Gigs.SetSwitches, "powens": e.Powens.SetSwitches, "qonto": e.Qonto.SetSwitches}
	if err := set[c.vendor]([]byte(switches)); err != nil {
		t.Fatal(err)
	}
}

// stock seeds n links that differ from the vendor's example in what makes them another link, and returns their ids.
func (c listCase) stock(t testing.TB, e *acctest.VendorSandbox, n int) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "cmd", "demo", "testdata", c.vendor+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var links []object
	var ids []string
	for i := range n {
		link := object{}
		if err := json.Unmarshal(text, &link); err != nil {
			t.Fatal(err)
		}
		switch c.vendor {
		case "conomy":
			link["id"], link["checkoutToken"], link["createdAt"] = fmt.Sprintf("65f0c0ffee65f0c0ffee%04x", i), fmt.Sprintf("order-%04d", i), fmt.Sprintf("2026-11-05T%02d:%02d:%02d.000Z", i/3600, i/60%60, i%60)
		case "gigs":
			link["id"], link["invoice"] = fmt.Sprintf("pml_0SNlurA049MEWV1x2CfC8u8i%04d", i), fmt.Sprintf("inv_0SNlurA049MEWV1QTRqvd18Y%04d", i)
		default:
			link["id"] = fmt.Sprintf("3c90c3cc-0d44-4b50-8888-8dd25736%04x", i)
		}
		links, ids = append(links, link), append(ids, link["id"].(string))
	}
	data, err := json.Marshal(links)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Seed(c.vendor, data); err != nil {
		t.Fatal(err)
	}
	return ids
}
