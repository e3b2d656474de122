package qonto

import (
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// describe shows a link for the control API and for people.
func (l Link) describe(time.Time) vendorapi.Link {
	return vendorapi.Link{
		ID: l.ID, URL: l.URL, Status: l.Status, Payable: l.Status == Open,
		Amount: l.Amount.Value, Currency: l.Amount.Currency, CreatedAt: l.CreatedAt,
		Label: l.label(), State: state(l.Status), ExpiresAt: l.expiresAt(), Buttons: buttons(l.Status),
	}
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

// expiresAt is when an open link expires; one of a seed does not.
func (l *Link) expiresAt() time.Time {
	if l.frozen || l.Status != Open {
		return time.Time{}
	}
	return l.ExpirationDate
}

func state(status string) vendorapi.State {
	switch status {
	case Open:
		return vendorapi.StateOpen
	case Processing:
		return vendorapi.StateProcessing
	case Paid:
		return vendorapi.StatePaid
	case Expired:
		return vendorapi.StateExpired
	case Canceled:
		return vendorapi.StateRevoked
	}
	return vendorapi.StateUnknown
}

// buttons follow what Act accepts.
func buttons(status string) []vendorapi.Button {
	pay := vendorapi.Button{Action: "pay", Label: "Pay", Payer: true}
	fail := vendorapi.Button{Action: "fail", Label: "Fail", Payer: true}
	end := []vendorapi.Button{{Action: "expire", Label: "Let it expire"}, {Action: "cancel", Label: "Deactivate"}}
	switch status {
	case Open:
		return append([]vendorapi.Button{pay, {Action: "process", Label: "Start paying", Payer: true}, fail}, end...)
	case Processing:
		return append([]vendorapi.Button{pay, fail}, end...)
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
	s.Lock()
	defer s.Unlock()
	if s.connection.Status != ConnectionPending || !strings.HasSuffix(s.connection.ConnectionLocation, "/"+id) {
		return false
	}
	s.connection.Status = ConnectionEnabled
	return true
}
