// Command sandbox serves the payment vendors on this machine, for people who want to try the provider without an account.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "sandbox:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends.
func run(ctx context.Context, args []string, out, errs io.Writer) (err error) {
	flags := flag.NewFlagSet("sandbox", flag.ContinueOnError)
	flags.SetOutput(errs)
	addr := flags.String("addr", "127.0.0.1:8787", "address to listen on; port 0 takes a free one")
	anyAddress := flags.Bool("any-address", false, "allow an address beyond loopback, where others can pay and cancel links")
	seed := flags.String("seed", "", `file with links to start with: {"qonto": <link, list answer or array>}`)
	ready := flags.String("ready-file", "", "file to write as JSON {url, env} once the sandbox listens; removed at the end")
	if err := flags.Parse(args); err != nil {
		return err
	}
	s, err := sandbox.Start(sandbox.Options{Addr: *addr, AnyAddress: *anyAddress})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if *seed != "" {
		if err := plant(s, *seed); err != nil {
			return err
		}
	}
	env := s.Env()
	if err := explain(out, s.URL(), env); err != nil {
		return err
	}
	if *ready != "" {
		if err := announce(*ready, s.URL(), env); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.Remove(*ready)) }()
	}
	<-ctx.Done()
	return nil
}

// plant seeds each vendor that the file names.
func plant(s *sandbox.Sandbox, path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var vendors map[string]json.RawMessage
	if err := json.Unmarshal(data, &vendors); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, vendor := range slices.Sorted(maps.Keys(vendors)) {
		if err := s.Seed(vendor, vendors[vendor]); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

// explain prints what to set and what to try. Every value is free of quotes, so that a shell takes the lines as they are.
func explain(out io.Writer, url string, env map[string]string) error {
	text := "The sandbox listens on " + url + ". In the shell of Terraform:\n\n"
	for _, name := range slices.Sorted(maps.Keys(env)) {
		text += fmt.Sprintf("export %s='%s'\n", name, env[name])
	}
	text += fmt.Sprintf(`
To look at the links, and to act behind Terraform's back (ID is a link's id):

curl -s %[1]s/_sandbox/links
curl -s -X POST %[1]s/_sandbox/links/qonto/ID/pay       # or process, expire, cancel, delete
curl -s -X POST %[1]s/_sandbox/clock -d '{"advance":"8760h"}'
curl -s %[1]s/_sandbox/requests

Ctrl-C ends it; nothing is kept.
`, url)
	_, err := io.WriteString(out, text)
	return err
}

// announce writes the ready file in one step, so that a reader never sees half of it, and for its owner only: it holds
// tokens.
func announce(path, url string, env map[string]string) (err error) {
	data, err := json.Marshal(map[string]any{"url": url, "env": env})
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	if _, err := file.Write(append(data, '\n')); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
