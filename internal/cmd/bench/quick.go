package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// promise is what an operation over many links is held to: its time against that of as many terraform_data.
type promise struct {
	name  string
	args  []string
	runs  int // of which the median counts
	reach float64
}

// promises are in the order of a life. What takes long runs once.
var promises = []promise{
	{"apply", []string{"apply", "-auto-approve"}, 1, 1.8},
	{"refresh", []string{"plan", "-refresh-only"}, 3, 2.4},
	{"plan", []string{"plan"}, 3, 2.8},
	{"destroy", []string{"destroy", "-auto-approve"}, 1, 1.6},
}

const (
	otherRefreshReach = 3.0 // of a vendor that is not the reference
	farLatency        = 200 * time.Millisecond
	farReach          = 1.3 // refresh with answers that take farLatency, against answers at once
	nearNull          = 1.15
)

// measureQuick measures what is promised of a thousand links, or of fewer, as ratios in one run, beside a provider that does nothing.
func (b *bench) measureQuick(ctx context.Context, out io.Writer) error {
	d, err := reference()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "### What is promised of %s links, an answer takes %d ms\n\n"+
		"| | time | `terraform_data` | ratio | reach | a provider that does nothing | against that | processor time per link | memory |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
		thousands(b.quick), targetLatency.Milliseconds())
	plain, err := b.plainFixture(ctx, b.quick)
	if err != nil {
		return err
	}
	f, err := b.open(ctx, d, nil, b.quick)
	if err != nil {
		return err
	}
	floors := map[string]cost{}
	for _, p := range promises {
		if floors[p.name], err = b.measurePromise(ctx, out, d.Title+" "+p.name, p, f, plain, nil); err != nil {
			return errors.Join(err, f.Close())
		}
		if p.name == "plan" {
			err = f.measureFar(ctx, out, d)
		}
		if err != nil {
			return errors.Join(err, f.Close())
		}
	}
	if err := f.Close(); err != nil {
		return err
	}
	for _, d := range descriptor.InOrder() {
		if d.Benchmark == nil || d.Benchmark.Reference {
			continue
		}
		if err := b.measureOther(ctx, out, d, floors); err != nil {
			return err
		}
	}
	return nil
}

// measureOther is about the refresh of another vendor's links.
func (b *bench) measureOther(ctx context.Context, out io.Writer, d descriptor.Descriptor, floors map[string]cost) error {
	f, err := b.seeded(ctx, d, nil, b.quick)
	if err != nil {
		return err
	}
	p := promises[1]
	floor := floors[p.name]
	p.reach = otherRefreshReach
	_, err = b.measurePromise(ctx, out, d.Title+" "+p.name, p, f, nil, &floor)
	return errors.Join(err, f.Close())
}

// measurePromise runs an operation over links, over as many terraform_data, and with a provider that does nothing, in turn, and returns
// the floor.
func (b *bench) measurePromise(ctx context.Context, out io.Writer, title string, p promise, f *fixture, plain *workspace.Workspace, floor *cost) (cost, error) {
	var floors, nulls, costs []cost
	for range p.runs {
		if floor != nil {
			floors = append(floors, *floor)
		} else if c, err := b.timed(ctx, plain, p.args...); err == nil {
			floors = append(floors, c)
		} else {
			return cost{}, err
		}
		c, err := f.measureNull(ctx, p.args...)
		if err != nil {
			return cost{}, err
		}
		nulls = append(nulls, c)
		if c, err = f.measure(ctx, "auto", targetLatency, 0, p.args...); err != nil {
			return cost{}, err
		}
		costs = append(costs, c)
	}
	base, null, got := median(floors), median(nulls), median(costs)
	ratio, near := got.wall.Seconds()/base.wall.Seconds(), got.wall.Seconds()/null.wall.Seconds()
	verdict := ""
	if ratio > p.reach && near > nearNull {
		verdict = " **broken**"
	}
	_, err := fmt.Fprintf(out, "| %s | %.1f s | %.1f s | %.2f | %.2f%s | %.1f s | %.2f | %.2f ms | %d MB |\n", title, got.wall.Seconds(), base.wall.Seconds(), ratio,
		p.reach, verdict, null.wall.Seconds(), near, perLink(got, b.quick), got.Memory>>20)
	return base, err
}

// measureFar is about a refresh over a slow line.
func (f *fixture) measureFar(ctx context.Context, out io.Writer, d descriptor.Descriptor) error {
	near, err := f.measure(ctx, "auto", 0, 0, "plan", "-refresh-only")
	if err != nil {
		return err
	}
	far, err := f.measure(ctx, "auto", farLatency, 0, "plan", "-refresh-only")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "| %s refresh, an answer takes %d ms against none | %.1f s | %.1f s | %.2f | %.2f | | | %.2f ms | %d MB |\n", d.Title, farLatency.Milliseconds(),
		far.wall.Seconds(), near.wall.Seconds(), far.wall.Seconds()/near.wall.Seconds(), farReach, perLink(far, f.bench.quick), far.Memory>>20)
	return err
}

// median returns the run in the middle by its time.
func median(costs []cost) cost {
	sorted := slices.SortedFunc(slices.Values(costs), func(a, b cost) int { return cmp.Compare(a.wall, b.wall) })
	return sorted[len(sorted)/2]
}
