package auth

import (
	"net/http"
	"sync"
)

// maxRejections in a row are enough for a token that was confirmed before: by then it has ended, and it is not one link
// that it is not good for. The strictest vendor throttles at 200 answers with 401 within an hour.
const maxRejections = 10

// Rejected remembers the token that the vendor does not accept, or no longer, so that later requests fail at once instead of being sent
// with it. E is the error of a rejected request. The zero value knows no token; it is safe for concurrent use.
type Rejected[E any] struct {
	mu          sync.Mutex
	token       string
	confirmed   bool // since it is the token
	consecutive int  // 401s after which there was no other token to try
	last        E    // the last of them
}

// Of returns the last rejection of a token that must not be sent again; known is false when it may be.
func (r *Rejected[E]) Of(token string) (last E, known bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.token != token || r.consecutive == 0 || r.confirmed && r.consecutive < maxRejections {
		return last, false
	}
	return r.last, true
}

// Add is told of a 401 after which there was no other token to try.
func (r *Rejected[E]) Add(token string, rejection E) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.resetTo(token)
	r.consecutive++
	r.last = rejection
}

// Confirm is told that a token was accepted.
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

// Confirms reports whether a response of this status confirms the token of its request: whether nobody gets it without a good
// one. A gateway may send the others before it looks at the token.
func Confirms(status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired, http.StatusRequestTimeout, http.StatusTooManyRequests:
		return false
	}
	return status >= 200 && status < 300 || status >= 400 && status < 500
}
