package conomy

import (
	"fmt"
	"html"
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/exchange"
)

const pageFrame = "<!DOCTYPE html>\n<html><head><title>Conomy sandbox</title></head><body><h1>%s</h1><p>%s</p></body></html>\n"

// Overview lists the links for the control API.
func (s *Server) Overview() []exchange.Link {
	var overview []exchange.Link
	for _, l := range s.Links() {
		overview = append(overview, exchange.Link{
			Vendor: s.Name(), ID: l.ID, URL: l.URL, Status: l.Status, Payable: l.Status == Active,
			Amount: l.TotalAmount, Currency: l.Currency, CreatedAt: l.CreatedAt,
		})
	}
	return overview
}

// Page shows a link's amount and status at "/pay/conomy/{checkoutToken}".
func (s *Server) Page(page string, path []string) exchange.Reply {
	if page == "pay" && len(path) == 1 {
		for _, l := range s.Links() {
			if l.CheckoutToken == path[0] {
				return show(http.StatusOK, l.TotalAmount+" "+l.Currency, "This payment link is "+l.Status+".")
			}
		}
	}
	return show(http.StatusNotFound, "Not found", "There is nothing to pay here.")
}

func show(status int, title, text string) exchange.Reply {
	return exchange.Text(status, exchange.ContentTypeHTML, fmt.Sprintf(pageFrame, html.EscapeString(title), html.EscapeString(text)))
}
