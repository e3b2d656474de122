package conomy

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// minDuration is in seconds; no maximum is stated (row 19).
const minDuration = 30

// tokenForm: URL-safe, not empty, of any length (row 7).
var tokenForm = regexp.MustCompile(`^[A-Za-z0-9._~-]+$`)

// request reads and checks the body of a create.
func (s *Server) request(data []byte) (*Link, *body) {
	b := &body{strict: s.switches.StrictUnknownFields}
	terms := b.read("", b.parse(data), linkFields(s.switches), false)
	if b.code != "" {
		return nil, b
	}
	link := &Link{terms: terms}
	link.CheckoutToken, link.Currency = link.at("checkoutToken"), link.at("currency")
	if !tokenForm.MatchString(link.CheckoutToken) {
		b.fail(codeInvalid, "checkoutToken must not be empty and must be URL-safe")
	}
	if link.Currency == "" {
		b.fail(codeInvalid, "currency must not be empty")
	}
	if n, ok := terms["duration"].(json.Number); ok {
		if seconds, err := n.Int64(); err != nil || seconds < minDuration {
			b.fail(codeInvalid, fmt.Sprintf("duration must be at least %d", minDuration))
		}
	}
	if s.switches.StrictURLs {
		b.checkURL(link, "successUrl")
		b.checkURL(link, "failedUrl")
	}
	s.checkSums(b, link)
	return link, b
}

func (b *body) checkURL(link *Link, name string) {
	if _, there := link.terms[name]; !there {
		return
	}
	if u, err := url.Parse(link.at(name)); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		b.fail(codeInvalid, name+" must be an absolute URL")
	}
}

// checkSums: an item's total is its pre-tax amount plus its tax, the destinations' is the link's (row 11).
func (s *Server) checkSums(b *body, link *Link) {
	items, _ := link.terms["items"].([]values)
	for i, item := range items {
		expected := number(item["preTaxAmount"])
		if tax, ok := item["tax"].(values); ok {
			expected = expected.Add(number(tax["amount"]))
		}
		if !s.switches.LaxItems && !number(item["totalAmount"]).Equal(expected) {
			b.fail(codeInvalid, fmt.Sprintf("items.%d.totalAmount must be preTaxAmount plus tax.amount", i))
		}
	}
	total := sum(items, "totalAmount")
	link.preTaxAmount, link.TotalAmount = shown(sum(items, "preTaxAmount")), shown(total)
	if !s.switches.LaxDestinations && !sum(link.destinations(), "amount").Equal(total) {
		b.fail(codeInvalid, "the amounts of the destinations must add up to the total of the items")
	}
}

// taken tells whether a checkout token is not free (rows 7 and 8).
func (s *Server) taken(token string) bool {
	if s.switches.DuplicateTokens {
		return false
	}
	for link := range s.links.All() {
		if link.CheckoutToken == token {
			return true
		}
	}
	return s.switches.KeepTokens && s.used[token]
}

// judge refuses a body.
func (s *Server) judge(b *body) (vendorapi.Reply, bool) {
	if b.code == "" {
		return vendorapi.Reply{}, false
	}
	return s.refuse(http.StatusBadRequest, b.code, b.detail), true
}
