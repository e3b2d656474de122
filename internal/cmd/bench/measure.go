package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// cost is what one run of the engine took.
type cost struct {
	usage
	requests    map[string]int
	total       int
	connections int64
	refused     int
	wall        time.Duration
}

// stand is a folder with a vendor's links in its state, and the vendor.
type stand struct {
	*workspace.Workspace
	bench  *bench
	front  *front
	vendor string
	links  int
}

// open makes a folder in which a vendor's links are declared, and none exist.
func (b *bench) open(ctx context.Context, vendor, settings string, n int) (*stand, error) {
	dir, err := os.MkdirTemp(b.dir, vendor+"-")
	if err != nil {
		return nil, err
	}
	f, err := newFront(b.clock)
	if err != nil {
		return nil, err
	}
	env := f.env()
	for key, value := range b.env {
		env[key] = value
	}
	w, err := workspace.New(dir, b.found, b.mirror, env)
	if err == nil {
		err = w.Write("main.tf", configuration(vendor, settings, n))
	}
	if err == nil {
		_, err = w.Expect(ctx, 0, "init", "-no-color")
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &stand{Workspace: w, bench: b, front: f, vendor: vendor, links: n}, nil
}

// stocked is open, with all the links there and in the state.
func (b *bench) stocked(ctx context.Context, vendor, settings string, n int) (*stand, error) {
	s, err := b.open(ctx, vendor, settings, n)
	if err != nil {
		return nil, err
	}
	ids, err := b.stock(s.front, vendor, n)
	if err == nil {
		_, err = s.Expect(ctx, 0, "import", "-no-color", fmt.Sprintf("paymentlinks_%s_link.it_0[0]", vendor), ids[0])
	}
	if err == nil {
		err = multiply(filepath.Join(s.Dir, "terraform.tfstate"), ids)
	}
	if err == nil {
		_, err = s.with("list").Expect(ctx, 0, "apply", "-refresh-only", "-auto-approve", "-no-color")
	}
	if err == nil { // what import and settling took
		_, err = readUsage(b.env[recordVariable])
	}
	if err != nil {
		return nil, errors.Join(err, s.front.Close())
	}
	return s, nil
}

// with is the workspace with `refresh` set.
func (s *stand) with(refresh string) *workspace.Workspace {
	w := *s.Workspace
	w.Env = append(append([]string{}, w.Env...), "PAYMENTLINKS_REFRESH="+refresh)
	return &w
}

// measure runs the engine once under these conditions.
func (s *stand) measure(ctx context.Context, refresh string, latency time.Duration, limit int, args ...string) (cost, error) {
	s.front.begin(latency, limit)
	began := s.bench.clock.Now()
	if _, err := s.with(refresh).Expect(ctx, 0, append(args, "-no-color")...); err != nil {
		return cost{}, err
	}
	out := cost{wall: s.bench.clock.Now().Sub(began)}
	out.requests, out.connections, out.refused = s.front.counted(s.vendor)
	for _, n := range out.requests {
		out.total += n
	}
	var err error
	out.usage, err = readUsage(s.bench.env[recordVariable])
	return out, err
}

// timed runs the engine where there is no vendor.
func (b *bench) timed(ctx context.Context, w *workspace.Workspace, args ...string) (cost, error) {
	began := b.clock.Now()
	_, err := w.Expect(ctx, 0, append(args, "-no-color")...)
	return cost{wall: b.clock.Now().Sub(began)}, err
}

// plainStand is a folder with n terraform_data, of which one is in the state.
func (b *bench) plainStand(ctx context.Context, n int) (*workspace.Workspace, error) {
	dir, err := os.MkdirTemp(b.dir, "plain-")
	if err != nil {
		return nil, err
	}
	w, err := workspace.New(dir, b.found, b.mirror, nil)
	if err == nil {
		err = w.Write("main.tf", plain(n))
	}
	if err == nil {
		_, err = w.Expect(ctx, 0, "init", "-no-color")
	}
	return w, err
}

// measurePlain is what Terraform itself takes to refresh so many resources.
func (b *bench) measurePlain(ctx context.Context, n int) (cost, error) {
	w, err := b.plainStand(ctx, n)
	if err == nil {
		_, err = w.Expect(ctx, 0, "apply", "-auto-approve", "-no-color", "-target", "terraform_data.it_0[0]")
	}
	if err != nil {
		return cost{}, err
	}
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("00000000-0000-4000-8000-%012d", i)
	}
	if err := multiply(filepath.Join(w.Dir, "terraform.tfstate"), ids); err != nil {
		return cost{}, err
	}
	return b.timed(ctx, w, "plan", "-refresh-only")
}

func (b *bench) measureVendor(ctx context.Context, out io.Writer, vendor string, base map[int]cost) error {
	fmt.Fprint(out, vendorHeading(vendor))
	for _, n := range b.links {
		s, err := b.stocked(ctx, vendor, "", n)
		if err != nil {
			return err
		}
		for _, latency := range b.latencies {
			for _, refresh := range b.refreshes {
				c, err := s.measure(ctx, refresh, latency, 0, "plan", "-refresh-only")
				if err != nil {
					return errors.Join(err, s.front.Close())
				}
				fmt.Fprint(out, row(n, latency, refresh, c, base[n]))
			}
		}
		if err := s.front.Close(); err != nil {
			return err
		}
	}
	return nil
}
