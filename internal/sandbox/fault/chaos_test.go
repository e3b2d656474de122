package fault_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

// fates posts to two vendors so many times, in an order of the caller's, and tells what became of each request.
func fates(t *testing.T, c fault.Chaos, order []string) (map[string][]string, *sandbox.Sandbox) {
	t.Helper()
	r := sandboxtest.New(t, sandboxtest.Acme.New, sandboxtest.Bolt.New)
	r.StartChaos(c)
	out := map[string][]string{}
	for _, path := range order {
		a, fate := r.Send(http.MethodPost, path, ""), "dropped"
		if a.Status != 0 {
			fate = fmt.Sprint(a.Status, a.Header.Get("Retry-After"), a.Header.Get("Content-Length"))
		}
		out[path] = append(out[path], fate)
	}
	return out, r.Sandbox
}

const (
	onePath   = "/acme/links"
	otherPath = "/bolt/links"
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
	c := fault.Chaos{Seed: 7, Rate: 0.5, Patience: time.Second}
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
	for _, count := range s.ChaosStats() {
		hits += count
	}
	if hits < 40 || hits > 80 || len(s.ChaosStats()) < 12 {
		t.Errorf("of 120 requests a half should be hit, in many ways: %d, %v", hits, s.ChaosStats())
	}
}

// TestChaosRate: none and all.
func TestChaosRate(t *testing.T) {
	t.Parallel()
	order := slices.Repeat([]string{onePath}, 20)
	if _, s := fates(t, fault.Chaos{Seed: 1}, order); len(s.ChaosStats()) > 0 {
		t.Errorf("nothing should happen: %v", s.ChaosStats())
	}
	hits := 0
	_, s := fates(t, fault.Chaos{Seed: 1, Rate: 1, Patience: time.Millisecond}, order)
	for _, count := range s.ChaosStats() {
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
	var before, after []fault.Event
	c := fault.Chaos{
		Before: func(m fault.Event) { before = append(before, m) },
		After:  func(m fault.Event) { after = append(after, m) },
	}
	if _, s := fates(t, c, []string{onePath, otherPath, onePath}); len(s.Requests()) != 3 {
		t.Fatalf("%d requests", len(s.Requests()))
	}
	if len(before) != 3 || len(after) != 3 || before[2].Number != 2 || before[2].Vendor != "acme" || before[2].Op != "create" {
		t.Fatalf("seen before: %+v, after: %+v", before, after)
	}
	if before[0].Reply != nil || after[0].Reply == nil || after[0].Committed {
		t.Errorf("seen before: %+v, after: %+v", before[0], after[0])
	}
}
