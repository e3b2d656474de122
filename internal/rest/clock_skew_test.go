package rest

import (
	"testing"
	"time"
)

// Whatever the responses' fractions and delays, the estimate is never above the truth, and gets near it.
func TestClockSkewIsALowerBound(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, truth := range []time.Duration{0, 90 * time.Second, -90 * time.Second, 300 * time.Millisecond} {
		c := &Client{}
		if _, known := c.ClockSkew(); known {
			t.Fatal("known before the first response")
		}
		c.skew.observe(time.Time{}, start)
		if _, known := c.ClockSkew(); known {
			t.Fatal("learnt from a response without a date")
		}
		for i := range 200 {
			sent := start.Add(time.Duration(i) * 137 * time.Millisecond)
			delay := time.Duration(i%7) * 40 * time.Millisecond
			c.skew.observe(sent.Add(truth).Truncate(time.Second), sent.Add(delay))
			if offset, known := c.ClockSkew(); !known || offset > truth {
				t.Fatalf("%s after response %d, the truth is %s", offset, i, truth)
			}
		}
		if offset, _ := c.ClockSkew(); truth-offset > 100*time.Millisecond {
			t.Errorf("%s, the truth is %s", offset, truth)
		}
	}
}
