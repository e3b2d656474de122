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
func endings() []attemptFacts {
	out := []attemptFacts{{failure: connectionLost}, {failure: notRetryable}, {failure: connectionLost, written: true}, {failure: notRetryable, written: true}}
	for _, status := range []int{200, 201, 204} {
		for _, kind := range []failureKind{connectionLost, badBody, notRetryable} {
			out = append(out, attemptFacts{status: status, failure: kind, written: true})
		}
	}
	for _, status := range []int{301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 408, 409, 410, 412, 422, 425, 429, 451, 500, 501, 502, 503, 504, 505, 529} {
		out = append(out, attemptFacts{status: status, written: true}, attemptFacts{status: status, written: true, failure: notRetryable})
		if status == http.StatusUnauthorized {
			out = append(out, attemptFacts{status: status, written: true, newToken: true})
		}
	}
	return out
}

// retryAfters are values of the header, all answered at noon.
func retryAfters(now time.Time) []string {
	at := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	return []string{"", "0", "-5", "1", "7", "59", "60", "3600", "9223372036854775807", "99999999999999999999", "soon", "1.5", at(7 * time.Second), at(-time.Hour), at(240 * time.Hour)}
}

// forEachAttempt goes through every combination that decide can meet, and a few that it cannot.
func forEachAttempt(visit func(attemptFacts)) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, a := range endings() {
		for _, a.method = range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} {
			for _, kind := range []string{"plain", "with a key", "idempotent"} {
				a.hasIdempotencyKey, a.idempotent = kind == "with a key", kind == "idempotent"
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

// TestNoWriteIsDuplicated: whatever happened, what may have been carried out is repeated only where a repetition is
// harmless; and no repetition leaves its bounds.
func TestNoWriteIsDuplicated(t *testing.T) {
	t.Parallel()
	cases, repeated := 0, 0
	forEachAttempt(func(a attemptFacts) {
		cases++
		d := decide(a)
		if why := violation(a, d); why != "" {
			t.Fatalf("%s: %+v, %+v", why, a, d)
		}
		if d.retry {
			repeated++
		}
	})
	if cases < 100_000 || repeated < 1000 {
		t.Errorf("only %d cases, %d of them repeated", cases, repeated)
	}
}

// violation says which rule a decision breaks.
func violation(a attemptFacts, d decision) string {
	if a.newToken { // a 401 was not carried out, and this one has a new token to try
		if !d.retry || d.wait != 0 {
			return "a new token was not tried at once"
		}
		return ""
	}
	if d.retry != referencePolicy(a) {
		return fmt.Sprintf("repeated is %t", d.retry)
	}
	if !d.retry {
		if d.wait != 0 {
			return "a wait before nothing"
		}
		return ""
	}
	full := min(time.Second<<(a.number-1), 32*time.Second)
	switch {
	case a.retryAfter > 0 && d.wait != a.retryAfter:
		return "Retry-After was not kept"
	case a.retryAfter <= 0 && (d.wait < full/2 || d.wait >= full):
		return "not a back-off"
	case d.wait >= a.remaining:
		return "beyond the budget"
	}
	return ""
}

// referencePolicy is the policy once more, in the order of its promises instead of the code's.
func referencePolicy(a attemptFacts) bool {
	read := a.method == "GET" || a.method == "HEAD"
	notDone := a.status == 429 || a.status == 0 && !a.written
	broken := slices.Contains([]int{500, 502, 503, 504}, a.status) && a.failure == 0
	noAnswer := a.failure == connectionLost
	var may bool
	switch {
	case a.failure == notRetryable:
	case notDone:
		may = true
	case read:
		may = noAnswer || broken
	case a.idempotent:
		may = noAnswer || broken || a.failure == badBody
	case a.hasIdempotencyKey:
		may = noAnswer || a.failure == badBody
	}
	wait := a.retryAfter
	if wait <= 0 {
		wait = backoff(a.number, a.jitter)
	}
	return may && a.number < 5 && wait < a.remaining
}
