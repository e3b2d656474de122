package conomy

import (
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// describe shows a link for the control API and for people.
func (l Link) describe(time.Time) vendorapi.Link {
	return vendorapi.Link{
		ID: l.ID, URL: l.URL, Status: l.Status, Payable: l.Status == Active,
		Amount: l.TotalAmount, Currency: l.Currency, CreatedAt: l.CreatedAt,
		Label: l.label(), State: state(l.Status), ExpiresAt: l.expiresAt(), Buttons: buttons(l.Status),
	}
}

// label is what the items are.
func (l *Link) label() string {
	var words []string
	switch items := l.terms["items"].(type) {
	case []values:
		for _, item := range items {
			words = append(words, itemText(item))
		}
	case []any: // of a seed: plain JSON
		for _, item := range items {
			words = append(words, itemText(item))
		}
	}
	return strings.Join(words, ", ")
}

func itemText(item any) string {
	if object, ok := item.(values); ok {
		if text, ok := object["description"].(string); ok {
			return text
		}
	}
	return "an item"
}

// expiresAt is when an unpaid link expires; one of a seed does not.
func (l *Link) expiresAt() time.Time {
	if l.seeded != nil || l.Status != Attempt && l.Status != Active {
		return time.Time{}
	}
	return l.Expires
}

func state(status string) vendorapi.State {
	switch status {
	case Attempt, Active:
		return vendorapi.StateOpen
	case Processing:
		return vendorapi.StateProcessing
	case Finished:
		return vendorapi.StatePaid
	case Expired:
		return vendorapi.StateExpired
	}
	return vendorapi.StateUnknown
}

// buttons follow what Act accepts. An unpaid link takes no payer before it is activated.
func buttons(status string) []vendorapi.Button {
	pay := vendorapi.Button{Action: "pay", Label: "Pay", Payer: true}
	fail := vendorapi.Button{Action: "fail", Label: "Fail", Payer: true}
	expire := vendorapi.Button{Action: "expire", Label: "Let it expire"}
	remove := vendorapi.Button{Action: "delete", Label: "Delete"}
	switch status {
	case Attempt:
		return []vendorapi.Button{{Action: "activate", Label: "Activate"}, expire, remove}
	case Active:
		return []vendorapi.Button{pay, {Action: "process", Label: "Start paying", Payer: true}, fail, expire, remove}
	case Processing:
		return []vendorapi.Button{pay, fail, remove}
	}
	return []vendorapi.Button{remove}
}
