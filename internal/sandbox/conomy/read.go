package conomy

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// maxLimit is also the default (contract 2.1, 8.20).
const maxLimit = 50

var statuses = []string{Attempt, Active, Expired, Finished, Processing}

// pagination is around a page (contract 5.1).
type pagination struct {
	Count    int `json:"count"`
	Next     int `json:"next"`
	Previous int `json:"previous"`
	Total    int `json:"total"`
}

type linkPage struct {
	Pagination pagination `json:"pagination"`
	Results    []values   `json:"results"`
}

// list answers a page of links (contract 2.1), the newest first unless asked or switched otherwise.
func (s *Server) list(call *vendorapi.Call, account string) vendorapi.Reply {
	limit, ok := count(call.Query, "limit", maxLimit)
	next, okNext := count(call.Query, "next", 0)
	offset, okOffset := count(call.Query, "offset", next) // two mechanisms coexist; `offset` wins (own choice)
	if !ok || limit > maxLimit || !okNext || !okOffset {
		return s.refuse(http.StatusBadRequest, codeInvalid, "limit must be an integer from 0 to 50, next and offset integers from 0")
	}
	if limit == 0 && !s.Switch.ZeroLimitEmpty {
		limit = maxLimit
	}
	for _, status := range listed(call.Query, "status") {
		if !slices.Contains(statuses, status) {
			return s.refuse(http.StatusBadRequest, codeInvalid, "status: no such status: "+status)
		}
	}
	links := s.matching(call.Query, account)
	start := min(offset, len(links))
	shown := links[start:min(start+limit, len(links))]
	page := linkPage{Results: []values{}, Pagination: pagination{
		Count: offset + len(shown), Next: offset + len(shown), Previous: max(0, offset-limit), Total: len(links),
	}}
	if s.Switch.CountOfPage {
		page.Pagination.Count = len(shown)
	}
	if s.Switch.LastNextZero && page.Pagination.Next >= len(links) {
		page.Pagination.Next = 0
	}
	for _, link := range shown {
		page.Results = append(page.Results, s.wire(link))
	}
	return vendorapi.JSON(http.StatusOK, page)
}

// matching are the links that every filter takes, in order. The parameters of the vendor's own client alone are
// tolerated; of them `sort` is obeyed (contract 7.9).
func (s *Server) matching(query url.Values, account string) []*Link {
	now := s.Now()
	var out []*Link
	for link := range s.Listed(account) {
		if s.Switch.ExpiredGone && link.status(now) == Expired {
			continue
		}
		if fits(query, "id", link.ID) && fits(query, "status", link.status(now)) && fits(query, "owner.identityId", link.at("owner", "identityId")) &&
			fits(query, "customer.email", link.at("customer", "email")) && slices.ContainsFunc(append(link.destinations(), nil), func(d values) bool {
			account, _ := d["account"].(values)
			accountNumber, _ := account["accountNumber"].(string)
			return fits(query, "destination.accountNumber", accountNumber)
		}) {
			out = append(out, link)
		}
	}
	oldest := s.Switch.OldestFirst
	if order := query.Get("sort"); order != "" {
		oldest = order == "createdAt:asc"
	}
	if !oldest {
		slices.Reverse(out)
	}
	return out
}

// listed are the values of a comma-separated parameter.
func listed(query url.Values, name string) []string {
	if query.Get(name) == "" {
		return nil
	}
	return strings.Split(query.Get(name), ",")
}

func fits(query url.Values, name, value string) bool {
	wanted := listed(query, name)
	return wanted == nil || slices.Contains(wanted, value)
}

// count reads an integer from 0.
func count(query url.Values, name string, byDefault int) (int, bool) {
	if !query.Has(name) {
		return byDefault, true
	}
	n, err := strconv.Atoi(query.Get(name))
	return n, err == nil && n >= 0
}
