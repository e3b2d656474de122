package qonto

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxPerPage is also the default (section 2.5).
const maxPerPage = 100

// query is what lists take.
type query struct {
	page, perPage int
	statuses      []string
	sortBy        string
}

// readQuery reads the parameters of a list, and refuses values beyond the documented ones (row 24). Unknown parameters
// are ignored.
func readQuery(values url.Values, statuses, sorts []string) (query, []apiError) {
	q := query{statuses: values["status[]"], sortBy: values.Get("sort_by")}
	var errs []apiError
	number := func(name string, byDefault, most int) int {
		if !values.Has(name) {
			return byDefault
		}
		n, err := strconv.Atoi(values.Get(name))
		if err != nil || n < 1 || n > most {
			errs = append(errs, parameter(name, codeNotInList, name+" must be between 1 and "+strconv.Itoa(most)))
		}
		return n
	}
	q.page = number("page", 1, 1<<31-1)
	q.perPage = number("per_page", maxPerPage, maxPerPage)
	for _, status := range q.statuses {
		if !slices.Contains(statuses, status) {
			errs = append(errs, parameter("status[]", codeNotInList, "status must be one of "+strings.Join(statuses, ", ")))
		}
	}
	if values.Has("sort_by") && !slices.Contains(sorts, q.sortBy) {
		errs = append(errs, parameter("sort_by", codeNotInList, "sort_by must be one of "+strings.Join(sorts, ", ")))
	}
	return q, errs
}

func (q query) fits(status string) bool {
	return len(q.statuses) == 0 || slices.Contains(q.statuses, status)
}

// meta is section 2.0's Meta; next_page may be a number, null or absent (section 5).
type meta struct {
	CurrentPage int     `json:"current_page"`
	NextPage    rawJSON `json:"next_page,omitempty"`
	PrevPage    rawJSON `json:"prev_page"`
	TotalPages  int     `json:"total_pages"`
	TotalCount  int     `json:"total_count"`
	PerPage     int     `json:"per_page"`
}

// paged cuts the query's page out of all; a page beyond the end is empty.
func paged[T any](all []T, q query, sw Switches) ([]T, meta) {
	m := meta{
		CurrentPage: q.page, PerPage: q.perPage, TotalCount: len(all), NextPage: null, PrevPage: null,
		TotalPages: (len(all) + q.perPage - 1) / q.perPage,
	}
	if q.page > 1 {
		m.PrevPage = rawJSON(strconv.Itoa(q.page - 1))
	}
	if q.page > m.TotalPages {
		if sw.NextPageZeroQuirk {
			m.NextPage = rawJSON("0")
		}
		return nil, m
	}
	if q.page < m.TotalPages {
		m.NextPage = rawJSON(strconv.Itoa(q.page + 1))
	} else if sw.OmitLastNextPage {
		m.NextPage = nil
	}
	start := (q.page - 1) * q.perPage
	return all[start:min(start+q.perPage, len(all))], m
}
