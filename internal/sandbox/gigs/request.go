package gigs

import (
	"regexp"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// taxForm is that of a CPF or a CNPJ.
var taxForm = regexp.MustCompile(`^(\d{11}|\d{3}\.\d{3}\.\d{3}-\d{2}|[0-9A-Z]{12}\d{2}|[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}/[0-9A-Z]{4}-\d{2})$`)

// readRequest reads the body of a create. It rejects rather than repairs (contract 8.3 and 8.2.8.5), and reports all
// that is wrong.
func readRequest(call *vendorapi.Call) (*Link, vendorapi.Reply, bool) {
	e := &requestErrors{}
	top := strictjson.Reader{Errors: e}.Parse(call.Body)
	top.Allow("ebanx", "invoice", "type")
	link := &Link{Invoice: e.text(top, "invoice"), Type: e.text(top, "type")}
	if link.Type != "" && link.Type != ebanx {
		e.violate(top.At("type"), codeInvalid, "Must be ebanx") // contract 8.20
	}
	if details := child(top, "ebanx"); details.Found() {
		details.Allow("redirectUrl", "user")
		link.RedirectURL = details.OptionalText("redirectUrl") // null is refused, anything else is echoed (contract 8.4)
		if user := child(details, "user"); user.Found() {
			user.Allow("email", "fullName", "taxNumber")
			link.User = User{FullName: e.text(user, "fullName"), Email: e.text(user, "email"), TaxNumber: e.text(user, "taxNumber")}
			if tax := link.User.TaxNumber; tax != "" && !taxForm.MatchString(tax) {
				e.violate(user.At("taxNumber"), codeInvalid, "Must be a CPF or a CNPJ, with or without punctuation") // contract 8.3
			}
		}
	}
	refusal, refused := e.reply()
	return link, refusal, refused
}

// text is a string that must be there and not empty.
func (e *requestErrors) text(o strictjson.Object, key string) string {
	if !o.Require(key) {
		return ""
	}
	text := o.OptionalText(key)
	if text == nil {
		return ""
	}
	if *text == "" {
		e.violate(o.At(key), codeInvalid, "Must not be empty")
	}
	return *text
}

// child is an object that must be there.
func child(o strictjson.Object, key string) strictjson.Object {
	o.Require(key)
	return o.Object(key)
}

// validCPF checks the two check digits: each is the weighted sum of the digits before it, times ten, modulo eleven.
func validCPF(text string) bool {
	var d []int
	for _, c := range text {
		if c >= '0' && c <= '9' {
			d = append(d, int(c-'0'))
		}
	}
	if len(d) != 11 {
		return false
	}
	for n := 9; n < 11; n++ {
		sum := 0
		for i := range n {
			sum += d[i] * (n + 1 - i)
		}
		if sum*10%11%10 != d[n] {
			return false
		}
	}
	return true
}
