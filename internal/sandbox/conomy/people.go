package conomy

import (
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Overview lists the links for the control API and for people.
func (s *Server) Overview() []vendorapi.Link {
	var overview []vendorapi.Link
	for _, l := range s.Links() {
		overview = append(overview, vendorapi.Link{
			Vendor: s.Name(), ID: l.ID, URL: l.URL, Status: l.Status, Payable: l.Status == Active,
			Amount: l.TotalAmount, Currency: l.Currency, CreatedAt: l.CreatedAt,
			Page: vendorapi.PageOf(s.Name(), l.URL), Label: l.label(), Stage: stage(l.Status), Ends: l.ends(), Deeds: deeds(l.Status),
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

func stage(status string) vendorapi.Stage {
	switch status {
	case Attempt, Active:
		return vendorapi.StageOpen
	case Processing:
		return vendorapi.StageProcessing
	case Finished:
		return vendorapi.StagePaid
	case Expired:
		return vendorapi.StageExpired
	}
	return vendorapi.StageUnknown
}

// deeds follow what Act accepts. An unpaid link takes no payer before it is activated.
func deeds(status string) []vendorapi.Deed {
	pay := vendorapi.Deed{Act: "pay", Label: "Pay", Payer: true}
	fail := vendorapi.Deed{Act: "fail", Label: "Fail", Payer: true}
	expire := vendorapi.Deed{Act: "expire", Label: "Let it expire"}
	remove := vendorapi.Deed{Act: "delete", Label: "Delete"}
	switch status {
	case Attempt:
		return []vendorapi.Deed{{Act: "activate", Label: "Activate"}, expire, remove}
	case Active:
		return []vendorapi.Deed{pay, {Act: "process", Label: "Start paying", Payer: true}, fail, expire, remove}
	case Processing:
		return []vendorapi.Deed{pay, fail, remove}
	}
	return []vendorapi.Deed{remove}
}
