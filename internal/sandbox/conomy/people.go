package conomy

import (
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/exchange"
)

// Overview lists the links for the control API and for people.
func (s *Server) Overview() []exchange.Link {
	var overview []exchange.Link
	for _, l := range s.Links() {
		overview = append(overview, exchange.Link{
			Vendor: s.Name(), ID: l.ID, URL: l.URL, Status: l.Status, Payable: l.Status == Active,
			Amount: l.TotalAmount, Currency: l.Currency, CreatedAt: l.CreatedAt,
			Page: exchange.PageOf(s.Name(), l.URL), Label: l.label(), Stage: stage(l.Status), Ends: l.ends(), Deeds: deeds(l.Status),
		})
	}
	return overview
}

// label is what the items are.
func (l *Link) label() string {
	var words []string
	switch items := l.terms["items"].(type) {
	case []values:
		for _, item := range items {
			words = append(words, described(item))
		}
	case []any: // of a seed: plain JSON
		for _, item := range items {
			words = append(words, described(item))
		}
	}
	return strings.Join(words, ", ")
}

func described(item any) string {
	if object, ok := item.(values); ok {
		if text, ok := object["description"].(string); ok {
			return text
		}
	}
	return "an item"
}

// ends is when an unpaid link expires; one of a seed does not.
func (l *Link) ends() time.Time {
	if l.seeded != nil || l.Status != Attempt && l.Status != Active {
		return time.Time{}
	}
	return l.Expires
}

func stage(status string) exchange.Stage {
	switch status {
	case Attempt, Active:
		return exchange.StageOpen
	case Processing:
		return exchange.StageProcessing
	case Finished:
		return exchange.StagePaid
	case Expired:
		return exchange.StageExpired
	}
	return exchange.StageUnknown
}

// deeds follow what Act accepts. An unpaid link takes no payer before it is activated.
func deeds(status string) []exchange.Deed {
	pay := exchange.Deed{Act: "pay", Label: "Pay", Payer: true}
	fail := exchange.Deed{Act: "fail", Label: "Fail", Payer: true}
	expire := exchange.Deed{Act: "expire", Label: "Let it expire"}
	remove := exchange.Deed{Act: "delete", Label: "Delete"}
	switch status {
	case Attempt:
		return []exchange.Deed{{Act: "activate", Label: "Activate"}, expire, remove}
	case Active:
		return []exchange.Deed{pay, {Act: "process", Label: "Start paying", Payer: true}, fail, expire, remove}
	case Processing:
		return []exchange.Deed{pay, fail, remove}
	}
	return []exchange.Deed{remove}
}
