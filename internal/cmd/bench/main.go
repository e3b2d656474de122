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
	"runtime"
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
	promised  int // links of which the promises are measured; 0 for none
	out       io.Writer
}

func main() {
	if provider := os.Getenv(realVariable); provider != "" { // the engine has started this program in the provider's place
		os.Exit(runShim(provider, os.Getenv(recordVariable), os.Args[1:]))
	}
	if os.Getenv(nullVariable) != "" {
		if err := serveNull(); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
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
	links := flags.String("links", "100,1000,10000", "how many are refreshed; empty for none")
	latencies := flags.String("latency", pageLatency.String(), "how long each answer takes")
	refreshes := flags.String("refresh", "get,list,auto", "how they are refreshed")
	promised := flags.Int("promises", 0, "measure what is promised of so many links, as ratios")
	dir := flags.String("results", "", "the folder of the results: what is measured replaces its rows")
	write := flags.String("write", "", "the page on which the results are drawn")
	if err := flags.Parse(args); err != nil {
		return err
	}
	o := options{vendors: descriptor.InOrder(), refreshes: strings.Split(*refreshes, ","), promised: *promised, out: stdout}
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
	for _, text := range strings.FieldsFunc(*links, func(r rune) bool { return r == ',' }) {
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
	measured, err := o.measure(ctx, stderr)
	if err != nil || *dir == "" {
		return err
	}
	all, err := readResults(*dir)
	if err != nil {
		return err
	}
	all.merge(measured)
	if err := all.write(*dir); err != nil || *write == "" {
		return err
	}
	if all, err = readResults(*dir); err != nil { // rounded, as they stand there
		return err
	}
	return writePage(*write, page(all, titles()))
}

func titles() (out []string) {
	for _, d := range descriptor.InOrder() {
		out = append(out, d.Title)
	}
	return out
}

// measure builds the provider, and measures what is asked for.
func (o options) measure(ctx context.Context, log io.Writer) (out results, err error) {
	if len(o.links) == 0 && o.promised == 0 {
		return out, nil
	}
	found, err := engine.Finder{Log: log, Clock: clock.System{}}.Find(ctx)
	if err != nil {
		return out, err
	}
	b, clean, err := newBench(ctx, found, o)
	if err == nil {
		out, err = b.run(ctx)
	}
	return out, errors.Join(err, clean())
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

// engine names what a run is measured with.
func (b *bench) engine() string {
	return fmt.Sprintf("%s %s on %d cores", strings.ToUpper(b.found.Name[:1])+b.found.Name[1:], b.found.Version, runtime.NumCPU())
}

// run measures everything, and prints it as it goes.
func (b *bench) run(ctx context.Context) (out results, err error) {
	fmt.Fprintln(b.out, measuredWith(b.engine()))
	if b.promised > 0 {
		fmt.Fprintf(b.out, "\n%s", promiseTable(nil))
		if out.promises, err = b.measurePromises(ctx, b.out, b.promised); err != nil {
			return out, err
		}
	}
	for _, n := range b.links {
		base, err := b.measurePlain(ctx, n)
		if err != nil {
			return out, err
		}
		for _, vendor := range b.vendors {
			refreshes, err := b.measureVendor(ctx, vendor, n, base)
			out.refreshes = append(out.refreshes, refreshes...)
			if err != nil {
				return out, fmt.Errorf("%s: %w", vendor.Name, err)
			}
		}
	}
	return out, nil
}
