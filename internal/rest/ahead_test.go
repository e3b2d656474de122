package rest

import (
	"testing"
	"time"
)

// Whatever the answers' fractions and delays, the estimate is never above the truth, and gets near it.
func TestAheadIsALowerBound(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, truth := range []time.Duration{0, 90 * time.Second, -90 * time.Second, 300 * time.Millisecond} {
		c := &Client{}
		if _, known := c.ClockSkew(); known {
			t.Fatal("known before the first answer")
		}
		c.ahead.learn(time.Time{}, start)
		if _, known := c.ClockSkew(); known {
			t.Fatal("learnt from an answer without a date")
		}
		for i := range 200 {
			sent := start.Add(time.Duration(i) * 137 * time.Millisecond)
			delay := time.Duration(i%7) * 40 * time.Millisecond
			c.ahead.learn(sent.Add(truth).Truncate(time.Second), sent.Add(delay))
			if by, known := c.ClockSkew(); !known || by > truth {
				t.Fatalf("%s after answer %d, the truth is %s", by, i, truth)
			}
		}
		if by, _ := c.ClockSkew(); truth-by > 100*time.Millisecond {
			t.Errorf("%s, the truth is %s", by, truth)
		}
	}
}
