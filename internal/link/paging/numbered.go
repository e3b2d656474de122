package paging

import "strconv"

// NumberedPage reads one page of a list whose pages are numbered, or addressed by offset, for a driver.Pager, whose cursors are
// texts. An empty cursor is the first page.
func NumberedPage[L any](cursor string, first int, page func(int) (Page[L, int], error)) (Page[L, string], error) {
	number := first
	if cursor != "" {
		var err error
		if number, err = strconv.Atoi(cursor); err != nil {
			return Page[L, string]{}, err
		}
	}
	numbered, err := page(number)
	out := Page[L, string]{Links: numbered.Links, Total: numbered.Total}
	if numbered.Next != nil {
		next := strconv.Itoa(*numbered.Next)
		out.Next = &next
	}
	return out, err
}
