package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

const (
	reachLinks   = 1000
	reachLatency = 50 * time.Millisecond
)

// promise is one line of what is promised of many links: what was measured, and the bound.
type promise struct {
	what     string
	measured float64
	most     float64
	unit     string
}

func (p promise) String() string {
	verdict := "kept"
	if p.measured > p.most {
		verdict = "**broken**"
	}
	return fmt.Sprintf("| %s | %s%s | %s%s | %s |\n", p.what, figure(p.measured), p.unit, figure(p.most), p.unit, verdict)
}

// figure is a count as it is, and else two decimals.
func figure(x float64) string {
	if x == float64(int(x)) {
		return thousands(int(x))
	}
	return fmt.Sprintf("%.2f", x)
}

// measureReach measures what is promised of a thousand links, all in one run.
func (b *bench) measureReach(ctx context.Context, out io.Writer) error {
	fmt.Fprintf(out, "\n### What is promised of 1,000 links\n\n| | measured | at most | |\n|---|---:|---:|---|\n")
	for _, measure := range []func(context.Context) ([]promise, error){b.refreshReach, b.applyReach, b.limitReach} {
		kept, err := measure(ctx)
		for _, p := range kept {
			fmt.Fprint(out, p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) refreshReach(ctx context.Context) (out []promise, err error) {
	s, err := b.stocked(ctx, "qonto", "", reachLinks)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.front.Close()) }()
	for _, c := range []struct {
		refresh  string
		requests float64
	}{{"list", reachLinks / 100}, {"auto", 30}, {"get", reachLinks}} {
		near, err := s.measure(ctx, c.refresh, 0, 0, "plan", "-refresh-only")
		if err != nil {
			return out, err
		}
		far, err := s.measure(ctx, c.refresh, reachLatency, 0, "plan", "-refresh-only")
		if err != nil {
			return out, err
		}
		name := "Qonto, `plan -refresh-only` with `" + c.refresh + "`, an answer takes 50 ms: "
		out = append(out, promise{name + "requests", float64(far.total), c.requests, ""},
			promise{name + "connections", float64(far.connections), 12, ""},
			promise{name + "provider's processor time per link", perLink(far, reachLinks), 2, " ms"})
		if c.refresh != "get" {
			out = append(out, promise{name + "time, against answers at once", far.wall.Seconds() / near.wall.Seconds(), 1.4, ""})
		}
	}
	return out, nil
}

func (b *bench) applyReach(ctx context.Context) (out []promise, err error) {
	w, err := b.plainStand(ctx, reachLinks)
	if err != nil {
		return nil, err
	}
	s, err := b.open(ctx, "qonto", "", reachLinks)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.front.Close()) }()
	base, err := b.timed(ctx, w, "apply", "-auto-approve")
	if err != nil {
		return nil, err
	}
	apply, err := s.measure(ctx, "auto", reachLatency, 0, "apply", "-auto-approve")
	if err != nil {
		return nil, err
	}
	plan, err := s.measure(ctx, "auto", reachLatency, 0, "plan", "-detailed-exitcode")
	if err != nil {
		return nil, err
	}
	destroy, err := s.measure(ctx, "auto", reachLatency, 0, "destroy", "-auto-approve")
	if err != nil {
		return nil, err
	}
	return []promise{
		{"Qonto, `apply` of 1,000 new links: requests", float64(apply.total), reachLinks, ""},
		{"Qonto, `apply` of 1,000 new links: time, against `terraform_data`", apply.wall.Seconds() / base.wall.Seconds(), 1.4, ""},
		{"Qonto, an empty `plan` of them: requests", float64(plan.total), 30, ""},
		{"Qonto, `destroy` of them: requests", float64(destroy.total), reachLinks + 30, ""},
	}, nil
}

func (b *bench) limitReach(ctx context.Context) (out []promise, err error) {
	for _, c := range []struct {
		vendor, refresh string
		limit, links    int
		requests, most  float64 // seconds
	}{{"qonto", "get", 100, 200, 200, 150}, {"powens", "list", 30, reachLinks, 2, 60}, {"powens", "auto", 30, reachLinks, 12, 60}} {
		s, err := b.stocked(ctx, c.vendor, fmt.Sprintf(" requests_per_minute = %d ", c.limit), c.links)
		if err != nil {
			return out, err
		}
		// The vendor's own minute begins with the run.
		got, err := s.measure(ctx, c.refresh, reachLatency, c.limit, "plan", "-refresh-only")
		if err = errors.Join(err, s.front.Close()); err != nil {
			return out, err
		}
		name := fmt.Sprintf("%s, %s links under %d requests a minute with `%s`: ", titles[c.vendor], thousands(c.links), c.limit, c.refresh)
		out = append(out, promise{name + "answers 429", float64(got.refused), 0, ""}, promise{name + "requests", float64(got.total), c.requests, ""},
			promise{name + "time", got.wall.Seconds(), c.most, " s"})
	}
	return out, nil
}
