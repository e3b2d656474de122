package qonto_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestBadInput: what is certainly wrong is an error on its attribute, before any request, and touches nothing.
func TestBadInput(t *testing.T) {
	t.Parallel()
	const price, rate, gross = "items.0.unit_price.value", "items.0.vat_rate", "amount.value"
	var (
		none    = object{"potential_payment_methods": list{"credit_card"}}
		expects = func(value string) object { return basket(object{"amount": object{"value": value, "currency": "EUR"}}) }
	)
	tests := map[string]struct {
		config object
		at     string
		word   string
	}{
		"three decimals":             {basket(object{price: "10.995"}), price, "decimals"},
		"three decimals, 2nd item":   {fullBasket(object{"items.1.unit_price.value": "0.001"}), "items.1.unit_price.value", "decimals"},
		"negative price":             {basket(object{price: "-10.99"}), price, "negative"},
		"price in words":             {basket(object{price: "ten"}), price, "decimal number"},
		"price with a comma":         {basket(object{price: "10,99"}), price, "comma"},
		"price with an exponent":     {basket(object{price: "1e2"}), price, "exponent"},
		"price with a sign":          {basket(object{price: "+1"}), price, "plus"},
		"price with a blank":         {basket(object{price: " 10.99"}), price, "white space"},
		"empty price":                {basket(object{price: ""}), price, "empty"},
		"infinite price":             {basket(object{price: "Inf"}), price, "decimal number"},
		"dollars":                    {basket(object{"items.0.unit_price.currency": "USD"}), "items.0.unit_price.currency", "EUR"},
		"euros in lower case":        {basket(object{"items.0.unit_price.currency": "eur"}), "items.0.unit_price.currency", "EUR"},
		"vat_rate 101":               {basket(object{rate: "101"}), rate, "0 to 100"},
		"vat_rate 100.01":            {basket(object{rate: "100.01"}), rate, "0 to 100"},
		"vat_rate negative":          {basket(object{rate: "-1"}), rate, "0 to 100"},
		"vat_rate with percent sign": {basket(object{rate: "20%"}), rate, "decimal number"},
		"vat_rate with an exponent":  {basket(object{rate: "2e1"}), rate, "exponent"},
		"quantity 0":                 {basket(object{"items.0.quantity": 0}), "items.0.quantity", "whole number"},
		"quantity 1.5":               {basket(object{"items.0.quantity": 1.5}), "items.0.quantity", "1.5"},
		"quantity -1":                {basket(object{"items.0.quantity": -1}), "items.0.quantity", "-1"},
		"no items in the list":       {basket(object{"items": list{}}), "items", "at least 1"},
		"no methods in the set":      {basket(object{"potential_payment_methods": list{}}), "potential_payment_methods", "at least 1"},
		"empty method":               {basket(object{"potential_payment_methods": list{""}}), "potential_payment_methods.*", "at least 1"},
		"empty title":                {basket(object{"items.0.title": ""}), "items.0.title", "at least 1"},
		"nothing to pay":             {basket(object{price: "0.00"}), "items", "above zero"},
		"disagreeing amount":         {expects("13.32"), gross, "13.30"},
		"amount of whole euros":      {expects("2"), gross, "expects 2.00 EUR"},
		"amount without VAT":         {expects("10.99"), gross, "13.30"},
		"amount in dollars":          {basket(object{"amount": object{"value": "13.30", "currency": "USD"}}), "amount.currency", "EUR"},
		"amount of three decimals":   {expects("13.299"), gross, "decimals"},
		"amount of zero":             {invoice(object{gross: "0"}), gross, "greater than zero"},
		"negative amount":            {invoice(object{gross: "-5"}), gross, "greater than zero"},
		"amount in words":            {invoice(object{gross: "five"}), gross, "decimal number"},
		"amount with an exponent":    {invoice(object{gross: "1e2"}), gross, "exponent"},
		"invoice of three decimals":  {invoice(object{gross: "0.001"}), gross, "decimals"},
		"invoice in dollars":         {invoice(object{"amount.currency": "USD"}), "amount.currency", "EUR"},
		"both shapes: id":            {basket(object{"invoice_id": invoiceID}), "invoice_id", "either a basket or an invoice"},
		"both shapes: number":        {basket(object{"invoice_number": "F-1"}), "invoice_number", "either a basket or an invoice"},
		"both shapes: debitor":       {basket(object{"debitor_name": debitor}), "debitor_name", "either a basket or an invoice"},
		"neither shape":              {none, "items", "`items`"},
		"neither shape, reusable":    {tfconfig.Changed(none, object{"reusable": true}), "items", "`items`"},
		"neither shape, amount":      {tfconfig.Changed(none, object{"amount": object{"value": "5", "currency": "EUR"}}), "items", "`items`"},
		"no invoice id":              {invoice(object{"invoice_id": nil}), "invoice_id", "missing"},
		"empty invoice id":           {invoice(object{"invoice_id": ""}), "invoice_id", "at least 1"},
		"no invoice number":          {invoice(object{"invoice_number": nil}), "invoice_number", "missing"},
		"empty invoice number":       {invoice(object{"invoice_number": ""}), "invoice_number", "at least 1"},
		"no invoice amount":          {invoice(object{"amount": nil}), "amount", "missing"},
		"no amount value":            {invoice(object{gross: nil}), gross, "missing"},
		"no amount currency":         {invoice(object{"amount.currency": nil}), "amount.currency", "missing"},
		"no debitor":                 {invoice(object{"debitor_name": nil}), "debitor_name", "debitor_name"},
		"empty debitor":              {invoice(object{"debitor_name": ""}), "debitor_name", "debitor_name"},
		"reusable missing":           {basket(object{"reusable": nil}), "reusable", "reusable"},
		"reusable invoice":           {invoice(object{"reusable": true}), "reusable", "single payment"},
		"unknown on_destroy":         {basket(object{"on_destroy": "delete"}), "on_destroy", "revoke"},
		"unknown replace_when":       {basket(object{"replace_when": list{"open"}}), "replace_when.*", "revoked"},
		"id written":                 {basket(object{"id": invoiceID}), "id", "read-only"},
		"status written":             {basket(object{"status": "open"}), "status", "read-only"},
	}
	b := newBench(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			diags := b.Record(b.Server.Validate(typeName, test.config))
			if !diags.HasError() {
				diags = b.Plan(protocoltest.State{}, test.config).Diagnostics
			}
			if len(diags.Errors()) != 1 {
				t.Errorf("%d errors, want one: %s", len(diags.Errors()), diags)
			}
			b.Subtest(t).RequireErrors(diags, test.at, test.word)
		})
	}
	b.RequireCalls()
}

