package powens_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

var germanPayer = object{"scheme_name": "iban", "identification": germanIBAN, "label": "Planted"}

func withPayer(changes ...object) object {
	return tfconfig.Changed(small(object{"payer": germanPayer}), changes...)
}

var input = drivertest.Input{
	Invalid: map[string]drivertest.Expectation{
		"three decimals":          expect(small(object{"amount": "50.901"}), "amount", "decimals"),
		"decimals in JPY":         expect(small(object{"amount": "50.90", "currency": "JPY"}), "amount", "whole units"),
		"zero":                    expect(small(object{"amount": "0.00"}), "amount", "greater than zero"),
		"negative":                expect(small(object{"amount": "-1"}), "amount", "greater than zero"),
		"in words":                expect(small(object{"amount": "ten"}), "amount", "decimal number"),
		"with a comma":            expect(small(object{"amount": "50,90"}), "amount", "comma"),
		"with an exponent":        expect(small(object{"amount": "1e2"}), "amount", "exponent"),
		"empty amount":            expect(small(object{"amount": ""}), "amount", "empty"),
		"currency QQQ":            expect(small(object{"currency": "QQQ"}), "currency", "ISO 4217"),
		"currency in lower case":  expect(small(object{"currency": "eur"}), "currency", "upper-case"),
		"empty label":             expect(small(object{"label": ""}), "label", "at least 1"),
		"another execution":       expect(small(object{"execution_date_type": "deferred"}), "execution_date_type", "first_open_day"),
		"no number":               expect(small(object{"beneficiary.identification": ""}), "beneficiary.identification", "at least 1"),
		"no beneficiary label":    expect(small(object{"beneficiary.label": ""}), "beneficiary.label", "at least 1"),
		"payer: no number":        expect(withPayer(object{"payer.identification": nil}), "payer.identification", "payer"),
		"payer: empty number":     expect(withPayer(object{"payer.identification": ""}), "payer.identification", "payer"),
		"payer: no label":         expect(withPayer(object{"payer.label": nil}), "payer.label", "payer"),
		"redirect without a URI":  expect(small(object{"redirect": true}), "redirect_uri", "`redirect_uri`"),
		"redirect with empty URI": expect(small(object{"redirect": true, "redirect_uri": "", "redirect_state": "x"}), "redirect_uri", "`redirect_uri`"),
		"a URI switched off":      expect(small(object{"redirect": false, "redirect_uri": "https://shop.example.com"}), "redirect_uri", "redirect"),
		"a state switched off":    expect(small(object{"redirect": false, "redirect_state": "x"}), "redirect_state", "redirect"),
		"a state alone":           expect(small(object{"redirect_state": "x"}), "redirect_state", "redirect_uri"),
		"no address":              expect(redirecting(object{"redirect_uri": "shop.example.com/thanks"}), "redirect_uri", "URL"),
		"a broken address":        expect(redirecting(object{"redirect_uri": "https://shop.example.com/%zz"}), "redirect_uri", "URL"),

		"individual without first name": expect(small(object{"payer_identity.first_name": nil}), "payer_identity.first_name", "individual"),
		"individual with empty name":    expect(small(object{"payer_identity.last_name": ""}), "payer_identity.last_name", "individual"),
		"operator without a last name":  expect(small(object{"operator_identity": object{"first_name": "Planted"}}), "operator_identity.last_name", "individual"),
		"organisation without scheme":   expect(small(object{"beneficiary_identity.scheme_name": nil}), "beneficiary_identity.scheme_name", "organisation"),
		"organisation without number":   expect(small(object{"beneficiary_identity.identification": nil}), "beneficiary_identity.identification", "organisation"),
		"government without number":     expect(small(object{"payer_identity": object{"kind": "government", "scheme_name": "incorporation_number"}}), "payer_identity.identification", "organisation"),
		"a number without scheme":       expect(small(object{"payer_identity.identification": "12AB34567"}), "payer_identity.scheme_name", "identification"),
		"user 0":                        expect(full(object{"payer_identity.id_user": 0}), "payer_identity.id_user", "whole number"),
		"user 1.5":                      expect(full(object{"payer_identity.id_user": 1.5}), "payer_identity.id_user", "1.5"),
		"long first name":               expect(full(object{"payer_identity.first_name": strings.Repeat("é", 256)}), "payer_identity.first_name", "at most 255"),
		"long reference of one's own":   expect(full(object{"payer_identity.external_ref": strings.Repeat("é", 256)}), "payer_identity.external_ref", "at most 255"),
		"long address":                  expect(full(object{"beneficiary_identity.postal_address": strings.Repeat("é", 513)}), "beneficiary_identity.postal_address", "at most 512"),
		"long legal status":             expect(full(object{"beneficiary_identity.org_legal_status": strings.Repeat("é", 129)}), "beneficiary_identity.org_legal_status", "at most 128"),
		"unknown on_destroy":            expect(small(object{"on_destroy": "delete"}), "on_destroy", "revoke"),
		"unknown replace_when":          expect(small(object{"replace_when": list{"open"}}), "replace_when.*", "revoked"),
		"id written":                    expect(small(object{"id": "3c90c3cc-0d44-4b50-8888-8dd25736052a"}), "id", "read-only"),
		"attempt_state written":         expect(small(object{"attempt_state": "done"}), "attempt_state", "read-only"),
	},
	Doubtful: map[string]drivertest.Expectation{ // asked about, and not refused (contract 8.22, 8.38)
		"other check digits": expect(paid("FR1420041010050500013M02607"), "beneficiary.identification"), "blanks": expect(paid("FR14 2004 1010 0505 0001 3M02 606"), "beneficiary.identification"),
		"lower case": expect(paid("fr1420041010050500013m02606"), "beneficiary.identification"), "letters": expect(paid("FR76XXXXXXXXXXXXXXX"), "beneficiary.identification"),
		"a number": expect(paid("1234"), "beneficiary.identification"), "a head": expect(paid("FR14"), "beneficiary.identification"),
		"German check digits":      expect(paid("DE88370400440532013000"), "beneficiary.identification"),
		"a BBAN":                   expect(small(object{"beneficiary.scheme_name": "bban"}), "beneficiary.scheme_name", "iban"),
		"payer: another scheme":    expect(withPayer(object{"payer.scheme_name": "IBAN"}), "payer.scheme_name", "iban"),
		"another kind":             expect(small(object{"payer_identity.kind": "person"}), "payer_identity.kind", "corporate"),
		"a scheme nobody knows":    expect(small(object{"beneficiary_identity.scheme_name": "Verborgen"}), "beneficiary_identity.scheme_name", "rna"),
		"a scheme in capitals":     expect(small(object{"beneficiary_identity.scheme_name": "SIREN"}), "beneficiary_identity.scheme_name", "siren"),
		"a company's rna":          expect(small(object{"beneficiary_identity.scheme_name": "rna"}), "beneficiary_identity.scheme_name", "corporate"),
		"a government's siren":     expect(small(object{"beneficiary_identity.kind": "government"}), "beneficiary_identity.scheme_name", "government"),
		"an individual's siren":    expect(small(object{"payer_identity.scheme_name": "siren", "payer_identity.identification": siren}), "payer_identity.scheme_name", "individual"),
		"a company's passport":     expect(small(object{"beneficiary_identity.scheme_name": "passport_number"}), "beneficiary_identity.scheme_name", "corporate"),
		"birth date in words":      expect(full(object{"payer_identity.birth_date": "Planted"}), "payer_identity.birth_date", "YYYY-MM-DD"),
		"birth date without a day": expect(full(object{"payer_identity.birth_date": "1990-12"}), "payer_identity.birth_date", "YYYY-MM-DD"),
		"the 31st of June":         expect(full(object{"operator_identity.birth_date": "1990-06-31"}), "operator_identity.birth_date", "YYYY-MM-DD"),
		"country by name":          expect(full(object{"payer_identity.birth_country": "Verborgen"}), "payer_identity.birth_country", "two capital letters"),
		"country in lower case":    expect(full(object{"payer_identity.birth_country": "fr"}), "payer_identity.birth_country", "two capital letters"),
		"a URI with a query":       expect(redirecting(object{"redirect_uri": "https://shop.example.com/thanks?order=1"}), "redirect_uri", "without a query"),
		"a long reference":         expect(small(object{"reference_id": strings.Repeat("é", 32)}), "reference_id", "31 characters"),
		"a payer's":                expect(withPayer(object{"payer.identification": "FR14"}), "payer.identification"),
	},
	Valid: validInput(),
}

