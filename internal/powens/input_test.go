package powens_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestBadInput: what is certainly wrong is an error on its attribute, before any request, and touches nothing.
func TestBadInput(t *testing.T) {
	t.Parallel()
	payer := object{"scheme_name": "iban", "identification": germanIBAN, "label": "Planted"}
	withPayer := func(changes ...object) object { return tfconfig.Changed(small(object{"payer": payer}), changes...) }
	tests := map[string]struct {
		config object
		at     string
		word   string
	}{
		"three decimals":           {small(object{"amount": "50.901"}), "amount", "decimals"},
		"decimals in JPY":          {small(object{"amount": "50.90", "currency": "JPY"}), "amount", "whole units"},
		"zero":                     {small(object{"amount": "0.00"}), "amount", "greater than zero"},
		"negative":                 {small(object{"amount": "-1"}), "amount", "greater than zero"},
		"in words":                 {small(object{"amount": "ten"}), "amount", "decimal number"},
		"with a comma":             {small(object{"amount": "50,90"}), "amount", "comma"},
		"with an exponent":         {small(object{"amount": "1e2"}), "amount", "exponent"},
		"empty amount":             {small(object{"amount": ""}), "amount", "empty"},
		"currency QQQ":             {small(object{"currency": "QQQ"}), "currency", "ISO 4217"},
		"currency in lower case":   {small(object{"currency": "eur"}), "currency", "upper case"},
		"empty label":              {small(object{"label": ""}), "label", "at least 1"},
		"another execution":        {small(object{"execution_date_type": "deferred"}), "execution_date_type", "first_open_day"},
		"a BBAN":                   {small(object{"beneficiary.scheme_name": "bban"}), "beneficiary.scheme_name", "iban"},
		"no number":                {small(object{"beneficiary.identification": ""}), "beneficiary.identification", "at least 1"},
		"no beneficiary label":     {small(object{"beneficiary.label": ""}), "beneficiary.label", "at least 1"},
		"payer: another scheme":    {withPayer(object{"payer.scheme_name": "IBAN"}), "payer.scheme_name", "iban"},
		"payer: no number":         {withPayer(object{"payer.identification": nil}), "payer.identification", "payer"},
		"payer: empty number":      {withPayer(object{"payer.identification": ""}), "payer.identification", "payer"},
		"payer: no label":          {withPayer(object{"payer.label": nil}), "payer.label", "payer"},
		"redirect without a URI":   {small(object{"redirect": true}), "redirect_uri", "`redirect_uri`"},
		"redirect with empty URI":  {small(object{"redirect": true, "redirect_uri": "", "redirect_state": "x"}), "redirect_uri", "`redirect_uri`"},
		"redirect without a state": {redirecting(object{"redirect_state": nil}), "redirect_state", "redirect_state"},
		"a URI switched off":       {small(object{"redirect": false, "redirect_uri": "https://shop.example.com"}), "redirect_uri", "redirect"},
		"a state switched off":     {small(object{"redirect": false, "redirect_state": "x"}), "redirect_state", "redirect"},
		"a state alone":            {small(object{"redirect_state": "x"}), "redirect_state", "redirect_uri"},
		"no address":               {redirecting(object{"redirect_uri": "shop.example.com/thanks"}), "redirect_uri", "URL"},
		"a broken address":         {redirecting(object{"redirect_uri": "https://shop.example.com/%zz"}), "redirect_uri", "URL"},

		"another kind":                  {small(object{"payer_identity.kind": "person"}), "payer_identity.kind", "corporate"},
		"individual without first name": {small(object{"payer_identity.first_name": nil}), "payer_identity.first_name", "individual"},
		"individual with empty name":    {small(object{"payer_identity.last_name": ""}), "payer_identity.last_name", "individual"},
		"operator without a last name":  {small(object{"operator_identity": object{"first_name": "Planted"}}), "operator_identity.last_name", "individual"},
		"organisation without scheme":   {small(object{"beneficiary_identity.scheme_name": nil}), "beneficiary_identity.scheme_name", "organisation"},
		"organisation without number":   {small(object{"beneficiary_identity.identification": nil}), "beneficiary_identity.identification", "organisation"},
		"government without number":     {small(object{"payer_identity": object{"kind": "government", "scheme_name": "incorporation_number"}}), "payer_identity.identification", "organisation"},
		"a number without scheme":       {small(object{"payer_identity.identification": "12AB34567"}), "payer_identity.scheme_name", "identification"},
		"a scheme nobody knows":         {small(object{"beneficiary_identity.scheme_name": "Verborgen"}), "beneficiary_identity.scheme_name", "rna"},
		"a scheme in capitals":          {small(object{"beneficiary_identity.scheme_name": "SIREN"}), "beneficiary_identity.scheme_name", "siren"},
		"a company's rna":               {small(object{"beneficiary_identity.scheme_name": "rna"}), "beneficiary_identity.scheme_name", "corporate"},
		"a government's siren":          {small(object{"beneficiary_identity.kind": "government"}), "beneficiary_identity.scheme_name", "government"},
		"an individual's siren":         {small(object{"payer_identity.scheme_name": "siren", "payer_identity.identification": siren}), "payer_identity.scheme_name", "individual"},
		"a company's passport":          {small(object{"beneficiary_identity.scheme_name": "passport_number"}), "beneficiary_identity.scheme_name", "corporate"},
		"birth date in words":           {full(object{"payer_identity.birth_date": "Planted"}), "payer_identity.birth_date", "YYYY-MM-DD"},
		"birth date without a day":      {full(object{"payer_identity.birth_date": "1990-12"}), "payer_identity.birth_date", "YYYY-MM-DD"},
		"the 31st of June":              {full(object{"operator_identity.birth_date": "1990-06-31"}), "operator_identity.birth_date", "YYYY-MM-DD"},
		"country by name":               {full(object{"payer_identity.birth_country": "Verborgen"}), "payer_identity.birth_country", "two capital letters"},
		"country in lower case":         {full(object{"payer_identity.birth_country": "fr"}), "payer_identity.birth_country", "two capital letters"},
		"user 0":                        {full(object{"payer_identity.id_user": 0}), "payer_identity.id_user", "whole number"},
		"user 1.5":                      {full(object{"payer_identity.id_user": 1.5}), "payer_identity.id_user", "1.5"},
		"long first name":               {full(object{"payer_identity.first_name": strings.Repeat("é", 256)}), "payer_identity.first_name", "at most 255"},
		"long reference of one's own":   {full(object{"payer_identity.external_ref": strings.Repeat("é", 256)}), "payer_identity.external_ref", "at most 255"},
		"long address":                  {full(object{"beneficiary_identity.postal_address": strings.Repeat("é", 513)}), "beneficiary_identity.postal_address", "at most 512"},
		"long legal status":             {full(object{"beneficiary_identity.org_legal_status": strings.Repeat("é", 129)}), "beneficiary_identity.org_legal_status", "at most 128"},
		"unknown on_destroy":            {small(object{"on_destroy": "delete"}), "on_destroy", "revoke"},
		"unknown replace_when":          {small(object{"replace_when": list{"open"}}), "replace_when.*", "revoked"},
		"id written":                    {small(object{"id": "3c90c3cc-0d44-4b50-8888-8dd25736052a"}), "id", "read-only"},
		"attempt_state written":         {small(object{"attempt_state": "done"}), "attempt_state", "read-only"},
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
	if n := len(b.Sandbox.Requests()); n > 0 {
		t.Errorf("%d requests", n)
	}
}

// TestBadInputOverALink: the same errors where a link exists leave it and the state as they are.
func TestBadInputOverALink(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	before := state.Raw.Copy()
	b.ResetCalls()
	after, _, diags := b.ApplyConfig(state, small(object{"amount": "50.905"}))
	b.RequireErrors(diags, "amount", "50.905")
	if !after.Raw.Equal(before) {
		t.Errorf("the state has changed to %s", after.Raw)
	}
	b.RequireCalls()
	b.RequirePayable(1)
	b.RequireNoDrift(after, small())
}

// TestGoodInput at the edges of what is refused.
func TestGoodInput(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	configs := map[string]object{
		"the least":             small(object{"amount": "0.01"}),
		"much":                  small(object{"amount": "999999999.99"}),
		"yen":                   small(object{"amount": "1.000", "currency": "JPY"}),
		"dinars":                small(object{"amount": "1.234", "currency": "KWD"}),
		"a number of an app":    redirecting(object{"redirect_uri": "myshop://thanks"}),
		"without a luhn digit":  small(object{"beneficiary_identity.identification": "012345678"}), // the vendor's own sample (4.2)
		"long names":            full(object{"payer_identity.first_name": strings.Repeat("é", 255), "payer_identity.postal_address": strings.Repeat("é", 512)}),
		"a name on a company":   small(object{"beneficiary_identity.first_name": "Planted"}),
		"a passport":            small(object{"payer_identity.scheme_name": "passport_number", "payer_identity.identification": "12AB34567"}),
		"a number of one's own": small(object{"beneficiary.scheme_name": "sort_code_account_number", "beneficiary.identification": "20-00-00 55779911"}),
	}
	for kind, schemes := range map[string][]string{
		"corporate": {"siren", "incorporation_number", "euid"}, "non_profit": {"siren", "incorporation_number", "euid", "rna"}, "government": {"incorporation_number"},
		"individual": {"national_id_number", "passport_number", "alien_reg_number"},
	} {
		for _, scheme := range schemes {
			configs[kind+" "+scheme] = full(object{"payer_identity.kind": kind, "payer_identity.scheme_name": scheme})
		}
	}
	for name, config := range configs {
		if diags := b.Record(b.Server.Validate(typeName, config)); len(diags) > 0 {
			t.Errorf("%s: %s", name, diags)
		}
		if plan := b.Plan(protocoltest.State{}, config); len(plan.Diagnostics) > 0 {
			t.Errorf("%s: %s", name, plan.Diagnostics)
		}
	}
	b.RequireCalls()
}

// TestIBANWarning: what is no IBAN is asked about and not refused, and the number is not repeated (row 22).
func TestIBANWarning(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for number, warned := range map[string]bool{
		frenchIBAN: false, germanIBAN: false, "GB29NWBK60161331926819": false, "NO9386011117947": false, "MT84MALT011000012345MTLCAST001S": false,
		"FR1420041010050500013M02607": true, "FR14 2004 1010 0505 0001 3M02 606": true, "fr1420041010050500013m02606": true,
		"FR76XXXXXXXXXXXXXXX": true, "1234": true, "FR14": true, "DE88370400440532013000": true,
	} {
		for _, account := range []string{"beneficiary", "payer"} {
			config := small(object{account: object{"scheme_name": "iban", "identification": number, "label": "X"}})
			diags := b.Record(b.Server.Validate(typeName, config))
			if diags.HasError() || (len(diags.Warnings()) == 1) != warned || len(diags.ForAttribute(account+".identification")) != len(diags) {
				t.Errorf("%s %s: %s", account, number, diags)
			}
			if strings.Contains(diags.String(), number) {
				t.Errorf("the number is repeated: %s", diags)
			}
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
		"a/b", "/", "..", ".", "../payments", uuid + "/..", uuid + ":revoke", uuid + "?all", uuid + "#x", uuid + "%2f..",
		" " + uuid, uuid + "\n", "not-a-uuid", uuid[:35], uuid + "0", "{" + uuid + "}", `a\b`,
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