// TestBadInputOverALink: the same errors where a link exists leave it and the state as they are.
func TestBadInputOverALink(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(basket())
	before := state.Raw.Copy()
	b.ResetCalls()
	after, _, diags := b.ApplyConfig(state, basket(object{"items.0.unit_price.value": "10.995"}))
	b.RequireErrors(diags, "items.0.unit_price.value", "10.995")
	if !after.Raw.Equal(before) {
		t.Errorf("the state has changed to %s", after.Raw)
	}
	b.RequireCalls()
	b.RequirePayable(1)
	b.RequireNoDrift(after, basket())
}

// TestFractionWarning: 0.20 is most likely meant as 20 %, but 0.9 % does exist.
func TestFractionWarning(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for rate, warned := range map[string]bool{"0.20": true, "0.9": true, "0.001": true, "0": false, "0.00": false, "1": false, "20": false, "100": false} {
		config := basket(object{"items.0.vat_rate": rate})
		diags := b.Record(b.Server.Validate(typeName, config))
		if diags.HasError() || (len(diags.Warnings()) == 1) != warned || len(diags.ForAttribute("items.0.vat_rate")) != len(diags) {
			t.Errorf("vat_rate %s: %s", rate, diags)
		}
	}
	diags := b.Server.Validate(typeName, basket(object{"items.0.vat_rate": "0.20"}))
	b.RequireText(diags, "20", "%")
	b.RequireCalls()
	state, _, diags := b.ApplyConfig(protocoltest.State{}, basket(object{"items.0.vat_rate": "0.9"}))
	if diags.HasError() || state.Text("items.0.vat_rate") != "0.9" {
		t.Errorf("0.9 %% cannot be had: %s", diags)
	}
}

// TestGoodInput at the edges of what is refused.
func TestGoodInput(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, config := range map[string]object{
		"zeros after two decimals": basket(object{"items.0.unit_price.value": "10.9900"}),
		"vat_rate 0":               basket(object{"items.0.vat_rate": "0"}),
		"vat_rate 100":             basket(object{"items.0.vat_rate": "100"}),
		"one free item of two":     fullBasket(object{"items.1.unit_price.value": "0"}),
		"a cent":                   basket(object{"items.0.unit_price.value": "0.01", "items.0.vat_rate": "0"}),
		"amount rounded down":      basket(object{"amount": object{"value": "13.30", "currency": "EUR"}}),
		"a long title":             basket(object{"items.0.title": strings.Repeat("é", 255)}),
		"a large quantity":         basket(object{"items.0.quantity": 1000000}),
		"an undocumented type":     basket(object{"items.0.type": "voucher"}),
		"an undocumented method":   basket(object{"potential_payment_methods": list{"bank_transfer"}}),
		"empty debitor in basket":  basket(object{"debitor_name": ""}),
	} {
		if diags := b.Record(b.Server.Validate(typeName, config)); len(diags) > 0 {
			t.Errorf("%s: %s", name, diags)
		}
		if plan := b.Plan(protocoltest.State{}, config); len(plan.Diagnostics) > 0 {
			t.Errorf("%s: %s", name, plan.Diagnostics)
		}
	}
	b.RequireCalls()
}

// TestImportIDs that cannot be a link's never reach an address.
func TestImportIDs(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	const uuid = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
	for _, id := range []string{
		"a/b", "/", "..", ".", "../connections", uuid + "/..", uuid + "/deactivate", uuid + "?status=open", uuid + "#x", uuid + "%2f..",
		" " + uuid, uuid + "\n", "not-a-uuid", "connections", "payment_methods", uuid[:35], uuid + "0", "{" + uuid + "}", `a\b`,
	} {
		state, diags := b.ImportByID(id)
		b.RequireErrors(diags, "id", "does not name a link")
		if state.Exists() {
			t.Errorf("%q: a state came of it", id)
		}
	}
	b.RequireCalls()
	for _, id := range []string{uuid, strings.ToUpper(uuid)} { // well formed, but nobody's
		state, diags := b.ImportByID(id)
		b.RequireErrors(diags, "", "404", id)
		if state.Exists() {
			t.Errorf("%q: a state came of it", id)
		}
	}
	b.RequireCalls("get", "get")
}
