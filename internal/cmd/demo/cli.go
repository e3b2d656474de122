package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// cli runs an engine in one folder.
type cli struct {
	path string
	dir  string
	env  []string
	// echo takes a copy of everything that is printed; nil for nobody.
	echo io.Writer
}

// failure is an engine's run that did not end as expected. It carries all that the engine printed.
type failure struct {
	args    []string
	code    int
	printed string
}

func (f *failure) Error() string {
	return fmt.Sprintf("%s ended with exit code %d; it printed:\n%s", strings.Join(f.args, " "), f.code, strings.TrimSpace(f.printed))
}

// run runs the engine and expects one exit code; another is a *failure. It returns what was printed to standard output.
func (c *cli) run(ctx context.Context, want int, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, c.path, args...)
	cmd.Dir, cmd.Env = c.dir, c.env
	// An interrupt lets the engine end the request under way and write its state; by force only when it does not end.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = patience
	ownGroup(cmd)
	var stdout, both bytes.Buffer
	sinks := []io.Writer{&both}
	if c.echo != nil {
		sinks = append(sinks, c.echo)
	}
	all := &locked{to: io.MultiWriter(sinks...)}
	cmd.Stdout, cmd.Stderr = io.MultiWriter(&stdout, all), all
	err := cmd.Run()
	if ctx.Err() != nil {
		if cmd.Process != nil {
			killGroup(cmd)
		}
		return "", ctx.Err()
	}
	code := 0
	if err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			return "", err
		}
		code = ended.ExitCode()
	}
	if code != want {
		return stdout.String(), &failure{args: args, code: code, printed: both.String()}
	}
	return stdout.String(), nil
}

// read runs the engine quietly and decodes the JSON that it prints.
func (c *cli) read(ctx context.Context, into any, args ...string) error {
	quiet := *c
	quiet.echo = nil
	out, err := quiet.run(ctx, 0, args...)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(out), into); err != nil {
		return fmt.Errorf("%s did not print JSON: %w", strings.Join(args, " "), err)
	}
	return nil
}
