package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const (
	targetLinks   = 1000
	targetLatency = 50 * time.Millisecond
)

// target is one line of what is promised of many links: what was measured, and the bound.
type target struct {
	what     string
	measured float64
	most     float64
	unit     string
}

func (t target) String() string {
	verdict := "kept"
	if t.measured > t.most {
		verdict = "**broken**"
	}
	return fmt.Sprintf("| %s | %s%s | %s%s | %s |\n", t.what, formatNumber(t.measured), t.unit, formatNumber(t.most), t.unit, verdict)
}

// formatNumber writes a count as it is, and else two decimals.
func formatNumber(x float64) string {
	if x == float64(int(x)) {
		return thousands(int(x))
	}
	return fmt.Sprintf("%.2f", x)
}

// measureTargets measures what is promised of a thousand links, all in one run.
func (b *bench) measureTargets(ctx context.Context, out io.Writer) error {
	fmt.Fprintf(out, "\n### What is promised of 1,000 links\n\n| | measured | at most | |\n|---|---:|---:|---|\n")
	for _, measure := range []func(context.Context) ([]target, error){b.refreshTargets, b.applyTargets, b.rateLimitTargets} {
		kept, err := measure(ctx)
		for _, t := range kept {
			fmt.Fprint(out, t)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// reference is the vendor with whose links the targets of every vendor are measured.
func reference() (descriptor.Descriptor, error) {
	for _, d := range descriptor.All() {
		if d.Benchmark != nil && d.Benchmark.Reference {
			return d, nil
		}
	}
	return descriptor.Descriptor{}, errors.New("no vendor is the reference of the benchmark")
}

func (b *bench) refreshTargets(ctx context.Context) (out []target, err error) {
	d, err := reference()
	if err != nil {
		return nil, err
	}
	f, err := b.seeded(ctx, d, nil, targetLinks)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for _, c := range []struct {
		refresh  string
		requests int
	}{{"list", targetLinks / d.List.PageSize}, {"auto", 30}, {"get", targetLinks}} {
		near, err := f.measure(ctx, c.refresh, 0, 0, "plan", "-refresh-only")
		if err != nil {
			return out, err
		}
		far, err := f.measure(ctx, c.refresh, targetLatency, 0, "plan", "-refresh-only")
		if err != nil {
			return out, err
		}
		name := d.Title + ", `plan -refresh-only` with `" + c.refresh + "`, an answer takes 50 ms: "
		out = append(out, target{name + "requests", float64(far.requests), float64(c.requests), ""},
			target{name + "connections", float64(far.connections), 12, ""},
			target{name + "provider's processor time per link", perLink(far, targetLinks), 2, " ms"})
		if c.refresh != "get" {
			out = append(out, target{name + "time, against answers at once", far.wall.Seconds() / near.wall.Seconds(), 1.4, ""})
		}
	}
	return out, nil
}

func (b *bench) applyTargets(ctx context.Context) (out []target, err error) {
	d, err := reference()
	if err != nil {
		return nil, err
	}
	w, err := b.plainFixture(ctx, targetLinks)
	if err != nil {
		return nil, err
	}
	f, err := b.open(ctx, d, nil, targetLinks)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	base, err := b.timed(ctx, w, "apply", "-auto-approve")
	if err != nil {
		return nil, err
	}
	var costs []cost
	for _, args := range [][]string{{"apply", "-auto-approve"}, {"plan", "-detailed-exitcode"}, {"destroy", "-auto-approve"}} {
		c, err := f.measure(ctx, "auto", targetLatency, 0, args...)
		if err != nil {
			return nil, err
		}
		costs = append(costs, c)
	}
	apply, plan, destroy := costs[0], costs[1], costs[2]
	return []target{
		{d.Title + ", `apply` of 1,000 new links: requests", float64(apply.requests), targetLinks, ""},
		{d.Title + ", `apply` of 1,000 new links: time, against `terraform_data`", apply.wall.Seconds() / base.wall.Seconds(), 1.4, ""},
		{d.Title + ", an empty `plan` of them: requests", float64(plan.requests), 30, ""},
		{d.Title + ", `destroy` of them: requests", float64(destroy.requests), targetLinks + 30, ""},
	}, nil
}

func (b *bench) rateLimitTargets(ctx context.Context) (out []target, err error) {
	for _, d := range descriptor.InOrder() {
		if d.Benchmark == nil {
			continue
		}
		for _, c := range d.Benchmark.Limited {
			f, err := b.seeded(ctx, d, tfconfig.Object{"requests_per_minute": c.PerMinute}, c.Links)
			if err != nil {
				return out, err
			}
			// The vendor's own minute begins with the run.
			got, err := f.measure(ctx, c.Refresh, targetLatency, c.PerMinute, "plan", "-refresh-only")
			if err = errors.Join(err, f.Close()); err != nil {
				return out, err
			}
			name := fmt.Sprintf("%s, %s links under %d requests a minute with `%s`: ", d.Title, thousands(c.Links), c.PerMinute, c.Refresh)
			out = append(out, target{name + "answers 429", float64(got.refused), 0, ""}, target{name + "requests", float64(got.requests), c.MaxRequests, ""},
				target{name + "time", got.wall.Seconds(), c.MaxSeconds, " s"})
		}
	}
	return out, nil
}