// paid is a link to another account.
func paid(iban string) object { return small(object{"beneficiary.identification": iban}) }

func validInput() map[string]object {
	configs := map[string]object{
		"the least":             small(object{"amount": "0.01"}),
		"much":                  small(object{"amount": "999999999.99"}),
		"a redirect alone":      redirecting(object{"redirect_state": nil}),
		"a reference":           small(object{"reference_id": strings.Repeat("é", 31)}),
		"yen":                   small(object{"amount": "1.000", "currency": "JPY"}),
		"dinars":                small(object{"amount": "1.234", "currency": "KWD"}),
		"a number of an app":    redirecting(object{"redirect_uri": "myshop://thanks"}),
		"without a luhn digit":  small(object{"beneficiary_identity.identification": "012345678"}), // the vendor's own sample (contract 4.5)
		"long names":            full(object{"payer_identity.first_name": strings.Repeat("é", 255), "payer_identity.postal_address": strings.Repeat("é", 512)}),
		"a name on a company":   small(object{"beneficiary_identity.first_name": "Planted"}),
		"a passport":            small(object{"payer_identity.scheme_name": "passport_number", "payer_identity.identification": "12AB34567"}),
		"a number of one's own": small(object{"beneficiary.scheme_name": "sort_code_account_number", "beneficiary.identification": "20-00-00 55779911"}),
		"an IBAN of Germany":    paid(germanIBAN), "of Britain": paid("GB29NWBK60161331926819"), "of Norway": paid("NO9386011117947"), "of Malta": paid("MT84MALT011000012345MTLCAST001S"),
		"a payer's IBAN": withPayer(),
	}
	for kind, schemes := range map[string][]string{
		"corporate": {"siren", "incorporation_number", "euid"}, "non_profit": {"siren", "incorporation_number", "euid", "rna"}, "government": {"incorporation_number"},
		"individual": {"national_id_number", "passport_number", "alien_reg_number"},
	} {
		for _, scheme := range schemes {
			configs[kind+" "+scheme] = full(object{"payer_identity.kind": kind, "payer_identity.scheme_name": scheme})
		}
	}
	return configs
}

// An account number that is asked about is not repeated.
func TestIBANIsNotRepeated(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	for _, want := range input.Doubtful {
		number := tfconfig.Lookup(want.Config, want.Attribute).(string)
		if !strings.HasSuffix(want.Attribute, ".identification") {
			continue
		}
		if diags := f.Validate(want.Config); strings.Contains(diags.String(), number) {
			t.Errorf("%s: %s", number, diags)
		}
	}
}
