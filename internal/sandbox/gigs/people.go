package gigs

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/exchange"
)

// Overview lists the links for the control API and for people. Gigs' links do not say an amount: their invoice does.
func (s *Server) Overview() []exchange.Link {
	var overview []exchange.Link
	for _, l := range s.Links() {
		overview = append(overview, exchange.Link{
			Vendor: s.Name(), ID: l.ID, URL: l.PaymentURL, Status: l.Status, Payable: l.Status == Active, CreatedAt: l.CreatedAt,
			Page: exchange.PageOf(s.Name(), l.PaymentURL), Label: "Invoice " + l.Invoice, Stage: stage(l.Status), Deeds: deeds(l.Status),
		})
	}
	return overview
}

func stage(status string) exchange.Stage {
	switch status {
	case Active:
		return exchange.StageOpen
	case Completed:
		return exchange.StagePaid
	case Canceled:
		return exchange.StageRevoked
	}
	return exchange.StageUnknown
}

// deeds follow what Act accepts. No status tells of a payment that failed or of time that ran out (3).
func deeds(status string) []exchange.Deed {
	if status != Active {
		return nil
	}
	return []exchange.Deed{{Act: "pay", Label: "Pay", Payer: true}, {Act: "cancel", Label: "Cancel"}}
}
