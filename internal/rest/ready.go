package rest

import (
	"context"
	"fmt"
	"net/http"
)

// ready waits until a request may be sent and returns its token. The wait for the limit is no part of the retry budget.
// After it, nothing stands between an ended ctx and the request.
func (x *exchange) ready(ctx context.Context) (string, error) {
	for {
		// First what may take its time or fail, so that a turn is neither waited for in vain nor grows old.
		token, err := x.token(ctx)
		if err != nil || x.client.limiter == nil {
			return token, err
		}
		began := x.client.clock.Now()
		turn, err := x.client.limiter.wait(ctx)
		if err != nil {
			return "", fmt.Errorf("while waiting for requests_per_minute: %w", err)
		}
		x.deadline, x.began = x.deadline.Add(turn.Sub(began)), turn
		token, err = x.token(ctx) // it may have been renewed meanwhile
		if err != nil || x.client.clock.Now().Sub(turn) <= limitSlack {
			return token, err
		}
	}
}

// token returns "" where no Authorization is to be sent.
func (x *exchange) token(ctx context.Context) (string, error) {
	if err := ctx.Err(); err != nil || x.client.auth == nil {
		return "", err
	}
	token, err := x.client.auth.Token(ctx)
	if err != nil {
		return "", err
	}
	if err := checkHeader(http.Header{"Authorization": {token}}); err != nil {
		return "", err
	}
	if known := x.client.rejections.of(token); known != nil {
		return "", known
	}
	return token, ctx.Err()
}
