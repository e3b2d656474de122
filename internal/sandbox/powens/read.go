package powens

import (
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// get answers one link, a revoked one with its date (contract 3.4, 8.3).
func (s *Server) get(call *vendorapi.Call, domain string) vendorapi.Reply {
	link, ok := s.Find(domain, call.Path[2])
	if !ok || s.Switch.GoneWhenRevoked && link.revoked(s.Now()) {
		return s.notFound()
	}
	return vendorapi.JSON(http.StatusOK, s.wire(link))
}

// list answers a bare array of the domain's links (but see Switches.WrappedList), oldest first, without pages; parameters are
// ignored (contract 2.1, 8.28).
func (s *Server) list(domain string) vendorapi.Reply {
	shown := []fields{}
	for link := range s.Listed(domain) {
		if !s.Switch.HideRevoked || !link.revoked(s.Now()) {
			shown = append(shown, s.wire(link))
		}
	}
	if s.Switch.WrappedList {
		return vendorapi.JSON(http.StatusOK, map[string]any{"_links": map[string]any{"next": nil}, "payment_requests": shown, "total": len(shown)})
	}
	return vendorapi.JSON(http.StatusOK, shown)
}
