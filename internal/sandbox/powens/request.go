package powens

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// maxCap is what sandbox domains take at most, in EUR (contract 8.21).
var maxCap = decimal.NewFromInt(10)

// numberForm bounds what is taken for an amount: no exponent, no more digits than a bank would hold.
var numberForm = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,15})?$`)

// minorUnits are the decimals of currencies that do not have two; the others are taken to have two (contract 8.20, own choice).
var minorUnits = map[string]int32{"JPY": 0, "KRW": 0, "ISK": 0, "CLP": 0, "XAF": 0, "XOF": 0, "BHD": 3, "KWD": 3, "TND": 3}

var currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)

// request is the body of a create while it is read.
type request struct {
	*requestErrors
	sw Switches
}

// readRequest reads the body of a create (contract 2.2). Unknown keys are refused, unless a switch says otherwise
// (contract 8.27).
func (s *Server) readRequest(call *vendorapi.Call) (*Link, *requestErrors) {
	r := request{&requestErrors{}, s.Switch}
	o := strictjson.Reader{Errors: r, AllowUnknown: s.Switch.AllowUnknownFields}.Parse(call.Body)
	o.Allow("reference_id", "amount", "currency", "label", "execution_date_type", "beneficiary", "beneficiary_identity", "payer",
		"payer_identity", "operator_identity", "redirect", "redirect_uri", "redirect_state")
	o.Require("amount", "currency", "label", "execution_date_type", "beneficiary", "beneficiary_identity", "payer", "payer_identity", "redirect")
	link := &Link{
		ReferenceID: o.Text("reference_id"), Currency: o.Text("currency"), Amount: o.Number("amount"), Label: o.Text("label"),
		ExecutionDateType: o.Text("execution_date_type"), Redirect: o.Bool("redirect"),
	}
	r.checkAmount(o, link)
	if link.Label == "" { // contract 8.24
		r.violate(o.At("label"), "must not be empty")
	}
	if !slices.Contains([]string{"first_open_day", "instant"}, link.ExecutionDateType) {
		r.violate(o.At("execution_date_type"), "must be first_open_day or instant")
	}
	if beneficiary := o.Object("beneficiary"); beneficiary.Found() {
		link.Beneficiary = r.readAccount(beneficiary)
	}
	if o.Kind("payer") != strictjson.KindNull {
		if payer := o.Object("payer"); payer.Found() {
			account := r.readAccount(payer)
			link.Payer = &account
		}
	}
	link.BeneficiaryIdentity = r.readIdentity(o, "beneficiary_identity")
	link.PayerIdentity = r.readIdentity(o, "payer_identity")
	link.OperatorIdentity = r.readIdentity(o, "operator_identity")
	r.readRedirect(o, link)
	return link, r.requestErrors
}

// checkAmount wants a number above zero that the currency can have (contract 8.20).
func (r request) checkAmount(o strictjson.Object, link *Link) {
	if !currencyForm.MatchString(link.Currency) || link.Currency == "QQQ" {
		r.violate(o.At("currency"), "must be an ISO 4217 code")
	}
	amount, err := decimal.NewFromString(link.Amount)
	digits, known := minorUnits[link.Currency]
	if !known {
		digits = 2
	}
	switch {
	case !numberForm.MatchString(link.Amount) || err != nil:
		r.violate(o.At("amount"), "must be a number without an exponent")
	case !amount.IsPositive():
		r.violate(o.At("amount"), "must be greater than 0")
	case !amount.Equal(amount.Truncate(digits)):
		r.violate(o.At("amount"), "has more decimals than the currency")
	case r.sw.Cap && amount.GreaterThan(maxCap):
		r.violate(o.At("amount"), "is more than a sandbox domain takes")
	}
}

// readRedirect wants both keys beside redirect, and an address that is no null (contract 8.14). Without redirect
// anything goes and is forgotten (contract 8.15).
func (r request) readRedirect(o strictjson.Object, link *Link) {
	if !link.Redirect {
		return
	}
	o.Require("redirect_uri")
	o.Require("redirect_state")
	if link.RedirectURI = o.Text("redirect_uri"); link.RedirectURI == "" {
		r.violate(o.At("redirect_uri"), "must be an address")
	}
	if o.Kind("redirect_state") != strictjson.KindNull {
		state := o.Text("redirect_state")
		link.RedirectState = &state
	}
}

// readAccount reads a PaymentAccount (contract 4.1).
func (r request) readAccount(o strictjson.Object) Account {
	o.Allow("scheme_name", "identification", "label", "issuer")
	o.Require("scheme_name", "identification", "label")
	a := Account{SchemeName: o.Text("scheme_name"), Identification: o.Text("identification"), Label: o.Text("label"), Issuer: o.Text("issuer")}
	switch {
	case a.SchemeName != "iban" && a.SchemeName != "sort_code_account_number":
		r.violate(o.At("scheme_name"), "must be iban or sort_code_account_number")
	case a.Identification == "":
		r.violate(o.At("identification"), "must not be empty")
	case a.SchemeName == "iban" && r.sw.IBAN == Strict && !isIBAN(a.Identification):
		r.violate(o.At("identification"), "is not an IBAN")
	case a.Label == "":
		r.violate(o.At("label"), "must not be empty")
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

// identityField is a field of an Identity (contract 4.2): its JSON type and, for text, the most characters (0: no limit).
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

// identitySchemes are the kinds, and the schemes that suit each (contract 4.3).
var identitySchemes = map[string][]string{
	"individual": {"national_id_number", "passport_number", "alien_reg_number"},
	"corporate":  {"siren", "incorporation_number", "euid"},
	"non_profit": {"siren", "incorporation_number", "euid", "rna"},
	"government": {"incorporation_number"},
}

// readIdentity reads an Identity; nil when it is absent. Fields of another kind are taken (contract 8.26).
func (r request) readIdentity(parent strictjson.Object, key string) Identity {
	o := parent.Object(key)
	if !o.Found() {
		return nil
	}
	o.Allow(slices.Collect(maps.Keys(identityFields))...)
	identity := Identity{}
	for _, name := range o.Keys() {
		field, known := identityFields[name]
		if !known {
			continue
		}
		identity[name] = o.Raw(name)
		switch field.kind {
		case "number":
			if number, err := decimal.NewFromString(o.Number(name)); err != nil || !number.IsInteger() || !number.IsPositive() {
				r.violate(o.At(name), "must be a positive integer")
			}
		case "boolean":
			o.Bool(name)
		default:
			if text := o.Text(name); field.most > 0 && utf8.RuneCountInString(text) > field.most {
				r.violate(o.At(name), "is too long")
			}
		}
	}
	if r.code == "" {
		r.checkKind(o)
	}
	return identity
}

// checkKind follows the matrix of kinds (contract 4.4, 8.25).
func (r request) checkKind(o strictjson.Object) {
	kind, scheme := o.Text("kind"), o.Text("scheme_name")
	if !o.Has("kind") {
		kind = "individual"
	}
	schemes, ok := identitySchemes[kind]
	needed := []string{"scheme_name", "identification"}
	if r.sw.StrictOrganisation {
		needed = append(needed, "org_name", "org_legal_status", "org_hq_address", "org_business_address")
	}
	switch {
	case !ok:
		r.violate(o.At("kind"), "must be individual, corporate, non_profit or government")
	case kind == "individual":
		needed = []string{"first_name", "last_name"}
	}
	if o.Has("identification") {
		needed = append(needed, "scheme_name")
	}
	for _, key := range needed {
		if o.Require(key) && o.Text(key) == "" {
			r.violate(o.At(key), "must not be empty")
		}
	}
	if o.Has("scheme_name") && !slices.Contains(schemes, scheme) {
		r.violate(o.At("scheme_name"), "does not suit the kind "+kind)
	}
	if _, err := time.Parse(time.DateOnly, o.Text("birth_date")); o.Has("birth_date") && err != nil {
		r.violate(o.At("birth_date"), "must be a date as YYYY-MM-DD")
	}
	if country := o.Text("birth_country"); o.Has("birth_country") && (len(country) != 2 || strings.ToUpper(country) != country) {
		r.violate(o.At("birth_country"), "must be an ISO 3166-1 alpha-2 code")
	}
}
