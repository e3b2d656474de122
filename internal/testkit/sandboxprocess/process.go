// Package sandboxprocess runs the sandbox as a program of its own.
package sandboxprocess

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/control"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// Process is a running sandbox. Stop must be called.
type Process struct {
	control.Client
	// Env points the provider at the sandbox.
	Env map[string]string

	cmd    *exec.Cmd
	cancel context.CancelFunc
	output bytes.Buffer // to be read once the program has ended
}

// Start starts the sandbox program on a free loopback port and waits until it listens; readyFile is where the program shall say so.
// The end of ctx does not stop it: an engine that is interrupted can still finish the request under way.
func Start(ctx context.Context, program, readyFile string, clk clock.Clock) (*Process, error) {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	p := &Process{cancel: cancel, cmd: exec.CommandContext(own, program, "-addr", "127.0.0.1:0", "-ready-file", readyFile)}
	p.cmd.Stdout, p.cmd.Stderr = &p.output, &p.output
	if runtime.GOOS != "windows" { // which has no signals
		p.cmd.Cancel = func() error { return p.cmd.Process.Signal(os.Interrupt) }
	}
	p.cmd.WaitDelay = workspace.ShutdownTimeout
	workspace.SetProcessGroup(p.cmd)
	if err := p.cmd.Start(); err != nil {
		cancel()
		return nil, err
	}
	for range 500 {
		text, err := os.ReadFile(readyFile)
		var ready struct {
			URL string            `json:"url"`
			Env map[string]string `json:"env"`
		}
		if err == nil && json.Unmarshal(text, &ready) == nil && ready.URL != "" {
			p.Client, p.Env = control.Client{URL: ready.URL}, ready.Env
			return p, nil
		}
		if err := clk.Sleep(ctx, 20*time.Millisecond); err != nil {
			return nil, errors.Join(err, p.Stop())
		}
	}
	return nil, errors.Join(errors.New("the sandbox did not start within 10 s"), p.Stop())
}

// Stop ends the program as Ctrl-C does. One that does not end well is an error with what it printed.
func (p *Process) Stop() error {
	p.cancel()
	err := p.cmd.Wait()
	if err == nil || errors.Is(err, context.Canceled) || runtime.GOOS == "windows" {
		return nil
	}
	return fmt.Errorf("the sandbox did not end well: %w; it printed:\n%s", err, p.output.Bytes())
}
