package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/proxy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// cost is what one run of the engine took.
type cost struct {
	usage
	requests int
	wall     time.Duration
}

// fixture is a folder in which a vendor's links are declared, and the vendor behind a proxy.
type fixture struct {
	*workspace.Workspace
	bench *bench
	box   *sandbox.Sandbox
	proxy *proxy.Proxy
}

// open makes a folder in which n links of a vendor are declared, and none exist.
func (b *bench) open(ctx context.Context, d descriptor.Descriptor, settings tfconfig.Object, n int) (_ *fixture, err error) {
	dir, err := os.MkdirTemp(b.dir, d.Name+"-")
	if err != nil {
		return nil, err
	}
	f := &fixture{bench: b}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	if f.box, err = sandbox.Start(sandbox.Options{}, descriptor.Sandboxes()...); err != nil {
		return nil, err
	}
	if f.proxy, err = proxy.Start(ctx, f.box, b.clock); err != nil {
		return nil, err
	}
	env := f.box.Env()
	for name, value := range env {
		env[name] = strings.Replace(value, f.box.URL(), f.proxy.URL, 1)
	}
	maps.Copy(env, b.env)
	if f.Workspace, err = workspace.New(dir, b.found, b.mirror, env); err != nil {
		return nil, err
	}
	if err := f.Write("main.tf", configuration(d, settings, n)); err != nil {
		return nil, err
	}
	_, err = f.Expect(ctx, 0, "init", "-no-color")
	return f, err
}

// Close ends proxy and vendor.
func (f *fixture) Close() (err error) {
	if f.proxy != nil {
		err = f.proxy.Close()
	}
	if f.box != nil {
		err = errors.Join(err, f.box.Close())
	}
	return err
}

// seeded is open, with all the links there and in the state.
func (b *bench) seeded(ctx context.Context, d descriptor.Descriptor, settings tfconfig.Object, n int) (f *fixture, err error) {
	f, err = b.open(ctx, d, settings, n)
	if err != nil {
		return nil, err
	}
	data, ids, err := d.Stored(n)
	if err == nil {
		err = f.box.Seed(d.Name, data)
	}
	if err == nil {
		_, err = f.Expect(ctx, 0, "import", "-no-color", d.ResourceType()+".it_0[0]", ids[0])
	}
	if err == nil {
		err = replicateState(filepath.Join(f.Dir, "terraform.tfstate"), ids)
	}
	if err == nil {
		_, err = f.with("list").Expect(ctx, 0, "apply", "-refresh-only", "-auto-approve", "-no-color")
	}
	if err == nil { // what import and settling took
		_, err = readUsage(b.env[recordVariable])
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// with is the workspace with `refresh` set.
func (f *fixture) with(refresh string) *workspace.Workspace {
	w := *f.Workspace
	w.Env = append(append([]string{}, w.Env...), "PAYMENTLINKS_REFRESH="+refresh)
	return &w
}

// measure runs the engine once under these conditions.
func (f *fixture) measure(ctx context.Context, refresh string, latency time.Duration, args ...string) (cost, error) {
	f.box.ResetRequests()
	f.proxy.SetLatency(latency)
	began := f.bench.clock.Now()
	if _, err := f.with(refresh).Expect(ctx, 0, append(args, "-no-color")...); err != nil {
		return cost{}, err
	}
	out := cost{wall: f.bench.clock.Now().Sub(began), requests: len(f.box.Requests())}
	var err error
	out.usage, err = readUsage(f.bench.env[recordVariable])
	return out, err
}

// timed runs the engine where there is no vendor.
func (b *bench) timed(ctx context.Context, w *workspace.Workspace, args ...string) (cost, error) {
	began := b.clock.Now()
	_, err := w.Expect(ctx, 0, append(args, "-no-color")...)
	return cost{wall: b.clock.Now().Sub(began)}, err
}

// plainFixture is a folder with n terraform_data, of which one is in the state.
func (b *bench) plainFixture(ctx context.Context, n int) (*workspace.Workspace, error) {
	dir, err := os.MkdirTemp(b.dir, "plain-")
	if err != nil {
		return nil, err
	}
	w, err := workspace.New(dir, b.found, b.mirror, nil)
	if err == nil {
		err = w.Write("main.tf", plainConfiguration(n))
	}
	if err == nil {
		_, err = w.Expect(ctx, 0, "init", "-no-color")
	}
	return w, err
}

// measurePlain is what Terraform itself takes to refresh so many resources.
func (b *bench) measurePlain(ctx context.Context, n int) (cost, error) {
	w, err := b.plainFixture(ctx, n)
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
	if err := replicateState(filepath.Join(w.Dir, "terraform.tfstate"), ids); err != nil {
		return cost{}, err
	}
	return b.timed(ctx, w, "plan", "-refresh-only")
}

// measureVendor refreshes n links of a vendor in each way. base is what as many terraform_data take.
func (b *bench) measureVendor(ctx context.Context, d descriptor.Descriptor, n int, base cost) (out []refreshed, err error) {
	f, err := b.seeded(ctx, d, nil, n)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for _, latency := range b.latencies {
		for _, refresh := range b.refreshes {
			c, err := f.measure(ctx, refresh, latency, "plan", "-refresh-only")
			if err != nil {
				return out, err
			}
			one := refreshed{d.Title, n, latency, refresh, c.requests, c.wall.Seconds(), base.wall.Seconds(), perLink(c, n), int(c.Memory >> 20), b.engine()}
			fmt.Fprintf(b.out, "%+v\n", one)
			out = append(out, one)
		}
	}
	return out, nil
}

// perLink is the provider's processor time for each link, in milliseconds.
func perLink(c cost, n int) float64 { return float64(c.CPU.Microseconds()) / 1000 / float64(n) }
