package qonto

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
			Vendor: s.Name(), ID: l.ID, URL: l.URL, Status: l.Status, Payable: l.Status == Open,
			Amount: l.Amount.Value, Currency: l.Amount.Currency, CreatedAt: l.CreatedAt,
			Page: exchange.PageOf(s.Name(), l.URL), Label: l.label(), Stage: stage(l.Status), Ends: l.ends(), Deeds: deeds(l.Status),
		})
	}
	return overview
}

// label is the invoice, or what is in the basket.
func (l *Link) label() string {
	if l.ResourceType == Invoice {
		return "Invoice " + l.InvoiceNumber
	}
	var words []string
	for _, item := range l.Items {
		word := item.Title
		if item.Quantity != "1" {
			word = item.Quantity + " × " + word
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

// ends is when an open link expires; one of a seed does not.
func (l *Link) ends() time.Time {
	if l.frozen || l.Status != Open {
		return time.Time{}
	}
	return l.ExpirationDate
}

func stage(status string) exchange.Stage {
	switch status {
	case Open:
		return exchange.StageOpen
	case Processing:
		return exchange.StageProcessing
	case Paid:
		return exchange.StagePaid
	case Expired:
		return exchange.StageExpired
	case Canceled:
		return exchange.StageRevoked
	}
	return exchange.StageUnknown
}

// deeds follow what Act accepts.
func deeds(status string) []exchange.Deed {
	pay := exchange.Deed{Act: "pay", Label: "Pay", Payer: true}
	fail := exchange.Deed{Act: "fail", Label: "Fail", Payer: true}
	end := []exchange.Deed{{Act: "expire", Label: "Let it expire"}, {Act: "cancel", Label: "Deactivate"}}
	switch status {
	case Open:
		return append([]exchange.Deed{pay, {Act: "process", Label: "Start paying", Payer: true}, fail}, end...)
	case Processing:
		return append([]exchange.Deed{pay, fail}, end...)
	}
	return nil
}

// Page plays, at "/connect/qonto/{uuid}", the person who finishes the onboarding: to open it enables a pending connection.
func (s *Server) Page(page string, path []string) (string, bool) {
	if page == "connect" && len(path) == 1 && s.finishConnection(path[0]) {
		return "The connection to the payment provider is enabled.", true
	}
	return "", false
}

func (s *Server) finishConnection(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.connection.Status != ConnectionPending || !strings.HasSuffix(s.connection.ConnectionLocation, "/"+id) {
		return false
	}
	s.connection.Status = ConnectionEnabled
	return true
}
