package rest

import (
	"fmt"
	"net/http"
	"time"
)

const (
	maxAttempts  = 5
	firstBackoff = time.Second
	maxBackoff   = 32 * time.Second
)

// failureKind is what stood in the way of a response. A response with an error status of its own is no such failure.
type failureKind int

const (
	_              failureKind = iota // none
	connectionLost                    // no response, or the connection ended before the response did
	badBody                           // a 2xx that is not what was asked for
	notRetryable                      // what a repetition cannot change, or what must not be repeated
)

// attemptFacts is all that the decision to repeat a request rests on.
type attemptFacts struct {
	method            string
	idempotent        bool // a write that may be carried out twice
	hasIdempotencyKey bool // idempotent where the vendor's memory of the key surely holds: not after a 5xx
	written           bool // the vendor may have got the request
	status            int  // 0: no response
	failure           failureKind
	newToken          bool // after this 401 another token is there to try
	retryAfter        time.Duration
	number            int           // of this attempt, from 1
	remaining         time.Duration // of the budget
	jitter            float64       // in [0,1)
}

// decision says whether to repeat a request, and after what wait; if not, why not, where that is worth saying.
type decision struct {
	retry  bool
	wait   time.Duration
	reason string
}

// decide is the whole retry policy: only what cannot be carried out twice is repeated, and no longer than the budget allows.
func decide(a attemptFacts) decision {
	if a.newToken && a.status == http.StatusUnauthorized {
		return decision{retry: true}
	}
	if !isRetryable(a) {
		return decision{}
	}
	if a.number >= maxAttempts {
		return decision{reason: fmt.Sprintf("Gave up after %d attempts.", a.number)}
	}
	wait := a.retryAfter
	if wait <= 0 {
		wait = backoff(a.number, a.jitter)
	}
	if wait >= a.remaining {
		return decision{reason: fmt.Sprintf("Not repeated: the wait before the next attempt would be %s, and %s of the retry budget are left.",
			wait.Round(time.Millisecond), max(0, a.remaining).Round(time.Millisecond))}
	}
	return decision{retry: true, wait: wait}
}

func isRetryable(a attemptFacts) bool {
	switch {
	case a.failure == notRetryable:
		return false
	case a.status == http.StatusTooManyRequests, a.failure == connectionLost && !a.written:
		return true // not carried out: any method may try again
	case !isRead(a.method) && !a.idempotent && !(a.hasIdempotencyKey && (a.failure == connectionLost || a.failure == badBody)):
		return false
	case a.failure == connectionLost:
		return true
	case a.failure == badBody:
		return !isRead(a.method) // a page that is not a response stays one; a repeated write may be told what was done
	}
	switch a.status {
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// backoff doubles from one second to 32, of which the upper half is random, so that parallel requests spread.
func backoff(number int, jitter float64) time.Duration {
	full := min(firstBackoff<<(number-1), maxBackoff)
	return full/2 + time.Duration(jitter*float64(full/2))
}

// outcomeOf says what a failed attempt may have left behind. 307 and 308 ask for the same request elsewhere, so that nothing
// was done here; after other redirects something may have been.
func outcomeOf(a attemptFacts) Outcome {
	switch {
	case a.status == 0 && !a.written:
		return NotApplied
	case a.status >= 400 && a.status < 500, a.status == http.StatusTemporaryRedirect, a.status == http.StatusPermanentRedirect:
		return NotApplied
	}
	return Unknown
}

func isRead(method string) bool { return method == http.MethodGet || method == http.MethodHead }
