package qonto

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/shopspring/decimal"
)

var (
	linkStatuses    = []string{Open, Expired, Canceled, Paid, Processing}
	linkSorts       = []string{"amount:asc", "amount:desc", "expiration_date:asc", "expiration_date:desc"}
	paymentStatuses = []string{"open", "pending", "authorized", "paid", "canceled", "expired", "failed"}
	paymentSorts    = []string{"creation_date:asc", "creation_date:desc"}
)

// get answers one link, without an envelope as documented (contract 2.6, 8.2).
func (s *Server) get(link *Link) vendorapi.Reply {
	if s.Switch.WrapGet {
		return vendorapi.JSON(http.StatusOK, linkEnvelope{s.wire(link)})
	}
	return vendorapi.JSON(http.StatusOK, s.wire(link))
}

// list answers a page of links, the newest first unless sorted (contract 2.5, 8.23).
func (s *Server) list(call *vendorapi.Call, account string) vendorapi.Reply {
	q, errs := readQuery(call.Query, linkStatuses, linkSorts)
	if len(errs) > 0 {
		return refuse(http.StatusUnprocessableEntity, errs...)
	}
	var links []*Link
	for link := range s.Listed(account) {
		if q.fits(link.status(s.Now())) {
			links = append(links, link)
		}
	}
	slices.Reverse(links)
	slices.SortStableFunc(links, func(a, b *Link) int { return b.CreatedAt.Compare(a.CreatedAt) })
	q.order(func(field string, sign int) {
		slices.SortStableFunc(links, func(a, b *Link) int {
			if field == "amount" {
				return sign * value(a).Cmp(value(b))
			}
			return sign * a.ExpirationDate.Compare(b.ExpirationDate)
		})
	})
	shown, m := paged(links, q, s.Switch)
	page := linkPage{PaymentLinks: []linkWire{}, Meta: m}
	for _, link := range shown {
		page.PaymentLinks = append(page.PaymentLinks, s.wire(link))
	}
	return vendorapi.JSON(http.StatusOK, page)
}

// value is a link's gross; every link was made from decimal text.
func value(l *Link) decimal.Decimal { return decimal.RequireFromString(l.Amount.Value) }

// payments answers a page of a link's payments (contract 2.8).
func (s *Server) payments(call *vendorapi.Call, link *Link) vendorapi.Reply {
	if s.Now().Before(link.CreatedAt.Add(time.Duration(s.Switch.PaymentsDelay))) {
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
	shown, m := paged(payments, q, s.Switch)
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

// maxPerPage is also the default (contract 2.5).
const maxPerPage = 100

// query is what lists take.
type query struct {
	page, perPage int
	statuses      []string
	sortBy        string
}

// readQuery reads the parameters of a list, and refuses values beyond the documented ones (contract 8.24). Unknown
// parameters are ignored.
func readQuery(values url.Values, statuses, sorts []string) (query, []apiError) {
	q := query{statuses: values["status[]"], sortBy: values.Get("sort_by")}
	var errs []apiError
	number := func(name string, byDefault, most int) int {
		if !values.Has(name) {
			return byDefault
		}
		n, err := strconv.Atoi(values.Get(name))
		if err != nil || n < 1 || n > most {
			errs = append(errs, badParameter(name, codeNotInList, name+" must be between 1 and "+strconv.Itoa(most)))
		}
		return n
	}
	q.page = number("page", 1, 1<<31-1)
	q.perPage = number("per_page", maxPerPage, maxPerPage)
	for _, status := range q.statuses {
		if !slices.Contains(statuses, status) {
			errs = append(errs, badParameter("status[]", codeNotInList, "status must be one of "+strings.Join(statuses, ", ")))
		}
	}
	if values.Has("sort_by") && !slices.Contains(sorts, q.sortBy) {
		errs = append(errs, badParameter("sort_by", codeNotInList, "sort_by must be one of "+strings.Join(sorts, ", ")))
	}
	return q, errs
}

func (q query) fits(status string) bool {
	return len(q.statuses) == 0 || slices.Contains(q.statuses, status)
}

// meta is around a page; next_page may be a number, null or absent (contract 5.2).
type meta struct {
	CurrentPage int             `json:"current_page"`
	NextPage    json.RawMessage `json:"next_page,omitempty"`
	PrevPage    json.RawMessage `json:"prev_page"`
	TotalPages  int             `json:"total_pages"`
	TotalCount  int             `json:"total_count"`
	PerPage     int             `json:"per_page"`
}

// paged cuts the query's page out of all; a page beyond the end is empty.
func paged[T any](all []T, q query, sw Switches) ([]T, meta) {
	m := meta{
		CurrentPage: q.page, PerPage: q.perPage, TotalCount: len(all), NextPage: vendorapi.Null, PrevPage: vendorapi.Null,
		TotalPages: (len(all) + q.perPage - 1) / q.perPage,
	}
	if q.page > 1 {
		m.PrevPage = json.RawMessage(strconv.Itoa(q.page - 1))
	}
	if q.page > m.TotalPages {
		if sw.NextPageZeroQuirk {
			m.NextPage = json.RawMessage("0")
		}
		return nil, m
	}
	if q.page < m.TotalPages {
		m.NextPage = json.RawMessage(strconv.Itoa(q.page + 1))
	} else if sw.OmitLastNextPage {
		m.NextPage = nil
	}
	start := (q.page - 1) * q.perPage
	return all[start:min(start+q.perPage, len(all))], m
}
