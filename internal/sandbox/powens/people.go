package powens

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Overview lists the links for the control API and for people. The vendor has no word for a link's state but that of its attempt.
func (s *Server) Overview() []vendorapi.Link {
	var overview []vendorapi.Link
	now := s.now()
	for _, l := range s.Links() {
		revoked := l.revoked(now)
		overview = append(overview, vendorapi.Link{
			Vendor: s.Name(), ID: l.ID, URL: l.URL, Status: l.word(revoked), Payable: !revoked,
			Amount: l.Amount, Currency: l.Currency, CreatedAt: l.CreatedAt,
			Page: vendorapi.PageOf(s.Name(), l.URL), Label: l.Label, Stage: l.stage(revoked), Deeds: l.deeds(revoked),
		})
	}
	return overview
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

// underway tells whether somebody is paying.
func (l Link) underway() bool { return l.AttemptState == Created || l.AttemptState == Pending }

func (l Link) stage(revoked bool) vendorapi.Stage {
	switch {
	case l.AttemptState == Done:
		return vendorapi.StagePaid
	case l.underway():
		return vendorapi.StageProcessing
	case revoked:
		return vendorapi.StageRevoked
	}
	switch l.AttemptState {
	case "", Unavailable, Rejected, Expired:
		return vendorapi.StageOpen
	}
	return vendorapi.StageUnknown
}

// deeds follow what Act accepts: a link can be paid again and again until it is revoked, and a payment under way goes on
// after that.
func (l Link) deeds(revoked bool) []vendorapi.Deed {
	if revoked && !l.underway() {
		return nil
	}
	deeds := []vendorapi.Deed{{Act: "pay", Label: "Pay", Payer: true}}
	if !l.underway() {
		deeds = append(deeds, vendorapi.Deed{Act: "process", Label: "Start paying", Payer: true})
	}
	deeds = append(deeds,
		vendorapi.Deed{Act: "reject", Label: "Fail", Payer: true}, vendorapi.Deed{Act: "expire", Label: "Let the attempt expire", Payer: true})
	if !revoked {
		deeds = append(deeds, vendorapi.Deed{Act: "cancel", Label: "Revoke"})
	}
	return deeds
}
