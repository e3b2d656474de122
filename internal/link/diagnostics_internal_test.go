package link

import "testing"

func TestToSnakeCase(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "title": "title", "taxNumber": "tax_number", "tax_number": "tax_number", "Title": "title", "aBC": "a_b_c"} {
		if got := toSnakeCase(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
