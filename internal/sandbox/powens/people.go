package powens

import (
	"fmt"
	"html"
	"net/http"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/exchange"
)

const pageFrame = "<!DOCTYPE html>\n<html><head><title>Powens sandbox</title></head><body>%s</body></html>\n"

// Overview lists the links for the control API. The vendor has no word for a link's state but that of its attempt.
func (s *Server) Overview() []exchange.Link {
	var overview []exchange.Link
	now := s.now()
	for _, l := range s.Links() {
		overview = append(overview, exchange.Link{
			Vendor: s.Name(), ID: l.ID, URL: l.URL, Status: l.word(l.revoked(now)), Payable: !l.revoked(now),
			Amount: l.Amount, Currency: l.Currency, CreatedAt: l.CreatedAt,
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

// Page shows a link's amount and state at "/pay/powens/{uuid}".
func (s *Server) Page(page string, path []string) exchange.Reply {
	if len(path) == 1 && page == "pay" {
		for _, l := range s.Overview() {
			if strings.HasSuffix(l.URL, "/"+path[0]) {
				return show(http.StatusOK, l.Amount+" "+l.Currency, "The state of this payment link is "+l.Status+".")
			}
		}
	}
	return show(http.StatusNotFound, "Not found", "There is nothing to pay here.")
}

func show(status int, title, text string) exchange.Reply {
	content := "<h1>" + html.EscapeString(title) + "</h1><p>" + html.EscapeString(text) + "</p>"
	return exchange.Text(status, exchange.ContentTypeHTML, fmt.Sprintf(pageFrame, content))
}
