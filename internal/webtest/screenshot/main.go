// Command screenshot makes the picture in the README: what a plan, the link's payment page and the plan after the payment look like.
// Nothing in it is drawn by hand: a real engine runs the provider of this checkout against the sandbox, and a browser pays.
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/checkout"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/webtest/browser"
)

// maxBytes is what a README should make a reader load, in bytes.
const maxBytes = 300_000

//go:embed main.tf
var configuration string

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "screenshot:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out, errs io.Writer) (err error) {
	root, err := checkout.Root()
	if err != nil {
		return err
	}
	flags := flag.NewFlagSet("screenshot", flag.ContinueOnError)
	flags.SetOutput(errs)
	to := flags.String("out", filepath.Join(root, ".github", "picture.png"), "`file` to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	path, err := browser.Find()
	if err != nil {
		return err
	}
	found, err := engine.Finder{Log: out}.Find(ctx)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "paymentlinks-picture-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	tab, end, err := browser.Open(ctx, path)
	if err != nil {
		return err
	}
	defer end()
	scenes, err := record(ctx, found, tab, dir)
	if err != nil {
		return err
	}
	picture, err := render(tab, dir, scenes)
	if err != nil {
		return err
	}
	if len(picture) > maxBytes {
		return fmt.Errorf("the picture has %d bytes, more than %d", len(picture), maxBytes)
	}
	if err := os.WriteFile(*to, picture, 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s: %d KB, made with %s\n", *to, len(picture)/1000, found)
	return err
}

// frames are what the picture shows, in order.
type frames struct {
	Engine  string // "terraform" or "tofu"
	Address string // of the link
	Applied string // what the first apply printed, with its colours
	Page    []byte // the payment page, a PNG
	Paid    []byte // the same after the payment
	Planned string // what the plan after that printed
}

// record declares a link, pays it, and plans again.
func record(ctx context.Context, found engine.Engine, tab *browser.Tab, dir string) (s frames, err error) {
	s.Engine = found.Name
	box, err := sandbox.Start(sandbox.Options{}, descriptor.Sandboxes()...)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	mirror, err := workspace.Mirror(ctx, found)
	if err != nil {
		return s, err
	}
	w, err := workspace.New(filepath.Join(dir, "work"), found, mirror, box.Env())
	if err != nil {
		return s, err
	}
	if err := w.Write("main.tf", configuration); err != nil {
		return s, err
	}
	if _, err := w.Expect(ctx, 0, "init", "-no-color"); err != nil {
		return s, err
	}
	applied, err := w.Expect(ctx, 0, "apply", "-auto-approve")
	if err != nil {
		return s, err
	}
	s.Applied = applied.Printed
	address, err := w.Expect(ctx, 0, "output", "-no-color", "-raw", "pay_here")
	if err != nil {
		return s, err
	}
	s.Address = address.Stdout
	if s.Page, s.Paid, err = pay(tab, s.Address); err != nil {
		return s, err
	}
	planned, err := w.Expect(ctx, 2, "plan", "-detailed-exitcode")
	s.Planned = planned.Printed
	return s, err
}

// pay opens a link in the browser and pays, as who got it does.
func pay(tab *browser.Tab, address string) (before, after []byte, err error) {
	if err := tab.SetView(browser.Viewport{Width: pageWidth, Height: 600, Scale: scale}); err != nil {
		return nil, nil, err
	}
	if _, err := tab.Navigate(address); err != nil {
		return nil, nil, err
	}
	if before, err = tab.Screenshot("article"); err != nil {
		return nil, nil, err
	}
	if err := tab.Click("button.pay"); err != nil {
		return nil, nil, err
	}
	after, err = tab.Screenshot("article")
	return before, after, err
}
