package powens

import (
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// describe shows a link for the control API and for people. The vendor has no word for a link's state but that of its attempt.
func (l Link) describe(now time.Time) vendorapi.Link {
	revoked := l.revoked(now)
	return vendorapi.Link{
		ID: l.ID, URL: l.URL, Status: l.word(revoked), Payable: !revoked,
		Amount: l.Amount, Currency: l.Currency, CreatedAt: l.CreatedAt, Label: l.Label, State: l.state(revoked), Buttons: l.buttons(revoked),
	}
}

func (l Link) word(revoked bool) string {
	switch {
	case revoked:
		return "revoked"
	case l.AttemptState == "":
		return Unavailable
	}
	return l.AttemptState
}

// inProgress reports whether somebody is paying.
func (l Link) inProgress() bool { return l.AttemptState == Created || l.AttemptState == Pending }

func (l Link) state(revoked bool) vendorapi.State {
	switch {
	case l.AttemptState == Done:
		return vendorapi.StatePaid
	case l.inProgress():
		return vendorapi.StateProcessing
	case revoked:
		return vendorapi.StateRevoked
	}
	switch l.AttemptState {
	case "", Unavailable, Rejected, Expired:
		return vendorapi.StateOpen
	}
	return vendorapi.StateUnknown
}

// buttons follow what Act accepts: a link can be paid again and again until it is revoked, and a payment under way goes on
// after that.
func (l Link) buttons(revoked bool) []vendorapi.Button {
	if revoked && !l.inProgress() {
		return nil
	}
	buttons := []vendorapi.Button{{Action: "pay", Label: "Pay", Payer: true}}
	if !l.inProgress() {
		buttons = append(buttons, vendorapi.Button{Action: "process", Label: "Start paying", Payer: true})
	}
	buttons = append(buttons,
		vendorapi.Button{Action: "reject", Label: "Fail", Payer: true}, vendorapi.Button{Action: "expire", Label: "Let the attempt expire", Payer: true})
	if !revoked {
		buttons = append(buttons, vendorapi.Button{Action: "cancel", Label: "Revoke"})
	}
	return buttons
}
