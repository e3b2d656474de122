package link

import (
	"context"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// This file decides what an answer about one link proves. One about another link proves nothing.

// unprovenError is a success that proves nothing: the outcome is unknown.
type unprovenError string

func (e unprovenError) Error() string { return string(e) }

// get reads one link.
func (c *configured[M, L, PM]) get(ctx context.Context, key driver.Key) (L, error) {
	answer, err := c.client.Get(ctx, key)
	return c.about(key, answer, err)
}

// about returns an answer if it is about the link that was asked for.
func (c *configured[M, L, PM]) about(key driver.Key, answer L, err error) (L, error) {
	if err != nil {
		return answer, err
	}
	if id := c.idOf(answer); !strings.EqualFold(id, key.ID) {
		var none L
		return none, unprovenError(c.info.Title + " returned another link than " + key.ID + ": " + id + ".")
	}
	return answer, nil
}

// isEnded reports whether there is nothing left to revoke: by the link's state, or because the vendor says so otherwise
// (driver.EndChecker).
func (c *configured[M, L, PM]) isEnded(answer L) bool {
	now := c.clock.Now()
	checker, ok := c.vendor.(driver.EndChecker[L])
	return c.vendor.State(answer, now).Ended() || ok && checker.IsEnded(answer, now)
}
