package qonto

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
			Vendor: s.Name(), ID: l.ID, URL: l.URL, Status: l.Status, Payable: l.Status == Open,
			Amount: l.Amount.Value, Currency: l.Amount.Currency, CreatedAt: l.CreatedAt,
			Page: vendorapi.PageOf(s.Name(), l.URL), Label: l.label(), Stage: stage(l.Status), Ends: l.ends(), Deeds: deeds(l.Status),
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

func stage(status string) vendorapi.Stage {
	switch status {
	case Open:
		return vendorapi.StageOpen
	case Processing:
		return vendorapi.StageProcessing
	case Paid:
		return vendorapi.StagePaid
	case Expired:
		return vendorapi.StageExpired
	case Canceled:
		return vendorapi.StageRevoked
	}
	return vendorapi.StageUnknown
}

// deeds follow what Act accepts.
func deeds(status string) []vendorapi.Deed {
	pay := vendorapi.Deed{Act: "pay", Label: "Pay", Payer: true}
	fail := vendorapi.Deed{Act: "fail", Label: "Fail", Payer: true}
	end := []vendorapi.Deed{{Act: "expire", Label: "Let it expire"}, {Act: "cancel", Label: "Deactivate"}}
	switch status {
	case Open:
		return append([]vendorapi.Deed{pay, {Act: "process", Label: "Start paying", Payer: true}, fail}, end...)
	case Processing:
		return append([]vendorapi.Deed{pay, fail}, end...)
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
