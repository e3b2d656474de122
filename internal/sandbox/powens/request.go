package powens

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// maxCap is what sandbox domains take at most, in EUR (row 21).
var maxCap = decimal.NewFromInt(10)

// numberForm bounds what is taken for an amount: no exponent, no more digits than a bank would hold.
var numberForm = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,15})?$`)

// minorUnits are the decimals of currencies that do not have two; the others are taken to have two (row 20, own choice).
var minorUnits = map[string]int32{"JPY": 0, "KRW": 0, "ISK": 0, "CLP": 0, "XAF": 0, "XOF": 0, "BHD": 3, "KWD": 3, "TND": 3}

var currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)

// request reads the body of a create (2.2).
func (s *Server) request(b *body, data []byte) *Link {
	o := b.parse(data)
	o.allow("reference_id", "amount", "currency", "label", "execution_date_type", "beneficiary", "beneficiary_identity", "payer",
		"payer_identity", "operator_identity", "redirect", "redirect_uri", "redirect_state")
	for _, key := range []string{
		"amount", "currency", "label", "execution_date_type", "beneficiary", "beneficiary_identity", "payer", "payer_identity", "redirect",
	} {
		o.require(key)
	}
	link := &Link{
		ReferenceID: o.text("reference_id"), Currency: o.text("currency"), Amount: o.number("amount"), Label: o.text("label"),
		ExecutionDateType: o.text("execution_date_type"), Redirect: o.flag("redirect"),
	}
	s.checkAmount(o, link)
	if link.Label == "" { // row 24
		o.violate("label", "must not be empty")
	}
	if !slices.Contains([]string{"first_open_day", "instant"}, link.ExecutionDateType) {
		o.violate("execution_date_type", "must be first_open_day or instant")
	}
	if beneficiary, ok := o.child("beneficiary", false); ok {
		link.Beneficiary = s.readAccount(beneficiary)
	}
	if payer, ok := o.child("payer", true); ok {
		account := s.readAccount(payer)
		link.Payer = &account
	}
	link.BeneficiaryIdentity = s.readIdentity(o, "beneficiary_identity")
	link.PayerIdentity = s.readIdentity(o, "payer_identity")
	link.OperatorIdentity = s.readIdentity(o, "operator_identity")
	readRedirect(o, link)
	return link
}

// checkAmount wants a number above zero that the currency can have (row 20).
func (s *Server) checkAmount(o object, link *Link) {
	if !currencyForm.MatchString(link.Currency) || link.Currency == "QQQ" {
		o.violate("currency", "must be an ISO 4217 code")
	}
	amount, err := decimal.NewFromString(link.Amount)
	digits, known := minorUnits[link.Currency]
	if !known {
		digits = 2
	}
	switch {
	case !numberForm.MatchString(link.Amount) || err != nil:
		o.violate("amount", "must be a number without an exponent")
	case !amount.IsPositive():
		o.violate("amount", "must be greater than 0")
	case !amount.Equal(amount.Truncate(digits)):
		o.violate("amount", "has more decimals than the currency")
	case s.switches.Cap && amount.GreaterThan(maxCap):
		o.violate("amount", "is more than a sandbox domain takes")
	}
}

// readRedirect wants both keys beside redirect, and an address that is no null (row 14). Without redirect anything goes
// and is forgotten (row 15).
func readRedirect(o object, link *Link) {
	if !link.Redirect {
		return
	}
	o.require("redirect_uri")
	o.require("redirect_state")
	if link.RedirectURI = o.text("redirect_uri"); link.RedirectURI == "" {
		o.violate("redirect_uri", "must be an address")
	}
	if kindOf(o.fields["redirect_state"]) != "null" {
		link.RedirectState = o.text("redirect_state")
	}
}

// readAccount reads a PaymentAccount (4.1).
func (s *Server) readAccount(o object) Account {
	o.allow("scheme_name", "identification", "label", "issuer")
	for _, key := range []string{"scheme_name", "identification", "label"} {
		o.require(key)
	}
	a := Account{SchemeName: o.text("scheme_name"), Identification: o.text("identification"), Label: o.text("label"), Issuer: o.text("issuer")}
	switch {
	case a.SchemeName != "iban" && a.SchemeName != "sort_code_account_number":
		o.violate("scheme_name", "must be iban or sort_code_account_number")
	case a.Identification == "":
		o.violate("identification", "must not be empty")
	case a.SchemeName == "iban" && s.switches.IBAN == Strict && !isIBAN(a.Identification):
		o.violate("identification", "is not an IBAN")
	case a.Label == "":
		o.violate("label", "must not be empty")
	}
	return a
}

// isIBAN checks form and check digits: modulo 97 the number, turned round and in digits, is 1.
func isIBAN(text string) bool {
	if len(text) < 15 || len(text) > 34 || strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return false
	}
	var digits strings.Builder
	for _, c := range text[4:] + text[:4] {
		if c > '9' {
			digits.WriteString(decimal.NewFromInt(int64(c - 'A' + 10)).String())
		} else {
			digits.WriteRune(c)
		}
	}
	return decimal.RequireFromString(digits.String()).Mod(decimal.NewFromInt(97)).Equal(decimal.NewFromInt(1))
}

// identityField is a field of an Identity (4.2): its JSON type and, for text, the most characters (0: no limit).
type identityField struct {
	kind      string
	most      int
	sensitive bool
}

var identityFields = map[string]identityField{
	"id_user": {"number", 0, false}, "kind": {"string", 0, false}, "external_ref": {"string", 255, false},
	"first_name": {"string", 255, true}, "last_name": {"string", 255, true}, "birth_city": {"string", 0, true},
	"birth_country": {"string", 0, true}, "birth_date": {"string", 0, true}, "nationality": {"string", 0, true},
	"postal_address": {"string", 512, true}, "email": {"string", 255, true}, "scheme_name": {"string", 0, true},
	"identification": {"string", 255, true}, "issuer": {"string", 255, true}, "ultimate_owner_text": {"string", 0, true},
	"ultimate_owner_extra_text": {"string", 0, true}, "pep": {"boolean", 0, true}, "org_name": {"string", 255, false},
	"org_legal_status": {"string", 128, false}, "org_hq_address": {"string", 512, true}, "org_business_address": {"string", 512, true},
}

// identitySchemes are the kinds, and the schemes that suit each (4.2).
var identitySchemes = map[string][]string{
	"individual": {"national_id_number", "passport_number", "alien_reg_number"},
	"corporate":  {"siren", "incorporation_number", "euid"},
	"non_profit": {"siren", "incorporation_number", "euid", "rna"},
	"government": {"incorporation_number"},
}

// readIdentity reads an Identity; nil when it is absent. Fields of another kind are taken (row 26).
func (s *Server) readIdentity(parent object, key string) Identity {
	o, ok := parent.child(key, false)
	if !ok {
		return nil
	}
	identity := Identity{}
	for _, name := range slices.Sorted(maps.Keys(o.fields)) {
		field, known := identityFields[name]
		if !known {
			if o.body.strict {
				o.violate(name, "is unknown")
			}
			continue
		}
		identity[name] = o.fields[name]
		switch field.kind {
		case "number":
			if number, err := decimal.NewFromString(o.number(name)); err != nil || !number.IsInteger() || !number.IsPositive() {
				o.violate(name, "must be a positive integer")
			}
		case "boolean":
			o.flag(name)
		default:
			if text := o.text(name); field.most > 0 && utf8.RuneCountInString(text) > field.most {
				o.violate(name, "is too long")
			}
		}
	}
	if o.body.broken == nil {
		s.checkKind(o)
	}
	return identity
}

// checkKind follows the matrix of kinds (4.2, row 25).
func (s *Server) checkKind(o object) {
	kind, scheme := o.text("kind"), o.text("scheme_name")
	if !o.has("kind") {
		kind = "individual"
	}
	schemes, ok := identitySchemes[kind]
	needed := []string{"scheme_name", "identification"}
	if s.switches.StrictOrganisation {
		needed = append(needed, "org_name", "org_legal_status", "org_hq_address", "org_business_address")
	}
	switch {
	case !ok:
		o.violate("kind", "must be individual, corporate, non_profit or government")
	case kind == "individual":
		needed = []string{"first_name", "last_name"}
	}
	if o.has("identification") {
		needed = append(needed, "scheme_name")
	}
	for _, key := range needed {
		if o.require(key) && o.text(key) == "" {
			o.violate(key, "must not be empty")
		}
	}
	if o.has("scheme_name") && !slices.Contains(schemes, scheme) {
		o.violate("scheme_name", "does not suit the kind "+kind)
	}
	if _, err := time.Parse(time.DateOnly, o.text("birth_date")); o.has("birth_date") && err != nil {
		o.violate("birth_date", "must be a date as YYYY-MM-DD")
	}
	if country := o.text("birth_country"); o.has("birth_country") && (len(country) != 2 || strings.ToUpper(country) != country) {
		o.violate("birth_country", "must be an ISO 3166-1 alpha-2 code")
	}
}

// rawText marshals a string; that never fails.
func rawText(text string) json.RawMessage {
	b, _ := json.Marshal(text)
	return b
}
