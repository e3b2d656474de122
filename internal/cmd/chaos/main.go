// Command chaos runs many links of all vendors through a real Terraform while everything fails: the vendors' sandbox spoils a share of
// the requests, the engine is interrupted, the provider is killed. It does what the errors ask people to do, and nothing else, and
// then checks what the provider promises: never a second link, never a lost one, never one that nobody was told of.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// The provider's patience: short, because everything is on this machine.
const (
	requestTimeout = time.Second
	retryBudget    = 3 * time.Second
	listLag        = 200 * time.Millisecond
)

// options are what a run is told.
type options struct {
	seed        uint64
	count       int
	faults      float64
	parallelism int
	noisy       int
	overHTTP    bool
	verbose     bool
	out         io.Writer
}

func main() {
	signal.Ignore(syscall.SIGPIPE) // which comes of a vendor's answer to a process that was killed
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "chaos:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("chaos", flag.ContinueOnError)
	flags.SetOutput(stderr)
	o := options{out: stdout}
	flags.Uint64Var(&o.seed, "seed", 0, "what decides everything that goes wrong; 0 for a new one")
	flags.IntVar(&o.count, "links", 60, "how many links, over all vendors")
	flags.Float64Var(&o.faults, "faults", 0.2, "the share of the requests that are spoilt")
	flags.IntVar(&o.parallelism, "parallelism", 10, "the engine's; with 1 a seed reproduces more exactly")
	flags.IntVar(&o.noisy, "runs", 4, "how many runs of each phase are spoilt, before those that are not")
	flags.BoolVar(&o.overHTTP, "remote", false, "keep the state in a remote backend, which engines write to more rarely")
	flags.BoolVar(&o.verbose, "v", false, "show every error")
	if err := flags.Parse(args); err != nil {
		return err
	}
	clk := clock.System{}
	if o.seed == 0 {
		o.seed = uint64(clk.Now().UnixNano() % 1_000_000)
	}
	found, err := engine.Finder{Log: stdout, Clock: clk}.Find(ctx)
	if err != nil {
		return err
	}
	began := clk.Now()
	fmt.Fprintf(stdout, "Chaos with %s: seed %d, %d links, faults on %.0f %% of the requests\n", found, o.seed, o.count, 100*o.faults)
	c, clean, err := newChaos(ctx, found, o)
	if err != nil {
		return errors.Join(err, clean())
	}
	err = c.run(ctx)
	c.report(err, clk.Now().Sub(began))
	if err == nil && len(c.invariants.violations) > 0 {
		err = fmt.Errorf("%d promises were broken", len(c.invariants.violations))
	}
	return errors.Join(err, clean())
}

// newChaos builds the provider, and starts the vendors. What it starts is cleaned up by clean,
// also after an error.
func newChaos(ctx context.Context, found engine.Engine, o options) (c *chaos, clean func() error, err error) {
	dir, err := os.MkdirTemp("", "paymentlinks-chaos-")
	clean = func() error { return os.RemoveAll(dir) }
	if err != nil {
		return nil, clean, err
	}
	mirror, err := workspace.Mirror(ctx, found)
	if err != nil {
		return nil, clean, err
	}
	box, err := sandbox.Start(sandbox.Options{}, descriptor.Sandboxes()...)
	if err != nil {
		return nil, clean, err
	}
	clean = func() error { return errors.Join(box.Close(), os.RemoveAll(dir)) }
	for _, d := range descriptor.All() {
		for _, switches := range []string{fmt.Sprintf(`{"list_lag":%q}`, listLag), d.ChaosSwitches} {
			if switches == "" {
				continue
			}
			if err := box.SetSwitches(d.Name, []byte(switches)); err != nil {
				return nil, clean, err
			}
		}
	}
	w, err := workspace.New(filepath.Join(dir, "work"), found, mirror, box.Env())
	if err != nil {
		return nil, clean, err
	}
	// What a run that was killed at its very end lost is named by the next plan.
	w.Env = append(w.Env, "PAYMENTLINKS_LOOK_BEFORE_CREATE=true")
	var remote *remoteState
	if o.overHTTP {
		remote = startRemoteState()
		clean = func() error { remote.Close(); return errors.Join(box.Close(), os.RemoveAll(dir)) }
		if err := w.Write("backend.tf", remote.backend()); err != nil {
			return nil, clean, err
		}
	}
	return &chaos{
		options: o, remote: remote, box: box, engine: w, dice: rand.New(rand.NewPCG(o.seed, 0)), //nolint:gosec // it must be the same each time
		imports: map[string]string{}, invariants: newInvariants(), unrecorded: map[string]creation{}, secrets: append(workspace.SecretsIn(box.Env()), workspace.PayerData()...),
	}, clean, nil
}
