package gigs

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Overview lists the links for the control API and for people. Gigs' links do not say an amount: their invoice does.
func (s *Server) Overview() []vendorapi.Link {
	var overview []vendorapi.Link
	for _, l := range s.Links() {
		overview = append(overview, vendorapi.Link{
			Vendor: s.Name(), ID: l.ID, URL: l.PaymentURL, Status: l.Status, Payable: l.Status == Active, CreatedAt: l.CreatedAt,
			Page: vendorapi.PageOf(s.Name(), l.PaymentURL), Label: "Invoice " + l.Invoice, Stage: stage(l.Status), Deeds: deeds(l.Status),
		})
	}
	return overview
}

func stage(status string) vendorapi.Stage {
	switch status {
	case Active:
		return vendorapi.StageOpen
	case Completed:
		return vendorapi.StagePaid
	case Canceled:
		return vendorapi.StageRevoked
	}
	return vendorapi.StageUnknown
}

// deeds follow what Act accepts. No status tells of a payment that failed or of time that ran out (3).
func deeds(status string) []vendorapi.Deed {
	if status != Active {
		return nil
	}
	return []vendorapi.Deed{{Act: "pay", Label: "Pay", Payer: true}, {Act: "cancel", Label: "Cancel"}}
}
