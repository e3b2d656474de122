package rest

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"
)

// endings are all ways in which an attempt can end: without an answer, with an answer that cannot be used, and with any
// status of consequence.
func endings() []attempt {
	out := []attempt{{trouble: lost}, {trouble: final}, {trouble: lost, written: true}, {trouble: final, written: true}}
	for _, status := range []int{200, 201, 204} {
		for _, trouble := range []trouble{lost, unreadable, final} {
			out = append(out, attempt{status: status, trouble: trouble, written: true})
		}
	}
	for _, status := range []int{301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 408, 409, 410, 412, 422, 425, 429, 451, 500, 501, 502, 503, 504, 505, 529} {
		out = append(out, attempt{status: status, written: true}, attempt{status: status, written: true, trouble: final})
		if status == http.StatusUnauthorized {
			out = append(out, attempt{status: status, written: true, newToken: true})
		}
	}
	return out
}

// retryAfters are values of the header, all answered at noon.
func retryAfters(now time.Time) []string {
	at := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	return []string{"", "0", "-5", "1", "7", "59", "60", "3600", "9223372036854775807", "99999999999999999999", "soon", "1.5", at(7 * time.Second), at(-time.Hour), at(240 * time.Hour)}
}

// eachAttempt goes through every combination that decide can meet, and a few that it cannot.
func eachAttempt(visit func(attempt)) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, a := range endings() {
		for _, a.method = range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} {
			for _, kind := range []string{"plain", "keyed", "repeatable"} {
				a.keyed, a.repeatable = kind == "keyed", kind == "repeatable"
				for _, header := range retryAfters(now) {
					a.retryAfter = retryAfter(http.Header{"Retry-After": {header}}, now)
					for a.number = 1; a.number <= maxAttempts+1; a.number++ {
						for _, a.remaining = range []time.Duration{-time.Second, 0, 600 * time.Millisecond, 8 * time.Second, time.Minute} {
							for _, a.jitter = range []float64{0, 0.999} {
								visit(a)
							}
						}
					}
				}
			}
		}
	}
}

// TestNothingIsDuplicated: whatever happened, what may have been carried out is repeated only where a repetition is
// harmless; and no repetition leaves its bounds.
func TestNothingIsDuplicated(t *testing.T) {
	t.Parallel()
	cases, repeated := 0, 0
	eachAttempt(func(a attempt) {
		cases++
		v := decide(a)
		if why := wrong(a, v); why != "" {
			t.Fatalf("%s: %+v, %+v", why, a, v)
		}
		if v.again {
			repeated++
		}
	})
	if cases < 100_000 || repeated < 1000 {
		t.Errorf("only %d cases, %d of them repeated", cases, repeated)
	}
}

// wrong says which rule a verdict breaks.
func wrong(a attempt, v verdict) string {
	if a.newToken { // a 401 was not carried out, and this one has a new token to try
		if !v.again || v.wait != 0 {
			return "a new token was not tried at once"
		}
		return ""
	}
	if v.again != expected(a) {
		return fmt.Sprintf("repeated is %t", v.again)
	}
	if !v.again {
		if v.wait != 0 {
			return "a wait before nothing"
		}
		return ""
	}
	full := min(time.Second<<(a.number-1), 32*time.Second)
	switch {
	case a.retryAfter > 0 && v.wait != a.retryAfter:
		return "Retry-After was not kept"
	case a.retryAfter <= 0 && (v.wait < full/2 || v.wait >= full):
		return "not a back-off"
	case v.wait >= a.remaining:
		return "beyond the budget"
	}
	return ""
}

// expected is the policy once more, in the order of its promises instead of the code's.
func expected(a attempt) bool {
	read := a.method == "GET" || a.method == "HEAD"
	notDone := a.status == 429 || a.status == 0 && !a.written
	broken := slices.Contains([]int{500, 502, 503, 504}, a.status) && a.trouble == 0
	noAnswer := a.trouble == lost
	var may bool
	switch {
	case a.trouble == final:
	case notDone:
		may = true
	case read:
		may = noAnswer || broken
	case a.repeatable:
		may = noAnswer || broken || a.trouble == unreadable
	case a.keyed:
		may = noAnswer || a.trouble == unreadable
	}
	wait := a.retryAfter
	if wait <= 0 {
		wait = backoff(a.number, a.jitter)
	}
	return may && a.number < 5 && wait < a.remaining
}
