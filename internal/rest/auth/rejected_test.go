package auth_test

import (
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
)

// A token that was never accepted is given up at once; one that was, after ten 401s in a row.
func TestRejectedTokenIsGivenUp(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		statuses []int // of the responses to the token
		known    bool
	}{
		"nothing sent":             {nil, false},
		"never accepted":           {[]int{401}, true},
		"behind a gateway's error": {[]int{403, 429, 501, 401}, true},
		"accepted, nine times":     {append([]int{200}, slices.Repeat([]int{401}, 9)...), false},
		"accepted, ten times":      {append([]int{404}, slices.Repeat([]int{401}, 10)...), true},
		"accepted again":           {[]int{401, 422}, false},
	}
	for name, test := range tests {
		var rejected auth.Rejected[int]
		for number, status := range test.statuses {
			if auth.Confirms(status) {
				rejected.Confirm("tok")
			}
			if status == 401 {
				rejected.Add("tok", number)
			}
		}
		last, known := rejected.ErrorFor("tok")
		if known != test.known || known && last != len(test.statuses)-1 {
			t.Errorf("%s: %t, with response %d, want %t", name, known, last, test.known)
		}
		if _, known := rejected.ErrorFor("another"); known {
			t.Errorf("%s: another token is rejected too", name)
		}
	}
}
