// Command sandbox serves the payment vendors on this machine, for people who want to try the provider without an account.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	built "github.com/paymentlinks/terraform-provider-paymentlinks/internal/version"
)

// version is set by the build.
var version = built.Unstamped

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, descriptor.Sandboxes(), os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "sandbox:", err)
		os.Exit(1)
	}
}

// run serves vendors until ctx ends.
func run(ctx context.Context, all []vendorapi.Constructor, args []string, out, errs io.Writer) (err error) {
	o, err := parse(all, args, errs)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	if done, err := o.handleInfoFlags(out); done {
		return err
	}
	s, err := sandbox.Start(o.serve, all...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := o.prepare(s); err != nil {
		return err
	}
	info := readyInfo{URL: s.URL(), Env: s.Env()}
	for _, f := range []struct {
		path  string
		bytes []byte
	}{{o.env, []byte(info.exports())}, {o.ready, info.json()}} {
		if f.path == "" {
			continue
		}
		if err := writeReadyFile(f.path, f.bytes); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.Remove(f.path)) }()
	}
	text := info.text()
	if o.json {
		text = string(info.json())
	}
	if _, err := io.WriteString(out, text); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}
