package powens

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/exchange"
)

// Overview lists the links for the control API and for people. The vendor has no word for a link's state but that of its attempt.
func (s *Server) Overview() []exchange.Link {
	var overview []exchange.Link
	now := s.now()
	for _, l := range s.Links() {
		revoked := l.revoked(now)
		overview = append(overview, exchange.Link{
			Vendor: s.Name(), ID: l.ID, URL: l.URL, Status: l.word(revoked), Payable: !revoked,
			Amount: l.Amount, Currency: l.Currency, CreatedAt: l.CreatedAt,
			Page: exchange.PageOf(s.Name(), l.URL), Label: l.Label, Stage: l.stage(revoked), Deeds: l.deeds(revoked),
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

func (l Link) stage(revoked bool) exchange.Stage {
	switch {
	case l.AttemptState == Done:
		return exchange.StagePaid
	case l.underway():
		return exchange.StageProcessing
	case revoked:
		return exchange.StageRevoked
	}
	switch l.AttemptState {
	case "", Unavailable, Rejected, Expired:
		return exchange.StageOpen
	}
	return exchange.StageUnknown
}

// deeds follow what Act accepts: a link can be paid again and again until it is revoked, and a payment under way goes on
// after that.
func (l Link) deeds(revoked bool) []exchange.Deed {
	if revoked && !l.underway() {
		return nil
	}
	deeds := []exchange.Deed{{Act: "pay", Label: "Pay", Payer: true}}
	if !l.underway() {
		deeds = append(deeds, exchange.Deed{Act: "process", Label: "Start paying", Payer: true})
	}
	deeds = append(deeds,
		exchange.Deed{Act: "reject", Label: "Fail", Payer: true}, exchange.Deed{Act: "expire", Label: "Let the attempt expire", Payer: true})
	if !revoked {
		deeds = append(deeds, exchange.Deed{Act: "cancel", Label: "Revoke"})
	}
	return deeds
}
