package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// promise is what an operation over many links is held to: its time against that of as many terraform_data.
type promise struct {
	name  string
	args  []string
	runs  int // of which the fastest counts
	reach float64
	null  bool // measured with a provider that does nothing, too
}

// promises are in the order of a life. What takes long runs once.
var promises = []promise{
	{"apply", []string{"apply", "-auto-approve"}, 1, 1.8, false},
	{"refresh", []string{"plan", "-refresh-only"}, 2, 2.4, true},
	{"plan", []string{"plan"}, 2, 2.8, true},
	{"destroy", []string{"destroy", "-auto-approve"}, 1, 1.6, false},
}

const (
	otherRefreshReach = 3.0 // of a vendor that is not the reference
	farLatency        = 200 * time.Millisecond
	farReach          = 1.3 // refresh with answers that take farLatency, against answers at once
	nearNull          = 1.15
)

// measurePromises measures what is promised of so many links, or of fewer, as ratios in one run, beside a provider that does nothing.
func (b *bench) measurePromises(ctx context.Context, out io.Writer, links int) (all []promised, err error) {
	d, err := reference()
	if err != nil {
		return nil, err
	}
	plain, err := b.plainFixture(ctx, links)
	if err != nil {
		return nil, err
	}
	f, err := b.open(ctx, d, nil, links)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	add := func(p promised, err error) error {
		if err == nil {
			all = append(all, p)
			fmt.Fprint(out, p.row())
		}
		return err
	}
	var refresh promised
	for _, p := range promises {
		one, err := b.measurePromise(ctx, d.Title+" "+p.name, links, p, f, plain, 0)
		if err := add(one, err); err != nil {
			return all, err
		}
		switch p.name {
		case "refresh":
			refresh = one
		case "plan":
			if err := add(f.measureFar(ctx, d, links)); err != nil {
				return all, err
			}
		}
	}
	for _, other := range descriptor.InOrder() {
		if other.BenchmarkReference {
			continue
		}
		if err := add(b.measureOther(ctx, other, links, refresh.Own)); err != nil {
			return all, err
		}
	}
	return all, nil
}

// reference is the vendor with whose links the promises of every vendor are measured.
func reference() (descriptor.Descriptor, error) {
	for _, d := range descriptor.All() {
		if d.BenchmarkReference {
			return d, nil
		}
	}
	return descriptor.Descriptor{}, errors.New("no vendor is the reference of the benchmark")
}

// measureOther is about the refresh of another vendor's links. own is what as many terraform_data take, in seconds.
func (b *bench) measureOther(ctx context.Context, d descriptor.Descriptor, links int, own float64) (out promised, err error) {
	f, err := b.seeded(ctx, d, nil, links)
	if err != nil {
		return out, err
	}
	p := promises[1]
	p.reach, p.runs = otherRefreshReach, 1
	out, err = b.measurePromise(ctx, d.Title+" "+p.name, links, p, f, nil, own)
	return out, errors.Join(err, f.Close())
}

// measurePromise runs an operation over links, over as many terraform_data unless their time is known, and with a provider that does
// nothing, in turn.
func (b *bench) measurePromise(ctx context.Context, what string, links int, p promise, f *fixture, plain *workspace.Workspace, own float64) (out promised, err error) {
	var base, null, got cost
	for i := range p.runs {
		for _, run := range []struct {
			wanted bool
			least  *cost
			do     func() (cost, error)
		}{
			{plain != nil, &base, func() (cost, error) { return b.timed(ctx, plain, p.args...) }},
			{p.null, &null, func() (cost, error) { return f.measureNull(ctx, p.args...) }},
			{true, &got, func() (cost, error) { return f.measure(ctx, "auto", pageLatency, 0, p.args...) }},
		} {
			if !run.wanted {
				continue
			}
			c, err := run.do()
			if err != nil {
				return out, err
			}
			if i == 0 || c.wall < run.least.wall {
				*run.least = c
			}
		}
	}
	if plain != nil {
		own = base.wall.Seconds()
	}
	return promised{what, links, got.wall.Seconds(), own, null.wall.Seconds(), p.reach, perLink(got, links), perLink(null, links), int(got.Memory >> 20), b.engine()}, nil
}

// measureFar is about a refresh over a slow line, against answers at once.
func (f *fixture) measureFar(ctx context.Context, d descriptor.Descriptor, links int) (out promised, err error) {
	near, err := f.measure(ctx, "auto", 0, 0, "plan", "-refresh-only")
	if err != nil {
		return out, err
	}
	far, err := f.measure(ctx, "auto", farLatency, 0, "plan", "-refresh-only")
	return promised{fmt.Sprintf("%s refresh, an answer takes %d ms, against answers at once", d.Title, farLatency.Milliseconds()), links,
		far.wall.Seconds(), near.wall.Seconds(), 0, farReach, perLink(far, links), 0, int(far.Memory >> 20), f.bench.engine()}, err
}
