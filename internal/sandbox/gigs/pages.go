package gigs

import (
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// describe shows a link for the control API and for people. Gigs' links do not say an amount: their invoice does.
func (l Link) describe(time.Time) vendorapi.Link {
	return vendorapi.Link{
		ID: l.ID, URL: l.PaymentURL, Status: l.Status, Payable: l.Status == Active, CreatedAt: l.CreatedAt,
		Label: "Invoice " + l.Invoice, State: state(l.Status), Buttons: buttons(l.Status),
	}
}

func state(status string) vendorapi.State {
	switch status {
	case Active:
		return vendorapi.StateOpen
	case Completed:
		return vendorapi.StatePaid
	case Canceled:
		return vendorapi.StateRevoked
	}
	return vendorapi.StateUnknown
}

// buttons follow what Act accepts. No status tells of a payment that failed or of time that ran out (contract 3.1).
func buttons(status string) []vendorapi.Button {
	if status != Active {
		return nil
	}
	return []vendorapi.Button{{Action: "pay", Label: "Pay", Payer: true}, {Action: "cancel", Label: "Cancel"}}
}
