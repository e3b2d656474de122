// Command demo shows the provider at work on this machine alone: it builds the provider and the vendors' sandbox, and runs a real
// init, plan, apply, second plan and destroy of an example. It checks each step, also by asking the sandbox, and exits non-zero when
// anything is not as it should be.
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

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/sandboxprocess"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

func main() {
	// SIGPIPE and SIGHUP too, a closed pager or terminal: whatever ends the demonstration, its sandbox and folder must not stay.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(stderr)
	example := flags.String("example", filepath.Join("examples", "quickstart"), "the folder with the configuration to run")
	verbose := flags.Bool("v", false, "show everything that the engine prints")
	if err := flags.Parse(args); err != nil {
		return err
	}
	clk := clock.System{}
	began := clk.Now()
	found, err := engine.Finder{Log: stdout, Clock: clk}.Find(ctx)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(stdout, "Payment links with %s\n\nBuilding the provider and a stand-in for the vendor ...\n", found)
	built := clk.Now()
	dir, err := os.MkdirTemp("", "paymentlinks-demo-")
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, os.RemoveAll(dir))
		if ctx.Err() != nil {
			err = errors.New("interrupted; the sandbox is stopped and its links with it, and the temporary folder is removed")
		}
	}()
	mirror, err := workspace.Mirror(ctx, found)
	if err != nil {
		return err
	}
	program := filepath.Join(dir, "sandbox")
	if err := workspace.Build(ctx, program, "./internal/cmd/sandbox"); err != nil {
		return err
	}
	sandbox, err := sandboxprocess.Start(ctx, program, filepath.Join(dir, "ready.json"), clk)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sandbox.Stop()) }()
	_, _ = fmt.Fprintf(stdout, "Built in %s. The stand-in listens on %s; nothing leaves this machine, and nothing is paid.\n\n",
		seconds(clk.Now().Sub(built)), sandbox.URL)
	engine, err := workspace.New(filepath.Join(dir, "work"), found, mirror, sandbox.Env)
	if err != nil {
		return err
	}
	if *verbose {
		engine.Tee = stdout
	}
	if err := engine.CopyFiles(filepath.Join(*example, "*.tf")); err != nil {
		return err
	}
	scenario := scenario{engine: engine, sandbox: sandbox.Client, out: stdout, clock: clk}
	if err := scenario.run(ctx); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "\nAll as it should be, in %s.\n", seconds(clk.Now().Sub(began)))
	return err
}
