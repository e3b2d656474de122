// Command engine prints the path of the Terraform or OpenTofu that this checkout's tests and demonstration use, and builds OpenTofu
// first when the machine has neither. With -env it prints the variables that point the acceptance tests at it, as lines for a shell to evaluate.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "engine:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("engine", flag.ContinueOnError)
	flags.SetOutput(stderr)
	tofu := flags.Bool("tofu", false, "take OpenTofu, also where there is a terraform")
	env := flags.Bool("env", false, "print the acceptance tests' variables instead of the path")
	if err := flags.Parse(args); err != nil {
		return err
	}
	found, err := engine.Finder{Tofu: *tofu, Log: stderr}.Find(ctx)
	if err != nil {
		return err
	}
	answer := found.Path
	if *env {
		answer = exports(found.AcceptanceEnv())
	}
	_, _ = fmt.Fprintln(stderr, "using "+found.String())
	_, err = fmt.Fprintln(stdout, answer)
	return err
}

// exports writes KEY=value pairs for a POSIX shell; a value may hold anything.
func exports(pairs []string) string {
	lines := make([]string, 0, len(pairs))
	for _, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		lines = append(lines, "export "+name+"='"+strings.ReplaceAll(value, "'", `'\''`)+"'")
	}
	return strings.Join(lines, "\n")
}
