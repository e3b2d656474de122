package qonto

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/shopspring/decimal"
)

var (
	linkStatuses    = []string{Open, Expired, Canceled, Paid, Processing}
	linkSorts       = []string{"amount:asc", "amount:desc", "expiration_date:asc", "expiration_date:desc"}
	paymentStatuses = []string{"open", "pending", "authorized", "paid", "canceled", "expired", "failed"}
	paymentSorts    = []string{"creation_date:asc", "creation_date:desc"}
)

// get answers one link, without an envelope as documented (section 2.6, row 2).
func (s *Server) get(call *vendorapi.Call) vendorapi.Reply {
	link, ok := s.find(call)
	if !ok {
		return notFound("payment link")
	}
	if s.switches.WrapGet {
		return vendorapi.JSON(http.StatusOK, linkEnvelope{s.wire(link)})
	}
	return vendorapi.JSON(http.StatusOK, s.wire(link))
}

// list answers a page of links, the newest first unless sorted (section 2.5, row 23).
func (s *Server) list(call *vendorapi.Call) vendorapi.Reply {
	q, errs := readQuery(call.Query, linkStatuses, linkSorts)
	if len(errs) > 0 {
		return refuse(http.StatusUnprocessableEntity, errs...)
	}
	now := s.now()
	var links []*Link
	for link := range s.links.All() {
		if !now.Before(link.since.Add(s.switches.ListLag)) && q.fits(link.status(now)) {
			links = append(links, link)
		}
	}
	slices.Reverse(links)
	slices.SortStableFunc(links, func(a, b *Link) int { return b.CreatedAt.Compare(a.CreatedAt) })
	q.order(func(field string, sign int) {
		slices.SortStableFunc(links, func(a, b *Link) int {
			if field == "amount" {
				return sign * worth(a).Cmp(worth(b))
			}
			return sign * a.ExpirationDate.Compare(b.ExpirationDate)
		})
	})
	shown, m := paged(links, q, s.switches)
	page := linkPage{PaymentLinks: []linkWire{}, Meta: m}
	for _, link := range shown {
		page.PaymentLinks = append(page.PaymentLinks, s.wire(link))
	}
	return vendorapi.JSON(http.StatusOK, page)
}

// worth is a link's gross; every link was made from decimal text.
func worth(l *Link) decimal.Decimal { return decimal.RequireFromString(l.Amount.Value) }

// payments answers a page of a link's payments (section 2.8).
func (s *Server) payments(call *vendorapi.Call) vendorapi.Reply {
	link, ok := s.find(call)
	if !ok {
		return notFound("payment link")
	}
	q, errs := readQuery(call.Query, paymentStatuses, paymentSorts)
	if len(errs) > 0 {
		return refuse(http.StatusUnprocessableEntity, errs...)
	}
	var payments []Payment
	for _, p := range link.Payments {
		if q.fits(p.Status) {
			payments = append(payments, p)
		}
	}
	slices.Reverse(payments)
	q.order(func(_ string, sign int) {
		slices.SortStableFunc(payments, func(a, b Payment) int { return sign * a.CreatedAt.Compare(b.CreatedAt) })
	})
	shown, m := paged(payments, q, s.switches)
	page := paymentPage{Payments: []paymentWire{}, Meta: m}
	for _, p := range shown {
		page.Payments = append(page.Payments, s.wirePayment(p))
	}
	return vendorapi.JSON(http.StatusOK, page)
}

// order sorts by the query's sort_by, if there is one; sign is -1 for descending.
func (q query) order(sort func(field string, sign int)) {
	if q.sortBy == "" {
		return
	}
	field, direction, _ := strings.Cut(q.sortBy, ":")
	sort(field, cmp.Compare(0, strings.Compare(direction, "b"))) // "asc" is before "b", "desc" after
}
