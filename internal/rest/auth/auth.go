// Package auth provides the bearer tokens of a client. It decides when a token is refreshed and what parallel requests get meanwhile
// (refreshing.go), and when a rejected token is no longer sent (rejected.go).
//
// It sends no requests: the caller passes the function that fetches a token.
package auth

import (
	"context"
	"time"
)

// Source provides the bearer token of a client's requests. It is safe for concurrent use.
type Source interface {
	// Token returns the current token, fetched or refreshed when needed. It waits no longer than ctx.
	Token(ctx context.Context) (string, error)
	// Refresh reports that a token was rejected with HTTP 401, and returns whether there is another one to try. An error says why
	// there is none.
	Refresh(ctx context.Context, rejected string) (bool, error)
	// Confirm reports that a token was accepted.
	Confirm(token string)
	// Secrets returns everything to redact, all tokens so far included.
	Secrets() []string
}

// Token is a fetched token.
type Token struct {
	Value   string
	Expires time.Time // from then on it is not accepted; zero: unknown
}

// Static returns a Source of one token, which is never refreshed.
func Static(token string) Source { return static(token) }

type static string

func (s static) Token(context.Context) (string, error)         { return string(s), nil }
func (s static) Refresh(context.Context, string) (bool, error) { return false, nil }
func (s static) Confirm(string)                                {}
func (s static) Secrets() []string                             { return []string{string(s)} }

// maxLifetime is more than any token lives.
const maxLifetime = 10 * 365 * 24 * time.Hour

// Lifetime returns the duration of so many seconds for which a vendor says that a token lives, at most ten years: one that does not fit
// into a duration would end in the past.
func Lifetime(seconds float64) time.Duration {
	return time.Duration(min(seconds, maxLifetime.Seconds()) * float64(time.Second))
}
