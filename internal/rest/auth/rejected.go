package auth

import (
	"net/http"
	"sync"
)

// maxRejections is how many 401s in a row a confirmed token may get: fewer may mean that it is not good for one of the links, not
// that it has expired. The strictest vendor throttles at 200 responses with 401 within an hour.
const maxRejections = 10

// Rejected remembers a token that the vendor does not accept, so that later requests fail at once and are not sent. E is the error of
// a rejected request. The zero value is ready to use; it is safe for concurrent use.
type Rejected[E any] struct {
	mu          sync.Mutex
	token       string
	confirmed   bool // since it is the token
	consecutive int  // 401s after which there was no other token to try
	last        E    // the last of them
}

// ErrorFor returns the last error of a token that must not be sent again; known is false if it may be sent.
func (r *Rejected[E]) ErrorFor(token string) (last E, known bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.token != token || r.consecutive == 0 || r.confirmed && r.consecutive < maxRejections {
		return last, false
	}
	return r.last, true
}

// Add records a 401 after which there was no other token to try.
func (r *Rejected[E]) Add(token string, rejection E) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.resetTo(token)
	r.consecutive++
	r.last = rejection
}

// Confirm records that a token was accepted.
func (r *Rejected[E]) Confirm(token string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.resetTo(token)
	r.confirmed, r.consecutive = true, 0
}

func (r *Rejected[E]) resetTo(token string) {
	if r.token != token {
		r.token, r.confirmed, r.consecutive = token, false, 0
	}
}

// Confirms reports whether a response with this status shows that the vendor accepted the token. Other statuses may come from a
// gateway that has not looked at it.
func Confirms(status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired, http.StatusRequestTimeout, http.StatusTooManyRequests:
		return false
	}
	return status >= 200 && status < 300 || status >= 400 && status < 500
}
