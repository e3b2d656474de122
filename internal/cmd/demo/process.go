package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// process is the sandbox as a running program.
type process struct {
	cmd  *exec.Cmd
	end  context.CancelFunc
	said bytes.Buffer // what it printed; to be read once it has ended
}

// stop asks the program to end, ends it by force when it does not, and returns what it printed.
func (p *process) stop() string {
	p.end()
	// How a sandbox ends that is no longer needed does not matter; one that ended too early is noticed by whoever asks it.
	_ = p.cmd.Wait()
	return p.said.String()
}

// startSandbox builds and starts the sandbox as a program of its own on a free loopback port, and waits until it listens. It returns
// the sandbox's control API and the variables that point the provider at it.
func (s *stage) startSandbox(ctx context.Context, root string, clk clock.Clock) (*vendors, map[string]string, error) {
	program, ready := filepath.Join(s.dir, "sandbox"), filepath.Join(s.dir, "ready.json")
	if err := workspace.Build(ctx, root, program, "./internal/cmd/sandbox"); err != nil {
		return nil, nil, err
	}
	p := &process{}
	// Not the caller's context: the sandbox stops last, so that an interrupted engine can still finish the request under way.
	own, end := context.WithCancel(context.WithoutCancel(ctx))
	p.end = end
	p.cmd = exec.CommandContext(own, program, "-addr", "127.0.0.1:0", "-ready-file", ready)
	p.cmd.Stdout, p.cmd.Stderr = &p.said, &p.said
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(os.Interrupt) }
	p.cmd.WaitDelay = workspace.Patience
	workspace.OwnGroup(p.cmd)
	if err := p.cmd.Start(); err != nil {
		end()
		return nil, nil, err
	}
	s.sandbox = p
	for range 500 {
		text, err := os.ReadFile(ready)
		var told struct {
			URL string            `json:"url"`
			Env map[string]string `json:"env"`
		}
		if err == nil && json.Unmarshal(text, &told) == nil && told.URL != "" {
			return &vendors{base: told.URL}, told.Env, nil
		}
		if err := clk.Sleep(ctx, 20*time.Millisecond); err != nil {
			return nil, nil, err
		}
	}
	s.sandbox = nil
	return nil, nil, fmt.Errorf("the sandbox did not start within 10 s; it printed:\n%s", p.stop())
}
