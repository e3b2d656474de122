package qonto

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/exchange"
)

const pageFrame = "<!DOCTYPE html>\n<html><head><title>Qonto sandbox</title></head><body>%s</body></html>\n"

// Overview lists the links for the control API.
func (s *Server) Overview() []exchange.Link {
	var overview []exchange.Link
	for _, l := range s.Links() {
		overview = append(overview, exchange.Link{
			Vendor: s.Name(), ID: l.ID, URL: l.URL, Status: l.Status, Payable: l.Status == Open,
			Amount: l.Amount.Value, Currency: l.Amount.Currency, CreatedAt: l.CreatedAt,
		})
	}
	return overview
}

// Page shows a link's amount and status at "/pay/qonto/{uuid}", and at "/connect/qonto/{uuid}" plays the person who
// finishes the onboarding: to open that page enables a pending connection.
func (s *Server) Page(page string, path []string) exchange.Reply {
	if len(path) == 1 && page == "pay" {
		for _, l := range s.Links() {
			if u, err := url.Parse(l.URL); err == nil && strings.HasSuffix(u.Path, "/"+path[0]) {
				return show(http.StatusOK, l.Amount.Value+" "+l.Amount.Currency, "This payment link is "+l.Status+".")
			}
		}
	}
	if len(path) == 1 && page == "connect" && s.finishConnection(path[0]) {
		return show(http.StatusOK, "Connected", "The connection to the payment provider is enabled.")
	}
	return show(http.StatusNotFound, "Not found", "There is nothing to pay here.")
}

func (s *Server) finishConnection(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.connection.Status != ConnectionPending || !strings.HasSuffix(s.connection.ConnectionLocation, "/"+id) {
		return false
	}
	s.connection.Status = ConnectionEnabled
	return true
}

func show(status int, title, text string) exchange.Reply {
	content := "<h1>" + html.EscapeString(title) + "</h1><p>" + html.EscapeString(text) + "</p>"
	return exchange.Text(status, exchange.ContentTypeHTML, fmt.Sprintf(pageFrame, content))
}
