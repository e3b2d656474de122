package gigs

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// Limits of a page (contract 5.1).
const (
	defaultLimit = 10
	maxLimit     = 200
)

var statuses = []string{Active, Canceled, Completed}

// query is what the list takes.
type query struct {
	after, before, invoice string
	limit                  int
	statuses               []string
}

// refuseQuery refuses every parameter but those that are allowed, repeated ones, and empty values (contract 8.24; that
// a repeated one is an error is our own choice).
func refuseQuery(values url.Values, allowed ...string) (vendorapi.Reply, bool) {
	for name, given := range values {
		switch {
		case !slices.Contains(allowed, name):
			return badQuery(name, "Unknown parameter"), true
		case len(given) != 1:
			return badQuery(name, "Must be given once"), true
		case given[0] == "":
			return badQuery(name, "Must not be empty"), true
		}
	}
	return vendorapi.Reply{}, false
}

func badQuery(name, message string) vendorapi.Reply {
	return refuse(http.StatusBadRequest, apiError{
		Type: typeInvalid, Message: message + ": " + name, Details: []errorDetail{{Code: codeInvalid, Message: message, Property: name}},
	})
}

func readQuery(values url.Values) (query, vendorapi.Reply, bool) {
	if refusal, refused := refuseQuery(values, "after", "before", "limit", "invoice", "status"); refused {
		return query{}, refusal, true
	}
	q := query{after: values.Get("after"), before: values.Get("before"), invoice: values.Get("invoice"), limit: defaultLimit}
	if q.after != "" && q.before != "" {
		return q, badQuery("before", "Cannot be combined with after"), true
	}
	if values.Has("limit") {
		n, err := strconv.Atoi(values.Get("limit"))
		if err != nil || n < 0 || n > maxLimit {
			return q, badQuery("limit", "Must be an integer from 0 to 200"), true
		}
		q.limit = n
	}
	if values.Has("status") {
		q.statuses = strings.Split(values.Get("status"), ",")
		for _, status := range q.statuses {
			if !slices.Contains(statuses, status) {
				return q, badQuery("status", "Must be a comma-separated list of active, canceled and completed"), true
			}
		}
	}
	return q, vendorapi.Reply{}, false
}

// get answers one link (contract 2.2).
func (s *Server) get(call *vendorapi.Call, project string) vendorapi.Reply {
	if refusal, refused := refuseQuery(call.Query); refused {
		return refusal
	}
	link, ok := s.Find(project, call.Path[3])
	if !ok {
		return notFound("payment link")
	}
	return vendorapi.JSON(http.StatusOK, s.wire(link))
}

// list answers a page, newest first, then by id (contract 8.18). A cursor that is no link of the project is refused (own choice).
func (s *Server) list(call *vendorapi.Call, project string) vendorapi.Reply {
	q, refusal, refused := readQuery(call.Query)
	if refused {
		return refusal
	}
	links := slices.Collect(s.Listed(project)) // all of the project: a cursor need not fit the filters
	slices.SortFunc(links, func(a, b *Link) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), strings.Compare(a.ID, b.ID))
	})
	if cursor := q.after + q.before; cursor != "" {
		at := slices.IndexFunc(links, func(l *Link) bool { return l.ID == cursor })
		if at < 0 {
			return badQuery(map[bool]string{true: "after", false: "before"}[q.after != ""], "No such item")
		}
	}
	return vendorapi.JSON(http.StatusOK, s.pageOf(q.filter(links), q, links))
}

func (q query) filter(links []*Link) []*Link {
	return slices.DeleteFunc(slices.Clone(links), func(l *Link) bool {
		return q.invoice != "" && l.Invoice != q.invoice || len(q.statuses) > 0 && !slices.Contains(q.statuses, l.Status)
	})
}

// pageOf takes the query's page out of what fits; all gives the cursor its place. The cursors of an answer are the first and
// the last item's ids; an empty page has none (contract 5.2, own choice).
func (s *Server) pageOf(fits []*Link, q query, all []*Link) linkPage {
	place := map[*Link]int{}
	for i, l := range all {
		place[l] = i
	}
	cursor := slices.IndexFunc(all, func(l *Link) bool { return l.ID == q.after+q.before })
	first, last := 0, min(q.limit, len(fits))
	switch {
	case q.after != "":
		first = count(fits, func(l *Link) bool { return place[l] <= cursor })
		last = min(first+q.limit, len(fits))
	case q.before != "":
		last = count(fits, func(l *Link) bool { return place[l] < cursor })
		first = max(0, last-q.limit)
	}
	page := linkPage{Object: "list", Items: []linkWire{}}
	for _, l := range fits[first:last] {
		page.Items = append(page.Items, s.wire(l))
	}
	if last > first {
		if last < len(fits) {
			page.MoreItemsAfter = &fits[last-1].ID
		}
		if first > 0 {
			page.MoreItemsBefore = &fits[first].ID
		}
	}
	return page
}

// count tells how many of the links, from the start, fit.
func count(links []*Link, fits func(*Link) bool) int {
	n := 0
	for n < len(links) && fits(links[n]) {
		n++
	}
	return n
}
