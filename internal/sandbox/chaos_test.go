package sandbox_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// fates asks two vendors' lists so many times, in an order of the caller's, and tells what became of each request.
func fates(t *testing.T, c sandbox.Chaos, order []string) (map[string][]string, *sandbox.Sandbox) {
	t.Helper()
	s, err := sandbox.Start(sandbox.Options{Clock: clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	s.Unleash(c)
	out := map[string][]string{}
	for _, path := range order {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL()+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		fate := "dropped"
		if err == nil {
			fate = fmt.Sprint(resp.StatusCode, resp.Header.Get("Retry-After"), resp.ContentLength)
			if err := resp.Body.Close(); err != nil {
				t.Fatal(err)
			}
		}
		out[path] = append(out[path], fate)
	}
	return out, s
}

const (
	onePath   = "/qonto/v2/payment_links"
	otherPath = "/conomy/payment-links"
)

// TestChaosIsDecidedBySeed: the same seed does the same to each vendor's requests, in whatever order they come; another
// seed does something else.
func TestChaosIsDecidedBySeed(t *testing.T) {
	t.Parallel()
	turns, rows := []string{}, []string{}
	for range 60 {
		turns = append(turns, onePath, otherPath)
	}
	rows = append(append(rows, slices.Repeat([]string{otherPath}, 60)...), slices.Repeat([]string{onePath}, 60)...)
	c := sandbox.Chaos{Seed: 7, Share: 0.5, Patience: time.Second}
	first, s := fates(t, c, turns)
	second, _ := fates(t, c, rows)
	if !maps.EqualFunc(first, second, slices.Equal[[]string]) {
		t.Errorf("one seed, two fates:\n%v\n%v", first, second)
	}
	c.Seed++
	if other, _ := fates(t, c, turns); maps.EqualFunc(first, other, slices.Equal[[]string]) {
		t.Error("two seeds, one fate")
	}
	hits := 0
	for _, count := range s.Havoc() {
		hits += count
	}
	if hits < 40 || hits > 80 || len(s.Havoc()) < 12 {
		t.Errorf("of 120 requests a half should be hit, in many ways: %d, %v", hits, s.Havoc())
	}
}

// TestChaosShare: none and all.
func TestChaosShare(t *testing.T) {
	t.Parallel()
	order := slices.Repeat([]string{onePath}, 20)
	if _, s := fates(t, sandbox.Chaos{Seed: 1}, order); len(s.Havoc()) > 0 {
		t.Errorf("nothing should happen: %v", s.Havoc())
	}
	hits := 0
	_, s := fates(t, sandbox.Chaos{Seed: 1, Share: 1, Patience: time.Millisecond}, order)
	for _, count := range s.Havoc() {
		hits += count
	}
	if hits != len(order) {
		t.Errorf("%d of %d were hit", hits, len(order))
	}
}

// TestChaosIsSeen: each request is seen before and after the vendor's work, with its number and what it did; one that
// never reached the vendor is seen before only.
func TestChaosIsSeen(t *testing.T) {
	t.Parallel()
	var before, after []sandbox.Moment
	c := sandbox.Chaos{
		Before: func(m sandbox.Moment) { before = append(before, m) },
		After:  func(m sandbox.Moment) { after = append(after, m) },
	}
	if _, s := fates(t, c, []string{onePath, otherPath, onePath}); len(s.Requests()) != 3 {
		t.Fatalf("%d requests", len(s.Requests()))
	}
	if len(before) != 3 || len(after) != 3 || before[2].Number != 2 || before[2].Vendor != "qonto" || before[2].Op != "create" {
		t.Fatalf("seen before: %+v, after: %+v", before, after)
	}
	if before[0].Reply != nil || after[0].Reply == nil || after[0].Committed {
		t.Errorf("seen before: %+v, after: %+v", before[0], after[0])
	}
}
