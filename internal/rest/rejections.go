package rest

import (
	"net/http"
	"slices"
	"sync"
)

// maxRejections in a row are enough for a token that was accepted before: by then it has ended, and it is not one link
// that it is not good for. Qonto throttles at 200 answers with 401 within an hour.
const maxRejections = 10

// rejections remembers the token that the vendor does not take (any more), so that later calls fail at once instead of
// asking with it again.
type rejections struct {
	mu       sync.Mutex
	token    string
	accepted bool   // since it is the token
	inARow   int    // 401s that no other token was there for
	last     *Error // the last of them, fit to show
}

// rejection is what a call that is not sent fails with: what the vendor said to an earlier one.
type rejection struct{ earlier *Error }

func (r *rejection) Error() string { return r.earlier.Error() }

// of returns why a token is not to be sent again; nil when it may be.
func (r *rejections) of(token string) *rejection {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.token != token || r.inARow == 0 || r.accepted && r.inARow < maxRejections {
		return nil
	}
	return &rejection{r.last}
}

// add is told of a 401 after which there was no other token to try.
func (r *rejections) add(token string, failed *Error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turnTo(token)
	r.inARow++
	r.last = failed
}

// accept is told of a token that was answered as one that is good.
func (r *rejections) accept(token string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turnTo(token)
	r.accepted, r.inARow, r.last = true, 0, nil
}

func (r *rejections) turnTo(token string) {
	if r.token != token {
		r.token, r.accepted, r.inARow, r.last = token, false, 0, nil
	}
}

// provesToken: an answer that nobody gets without a good token. A gateway may send the others before it looks.
func provesToken(status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired, http.StatusRequestTimeout, http.StatusTooManyRequests:
		return false
	}
	return status >= 200 && status < 300 || status >= 400 && status < 500
}

// unsent is the error of a call whose token is known to be rejected.
func (x *exchange) unsent(known *rejection) *Error {
	failed := *known.earlier
	failed.Method, failed.Path = x.request.method, x.request.url.EscapedPath()
	failed.Fields = slices.Clone(failed.Fields) // each error is masked in place
	failed.RetryNote = "Not sent: this is what the vendor has already answered to an earlier call with the same credentials."
	return &failed
}
