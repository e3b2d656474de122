package rest

import (
	"testing"
	"time"
)

// What requests side by side wait at one time is spent once.
func TestBudgetCountsATimeOnce(t *testing.T) {
	t.Parallel()
	at := func(seconds int) time.Time { return time.Unix(1000, 0).Add(time.Duration(seconds) * time.Second) }
	b := &budget{}
	for _, c := range []struct{ start, end, spent int }{{0, 10, 10}, {5, 12, 12}, {2, 8, 12}, {20, 25, 17}} {
		b.charge(at(c.start), at(c.end))
		if left := b.remaining(time.Minute); left != time.Duration(60-c.spent)*time.Second {
			t.Errorf("%+v: %s are left", c, left)
		}
	}
}
