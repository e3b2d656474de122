// Command bench measures, through a real Terraform with the provider as a process of its own, what a refresh of many links
// costs: requests, time, the provider's processor time and memory, beside the same number of terraform_data resources, which
// is what Terraform itself costs. It talks to the sandbox, with a delay before each answer.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// options are what a run is told.
type options struct {
	vendors   []descriptor.Descriptor
	links     []int
	latencies []time.Duration
	refreshes []string
	targets   bool
	quick     int // links; 0 for the whole
	out       io.Writer
}

func main() {
	if provider := os.Getenv(realVariable); provider != "" { // the engine has started this program in the provider's place
		if os.Getenv(nullVariable) != "" {
			if err := serveNull(); err != nil {
				fmt.Fprintln(os.Stderr, "bench:", err)
				os.Exit(1)
			}
			return
		}
		os.Exit(runShim(provider, os.Getenv(recordVariable), os.Args[1:]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	vendors := flags.String("vendors", "", "whose links, by the vendors' names; empty for all")
	links := flags.String("links", "100,1000,10000", "how many")
	latencies := flags.String("latency", "0ms,20ms,50ms", "how long each answer takes")
	refreshes := flags.String("refresh", "get,list,auto", "how they are refreshed")
	targets := flags.Bool("reach", true, "measure what is promised of 1,000 links, too")
	quick := flags.Int("quick", 0, "measure what is promised of so many links, as ratios, and nothing else")
	write := flags.String("write", "", "the page whose tables are written anew")
	if err := flags.Parse(args); err != nil {
		return err
	}
	o := options{vendors: descriptor.InOrder(), refreshes: strings.Split(*refreshes, ","), targets: *targets, quick: *quick, out: stdout}
	if *vendors != "" {
		o.vendors = nil
		for _, name := range strings.Split(*vendors, ",") {
			d, ok := descriptor.ByName(name)
			if !ok {
				return fmt.Errorf("no vendor %q", name)
			}
			o.vendors = append(o.vendors, d)
		}
	}
	for _, text := range strings.Split(*links, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			return err
		}
		o.links = append(o.links, n)
	}
	for _, text := range strings.Split(*latencies, ",") {
		d, err := time.ParseDuration(text)
		if err != nil {
			return err
		}
		o.latencies = append(o.latencies, d)
	}
	found, err := engine.Finder{Log: stderr, Clock: clock.System{}}.Find(ctx)
	if err != nil {
		return err
	}
	b, clean, err := newBench(ctx, found, o)
	if err != nil {
		return errors.Join(err, clean())
	}
	text, err := b.run(ctx)
	if err == nil && *write != "" {
		err = replaceTables(*write, text)
	}
	return errors.Join(err, clean())
}

// bench is one run.
type bench struct {
	options
	found  engine.Engine
	dir    string
	mirror string
	env    map[string]string // of the shim
	clock  clock.Clock
}

// newBench builds the provider, and puts this program into its place to watch it. What it makes is removed by clean.
func newBench(ctx context.Context, found engine.Engine, o options) (b *bench, clean func() error, err error) {
	dir, err := os.MkdirTemp("", "paymentlinks-bench-")
	clean = func() error { return os.RemoveAll(dir) }
	if err != nil {
		return nil, clean, err
	}
	b = &bench{options: o, found: found, dir: dir, mirror: filepath.Join(dir, "mirror"), clock: clock.System{}}
	provider, err := workspace.Mirror(ctx, found)
	if err != nil {
		return nil, clean, err
	}
	b.env, err = installShim(provider, found.Host(), b.mirror)
	return b, clean, err
}

// run measures everything and returns the page's tables.
func (b *bench) run(ctx context.Context) (string, error) {
	var text strings.Builder
	out := io.MultiWriter(b.out, &text)
	fmt.Fprintf(out, "%s\n", b.heading())
	if b.quick > 0 {
		err := b.measureQuick(ctx, out)
		return text.String(), err
	}
	if b.targets {
		if err := b.measureTargets(ctx, out); err != nil {
			return "", err
		}
	}
	base := map[int]cost{}
	for _, n := range b.links {
		plain, err := b.measurePlain(ctx, n)
		if err != nil {
			return "", err
		}
		base[n] = plain
	}
	for _, vendor := range b.vendors {
		if err := b.measureVendor(ctx, out, vendor, base); err != nil {
			return "", fmt.Errorf("%s: %w", vendor.Name, err)
		}
	}
	return text.String(), nil
}
