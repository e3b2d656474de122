package paging

import "strconv"

// NumberedPage is PageAt for a list whose pages are counted, by number or by offset.
func NumberedPage[L any](at string, first int, page func(int) (Page[L, int], error)) (Page[L, string], error) {
	number := first
	if at != "" {
		var err error
		if number, err = strconv.Atoi(at); err != nil {
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
