package gigs

import (
	"fmt"
	"html"
	"net/http"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/exchange"
)

const pageFrame = "<!DOCTYPE html>\n<html><head><title>Gigs sandbox</title></head><body><h1>%s</h1><p>%s</p></body></html>\n"

// Overview lists the links for the control API. Gigs' links do not say an amount: their invoice does.
func (s *Server) Overview() []exchange.Link {
	var overview []exchange.Link
	for _, l := range s.Links() {
		overview = append(overview, exchange.Link{
			Vendor: s.Name(), ID: l.ID, URL: l.PaymentURL, Status: l.Status, Payable: l.Status == Active, CreatedAt: l.CreatedAt,
		})
	}
	return overview
}

// Page shows a link's invoice and status at "/pay/gigs/{hash}".
func (s *Server) Page(page string, path []string) exchange.Reply {
	if len(path) == 1 && page == "pay" {
		for _, l := range s.Links() {
			if strings.HasSuffix(l.PaymentURL, "/pay/gigs/"+path[0]) {
				return show(http.StatusOK, "Invoice "+l.Invoice, "This payment link is "+l.Status+".")
			}
		}
	}
	return show(http.StatusNotFound, "Not found", "There is nothing to pay here.")
}

func show(status int, title, text string) exchange.Reply {
	return exchange.Text(status, exchange.ContentTypeHTML, fmt.Sprintf(pageFrame, html.EscapeString(title), html.EscapeString(text)))
}
