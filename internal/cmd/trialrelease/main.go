// Command trialrelease tries a release without releasing anything: it builds one with GoReleaser and a key that it throws away, checks that
// the files are what a registry takes, and uses this machine's as a user would: unpacked into a plugin folder, "terraform init" from
// there, and an apply against the sandbox of the same release.
//
//	trialrelease         every platform; takes minutes
//	trialrelease -host   this machine's platform only
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
	"syscall"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "trialrelease:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("trialrelease", flag.ContinueOnError)
	flags.SetOutput(stderr)
	host := flags.Bool("host", false, "build for this machine's platform only")
	if err := flags.Parse(args); err != nil {
		return err
	}
	clk := clock.System{}
	began := clk.Now()
	work, err := os.MkdirTemp("", "paymentlinks-snapshot-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()

	found, err := engine.Finder{Log: stderr, Clock: clk}.Find(ctx)
	if err != nil {
		return err
	}
	key, err := newKey(ctx, work)
	if err != nil {
		return err
	}
	defer key.destroy()
	if key == nil {
		fmt.Fprintln(stdout, "gpg is not installed: the snapshot is not signed, and no signature is checked")
	}
	if err := build(ctx, work, *host, key, stderr); err != nil {
		return err
	}
	release, err := open("dist")
	if err != nil {
		return err
	}
	if err := release.check(ctx, *host, key); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s: %d platforms, checksums, materials and manifest as a registry takes them (%s)\n",
		release.version, len(release.platforms()), clk.Now().Sub(began).Round(time.Second))
	trial := releaseTest{release: release, engine: found, dir: filepath.Join(work, "trial"), clock: clk}
	if err := trial.run(ctx); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s: unpacked into a plugin folder, initialised, applied and destroyed with %s (%s)\n",
		release.version, found, clk.Now().Sub(began).Round(time.Second))
	return nil
}
