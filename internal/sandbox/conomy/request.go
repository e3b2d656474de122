package conomy

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// minDuration is in seconds; no maximum is stated (contract 8.19).
const minDuration = 30

// tokenForm: URL-safe, not empty, of any length (contract 8.7).
var tokenForm = regexp.MustCompile(`^[A-Za-z0-9._~-]+$`)

// readRequest reads and checks the body of a create.
func (s *Server) readRequest(call *vendorapi.Call) (*Link, *requestErrors) {
	e := &requestErrors{}
	body := strictjson.Reader{Errors: e}.Parse(call.Body)
	if e.code != "" {
		return nil, e
	}
	r := fieldReader{e, s.Switch.StrictUnknownFields}
	terms := r.read(body, linkFields(s.Switch), false)
	if e.code != "" {
		return nil, e
	}
	link := &Link{terms: terms}
	link.CheckoutToken, link.Currency = link.at("checkoutToken"), link.at("currency")
	if !tokenForm.MatchString(link.CheckoutToken) {
		e.fail(codeInvalid, "checkoutToken must not be empty and must be URL-safe")
	}
	if link.Currency == "" {
		e.fail(codeInvalid, "currency must not be empty")
	}
	if n, ok := terms["duration"].(json.Number); ok {
		if seconds, err := n.Int64(); err != nil || seconds < minDuration {
			e.fail(codeInvalid, fmt.Sprintf("duration must be at least %d", minDuration))
		}
	}
	if s.Switch.StrictURLs {
		e.checkURL(link, "successUrl")
		e.checkURL(link, "failedUrl")
	}
	s.checkSums(e, link)
	return link, e
}

func (e *requestErrors) checkURL(link *Link, name string) {
	if _, there := link.terms[name]; !there {
		return
	}
	if u, err := url.Parse(link.at(name)); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		e.fail(codeInvalid, name+" must be an absolute URL")
	}
}

// checkSums: an item's total is its pre-tax amount plus its tax, the destinations' is the link's (contract 8.11).
func (s *Server) checkSums(e *requestErrors, link *Link) {
	items, _ := link.terms["items"].([]values)
	for i, item := range items {
		expected := number(item["preTaxAmount"])
		if tax, ok := item["tax"].(values); ok {
			expected = expected.Add(number(tax["amount"]))
		}
		if !s.Switch.LaxItems && !number(item["totalAmount"]).Equal(expected) {
			e.fail(codeInvalid, fmt.Sprintf("items.%d.totalAmount must be preTaxAmount plus tax.amount", i))
		}
	}
	total := sum(items, "totalAmount")
	link.preTaxAmount, link.TotalAmount = shown(sum(items, "preTaxAmount")), shown(total)
	if !s.Switch.LaxDestinations && !sum(link.destinations(), "amount").Equal(total) {
		e.fail(codeInvalid, "the amounts of the destinations must add up to the total of the items")
	}
}

// fieldReader reads objects by a table of their fields.
type fieldReader struct {
	*requestErrors
	strict bool // unknown fields are refused everywhere
}

// read checks an object and keeps the fields that are known.
func (r fieldReader) read(o strictjson.Object, fields []field, closed bool) values {
	out := values{}
	var names []string
	for _, f := range fields {
		names = append(names, f.name)
		switch kind := o.Kind(f.name); {
		case kind == strictjson.KindAbsent:
			if f.required {
				o.Require(f.name)
			}
		case kind != strictjson.KindNull:
			out[f.name] = r.value(o, f.name, f)
		case !f.nullable:
			r.fail(codeInvalid, o.At(f.name).String()+" must not be null")
		}
	}
	if closed || r.strict {
		o.Allow(names...)
	}
	return out
}

// value reads what stands under a key.
func (r fieldReader) value(o strictjson.Object, key string, f field) any {
	at := o.At(key).String()
	if o.Kind(key) != jsonKinds[f.kind] {
		r.fail(codeInvalid, fmt.Sprintf("%s must be of type %s", at, f.kind))
		return nil
	}
	switch f.kind {
	case text:
		return r.text(at, o.Text(key), f)
	case object:
		return r.read(o.Object(key), f.of, f.closed)
	case integer:
		n := json.Number(o.Number(key))
		if _, err := n.Int64(); err != nil {
			r.fail(codeInvalid, fmt.Sprintf("%s must be of type %s", at, f.kind))
		}
		return n
	}
	array, indices := o.Array(key)
	if len(indices) < f.least {
		r.fail(codeInvalid, fmt.Sprintf("%s must have at least %d elements", at, f.least))
	}
	if f.kind == texts {
		out := []string{}
		for _, index := range indices {
			s, _ := r.value(array, index, field{kind: text, enum: f.enum}).(string)
			out = append(out, s)
		}
		return out
	}
	out := []values{}
	for _, index := range indices {
		element, _ := r.value(array, index, field{kind: object, of: f.of, closed: f.closed}).(values)
		out = append(out, element)
	}
	return out
}

func (r fieldReader) text(at, s string, f field) string {
	if f.enum != nil && !slices.Contains(f.enum, s) {
		r.fail(codeInvalid, fmt.Sprintf("%s: %q is not one of the allowed values", at, s))
	}
	if f.amount && !isAmount(s) {
		r.fail(codeInvalid, at+" must be a decimal number as text")
	}
	return s
}

// taken tells whether a checkout token is not free (contract 8.7 and 8.8).
func (s *Server) taken(token string) bool {
	if s.Switch.DuplicateTokens {
		return false
	}
	for link := range s.All() {
		if link.CheckoutToken == token {
			return true
		}
	}
	return s.Switch.KeepTokens && s.used[token]
}

// validationReply refuses a body.
func (s *Server) validationReply(e *requestErrors) (vendorapi.Reply, bool) {
	if e.code == "" {
		return vendorapi.Reply{}, false
	}
	return s.refuse(http.StatusBadRequest, e.code, e.detail), true
}
