package vendorapi

import "time"

// Token is what a vendor knows of a bearer token, or of a key.
type Token struct {
	Account string
	Expires time.Time // zero: never
	Scopes  []string
}

// Expired reports whether the token's time is over.
func (t Token) Expired(now time.Time) bool { return !t.Expires.IsZero() && !now.Before(t.Expires) }

// Tokens are tokens by their secrets.
type Tokens map[string]Token

// Issue makes a secret with a prefix for a token.
func (t Tokens) Issue(prefix string, token Token) (secret string) {
	secret = Secret(prefix)
	t[secret] = token
	return secret
}

// Expire ends a token now; an unknown one stays unknown.
func (t Tokens) Expire(secret string, now time.Time) {
	if token, ok := t[secret]; ok {
		token.Expires = now
		t[secret] = token
	}
}

// ExpireAll ends every token now.
func (t Tokens) ExpireAll(now time.Time) {
	for secret := range t {
		t.Expire(secret, now)
	}
}

// Moments are when calls came, the oldest first; a vendor limits its clients by them.
type Moments []time.Time

// After returns the moments after start.
func (m Moments) After(start time.Time) Moments {
	for len(m) > 0 && !m[0].After(start) {
		m = m[1:]
	}
	return m
}

// Wait counts a call at now, and returns 0; for one too many in a window it returns how long to wait, and does not count it.
func (m *Moments) Wait(now time.Time, most int, window time.Duration) time.Duration {
	*m = m.After(now.Add(-window))
	if len(*m) >= most {
		return (*m)[0].Add(window).Sub(now)
	}
	*m = append(*m, now)
	return 0
}

// Replays are the successful answers to idempotency keys.
type Replays map[string]Replay

// Replay is an answer that stands until a moment, and the body of its request.
type Replay struct {
	Reply Reply
	Body  string
	Until time.Time
}

// Find returns the answer that stands for a key at now; there is none for "".
func (r Replays) Find(key string, now time.Time) (Replay, bool) {
	held, ok := r[key]
	return held, ok && key != "" && now.Before(held.Until)
}
