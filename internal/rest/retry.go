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

// failureKind is why an attempt brought no usable response. An error status is not a failure of this kind.
type failureKind int

const (
	_              failureKind = iota // none
	connectionLost                    // no response, or the connection ended before the response did
	badBody                           // a 2xx that is not what was asked for
	notRetryable                      // another attempt would not help, or must not be made
)

// attemptFacts is everything on which the decision to repeat a request depends.
type attemptFacts struct {
	method            string
	idempotent        bool // see Request
	observable        bool // see Request
	hasIdempotencyKey bool // see Request
	written           bool // the vendor may have got the request
	status            int  // 0: no response
	failure           failureKind
	newToken          bool // after this 401 another token is there to try
	refused           bool // by what stands before the vendor
	retryAfter        time.Duration
	namedConflict     bool          // the code of a 409 is one of the request's ConflictCodes
	number            int           // of this attempt, from 1
	remaining         time.Duration // of the budget
	jitter            float64       // in [0,1)
}

// decision says whether to repeat a request, and after what wait. reason says why not, where that is worth telling.
type decision struct {
	retry  bool
	wait   time.Duration
	reason string
}

// decide is the whole retry policy. A request is repeated only if nothing is carried out twice, at most five times, and as long as
// the wait fits into the budget:
//
//   - any request after a 401 if there is another token, after a 429, and if it was not sent;
//   - a read and an idempotent write after 500, 502, 503, 504 and a lost connection;
//   - a write with an idempotency key after a lost connection;
//   - both kinds of repeatable writes after a success that cannot be read, unless their effect is observable. A read is not: what is no
//     response stays none.
func decide(a attemptFacts) decision {
	if a.newToken && a.status == http.StatusUnauthorized {
		return decision{retry: true}
	}
	if !isRetryable(a) {
		return decision{}
	}
	advice := ""
	if a.status == http.StatusTooManyRequests || a.retryAfter > 0 {
		advice = " Set `requests_per_minute` to the vendor's limit to avoid this."
	}
	if a.number >= maxAttempts {
		return decision{reason: fmt.Sprintf("Gave up after %d attempts.%s", a.number, advice)}
	}
	wait := a.retryAfter
	if wait <= 0 {
		wait = backoff(a.number, a.jitter)
	}
	if wait >= a.remaining {
		return decision{reason: fmt.Sprintf("Not retried: the next attempt would have to wait %s, and %s of `retry_budget` are left.%s",
			wait.Round(time.Millisecond), max(0, a.remaining).Round(time.Millisecond), advice)}
	}
	return decision{retry: true, wait: wait}
}

func isRetryable(a attemptFacts) bool {
	switch {
	case a.failure == notRetryable:
		return false
	case a.status == http.StatusTooManyRequests, a.failure == connectionLost && !a.written:
		return true
	case !isRead(a.method) && !a.idempotent && !(a.hasIdempotencyKey && (a.failure == connectionLost || a.failure == badBody)):
		return false
	case a.observable && a.status > 0 && a.status < 300:
		return false
	case a.failure == connectionLost:
		return true
	case a.failure == badBody:
		return !isRead(a.method)
	}
	switch a.status {
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// backoff doubles from one second to 32. Its upper half is random, to spread parallel requests.
func backoff(number int, jitter float64) time.Duration {
	full := min(firstBackoff<<(number-1), maxBackoff)
	return full/2 + time.Duration(jitter*float64(full/2))
}

// outcomeOf says what a failed attempt may have left behind. Only a 4xx that says so refused: redirects, and the statuses with which
// a gateway may speak for a vendor that has already acted, leave it open. So does a 409 that does not name what is taken.
func outcomeOf(a attemptFacts) Outcome {
	if a.refused {
		return NotApplied
	}
	switch a.status {
	case 0:
		if !a.written {
			return NotApplied
		}
	case http.StatusConflict:
		if a.namedConflict {
			return NotApplied
		}
	case http.StatusRequestTimeout, http.StatusTooEarly, statusClientClosedRequest:
	default:
		if a.status >= 400 && a.status < 500 {
			return NotApplied
		}
	}
	return Unknown
}

// statusClientClosedRequest is nginx's for a client that went away before the response.
const statusClientClosedRequest = 499

func isRead(method string) bool { return method == http.MethodGet || method == http.MethodHead }
