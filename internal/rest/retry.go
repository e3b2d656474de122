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

// trouble is what stood in the way of an answer. An answer with a status of its own is no trouble.
type trouble int

const (
	_          trouble = iota // none
	lost                      // no answer, or the connection ended before the answer did
	unreadable                // a 2xx that is not what was asked for
	final                     // what a repetition cannot mend, or what must not be repeated
)

// attempt is all that the decision to repeat rests on.
type attempt struct {
	method     string
	repeatable bool
	keyed      bool // repeatable where the vendor's memory of the key surely holds: not after a 5xx
	written    bool // the vendor may have got the request
	status     int  // 0: no answer
	trouble    trouble
	newToken   bool // after this 401 another token is there to try
	retryAfter time.Duration
	number     int           // of this attempt, from 1
	remaining  time.Duration // of the budget
	jitter     float64       // in [0,1)
}

// verdict says whether to repeat, and after what wait; if not, why not, where that is worth saying.
type verdict struct {
	again  bool
	wait   time.Duration
	reason string
}

// decide is the whole retry policy: only what cannot be carried out twice is repeated, and no longer than the budget.
func decide(a attempt) verdict {
	if a.newToken && a.status == http.StatusUnauthorized {
		return verdict{again: true}
	}
	if !worthRepeating(a) {
		return verdict{}
	}
	if a.number >= maxAttempts {
		return verdict{reason: fmt.Sprintf("Gave up after %d attempts.", a.number)}
	}
	wait := a.retryAfter
	if wait <= 0 {
		wait = backoff(a.number, a.jitter)
	}
	if wait >= a.remaining {
		return verdict{reason: fmt.Sprintf("Not repeated: the wait before the next attempt would be %s, and %s of the retry budget are left.",
			wait.Round(time.Millisecond), max(0, a.remaining).Round(time.Millisecond))}
	}
	return verdict{again: true, wait: wait}
}

func worthRepeating(a attempt) bool {
	switch {
	case a.trouble == final:
		return false
	case a.status == http.StatusTooManyRequests, a.trouble == lost && !a.written:
		return true // not carried out: any method may try again
	case !isRead(a.method) && !a.repeatable && !(a.keyed && (a.trouble == lost || a.trouble == unreadable)):
		return false
	case a.trouble == lost:
		return true
	case a.trouble == unreadable:
		return !isRead(a.method) // a page that is not an answer stays one; a repeated write may be told what was done
	}
	switch a.status {
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// backoff doubles from one second to 32, of which the upper half is random, so that parallel calls spread.
func backoff(number int, jitter float64) time.Duration {
	full := min(firstBackoff<<(number-1), maxBackoff)
	return full/2 + time.Duration(jitter*float64(full/2))
}

// judge says what an attempt that failed may have left behind. 307 and 308 ask for the same request elsewhere, so that
// nothing was done here; after other redirects something may have been.
func judge(a attempt) Outcome {
	switch {
	case a.status == 0 && !a.written:
		return NotApplied
	case a.status >= 400 && a.status < 500, a.status == http.StatusTemporaryRedirect, a.status == http.StatusPermanentRedirect:
		return NotApplied
	}
	return Unknown
}

func isRead(method string) bool { return method == http.MethodGet || method == http.MethodHead }
