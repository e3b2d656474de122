package rest

import (
	"testing"
	"time"
)

// Whatever the responses' fractions and delays, the truth lies between the bounds, and they get near it.
func TestClockSkewIsBounded(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, truth := range []time.Duration{0, 90 * time.Second, -90 * time.Second, 300 * time.Millisecond} {
		c := &Client{}
		if _, _, known := c.ClockSkew(); known {
			t.Fatal("known before the first response")
		}
		c.skew.observe(time.Time{}, start, start)
		if _, _, known := c.ClockSkew(); known {
			t.Fatal("learnt from a response without a date")
		}
		respond := func(i int, truth time.Duration) (least, most time.Duration) {
			made := start.Add(time.Duration(i) * 137 * time.Millisecond)
			delay := time.Duration(i%7) * 40 * time.Millisecond
			c.skew.observe(made.Add(truth).Truncate(time.Second), made.Add(-delay/2), made.Add(delay))
			least, most, known := c.ClockSkew()
			if !known || least > truth || most < truth {
				t.Fatalf("%s to %s after response %d, the truth is %s", least, most, i, truth)
			}
			return least, most
		}
		for i := range 200 {
			if least, most := respond(i, truth); i == 199 && most-least > 100*time.Millisecond {
				t.Errorf("%s to %s, the truth is %s", least, most, truth)
			}
		}
		respond(200, truth+time.Minute) // a clock is set
	}
}
