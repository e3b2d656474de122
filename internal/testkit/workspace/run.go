package workspace

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// ShutdownTimeout is how long a program may take to end after it was asked to.
const ShutdownTimeout = 15 * time.Second

// Result is what a run of the engine printed and how it ended.
type Result struct {
	Stdout string
	// Printed is both streams, in the order of their lines.
	Printed string
	// ExitCode is -1 when the engine was ended by a signal.
	ExitCode int
}

// Failure is an engine's run that did not end as expected. It carries all that the engine printed.
type Failure struct {
	Args []string
	Result
}

func (f *Failure) Error() string {
	return fmt.Sprintf("%s ended with exit code %d; it printed:\n%s", strings.Join(f.Args, " "), f.ExitCode, strings.TrimSpace(f.Printed))
}

// Expect runs the engine and expects one exit code; another is a *Failure.
func (w *Workspace) Expect(ctx context.Context, want int, args ...string) (Result, error) {
	result, err := w.Run(ctx, args...)
	if err == nil && result.ExitCode != want {
		err = &Failure{Args: args, Result: result}
	}
	return result, err
}

// Run runs the engine to its end. When the context ends, the engine is interrupted first, so that it can end the request under way and
// write its state, and ended by force only when that takes too long; the error is the context's.
func (w *Workspace) Run(ctx context.Context, args ...string) (result Result, err error) {
	attached := *w
	variable, end, err := w.attach(ctx, args[0])
	if err != nil {
		return Result{}, err
	}
	if end != nil {
		defer func() { err = errors.Join(err, end()) }()
		attached.Env = append(slices.Clone(w.Env), variable)
	}
	running, err := attached.Start(ctx, args...)
	if err != nil {
		return Result{}, err
	}
	return running.Wait()
}

// Process is an engine at work. Wait must be called.
type Process struct {
	ctx              context.Context
	cmd              *exec.Cmd
	stdout, combined bytes.Buffer
}

// Start starts the engine; its context is Run's.
func (w *Workspace) Start(ctx context.Context, args ...string) (*Process, error) {
	r := &Process{ctx: ctx, cmd: exec.CommandContext(ctx, w.Program, args...)}
	r.cmd.Dir, r.cmd.Env = w.Dir, w.Env
	r.cmd.Cancel = r.Interrupt
	r.cmd.WaitDelay = ShutdownTimeout
	SetProcessGroup(r.cmd)
	sinks := []io.Writer{&r.combined}
	if w.Tee != nil {
		sinks = append(sinks, w.Tee)
	}
	all := &syncWriter{to: io.MultiWriter(sinks...)}
	r.cmd.Stdout, r.cmd.Stderr = io.MultiWriter(&r.stdout, all), all
	if err := r.cmd.Start(); err != nil {
		return nil, err
	}
	return r, nil
}

// Interrupt does what Ctrl-C does: the engine ends what is under way and writes its state. One that is interrupted twice does not.
func (r *Process) Interrupt() error { return r.cmd.Process.Signal(os.Interrupt) }

// Kill ends the engine and its provider by force, as a machine does that is switched off.
func (r *Process) Kill() { killGroup(r.cmd) }

// KillEngine ends the engine by force, and leaves the provider alive, which is to end by itself.
func (r *Process) KillEngine() error { return r.cmd.Process.Kill() }

// Wait waits for the engine's end.
func (r *Process) Wait() (Result, error) {
	err := r.cmd.Wait()
	if r.ctx.Err() != nil {
		killGroup(r.cmd)
		return Result{}, r.ctx.Err()
	}
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		return Result{}, err
	}
	return Result{Stdout: r.stdout.String(), Printed: r.combined.String(), ExitCode: r.cmd.ProcessState.ExitCode()}, nil
}
