// Package control runs the sandbox as a program of its own, and asks it over its control API.
package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// Program is a running sandbox. Stop must be called.
type Program struct {
	Client
	// Env points the provider at the sandbox.
	Env map[string]string

	cmd    *exec.Cmd
	cancel context.CancelFunc
	output bytes.Buffer // to be read once the program has ended
}

// Start starts the sandbox program on a free loopback port and waits until it listens; readyFile is where the program shall say so.
// The end of ctx does not stop it: an engine that is interrupted can still finish the request under way.
func Start(ctx context.Context, program, readyFile string, clk clock.Clock) (*Program, error) {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	p := &Program{cancel: cancel, cmd: exec.CommandContext(own, program, "-addr", "127.0.0.1:0", "-ready-file", readyFile)}
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
			p.Client, p.Env = Client{URL: ready.URL}, ready.Env
			return p, nil
		}
		if err := clk.Sleep(ctx, 20*time.Millisecond); err != nil {
			return nil, errors.Join(err, p.Stop())
		}
	}
	return nil, errors.Join(errors.New("the sandbox did not start within 10 s"), p.Stop())
}

// Stop ends the program as Ctrl-C does. One that does not end well is an error with what it printed.
func (p *Program) Stop() error {
	p.cancel()
	err := p.cmd.Wait()
	if err == nil || errors.Is(err, context.Canceled) || runtime.GOOS == "windows" {
		return nil
	}
	return fmt.Errorf("the sandbox did not end well: %w; it printed:\n%s", err, p.output.Bytes())
}

// Client asks a sandbox.
type Client struct{ URL string }

// Link is a link at a vendor. Status is the vendor's own word.
type Link struct {
	Vendor  string `json:"vendor"`
	ID      string `json:"id"`
	Status  string `json:"status"`
	Payable bool   `json:"payable"`
}

// Request is one call that reached a vendor.
type Request struct {
	Vendor string `json:"vendor"`
	Op     string `json:"op"`
}

// Links lists the links that the vendors hold, in any state.
func (c Client) Links(ctx context.Context) ([]Link, error) {
	var reply struct {
		Links []Link `json:"links"`
	}
	err := c.do(ctx, http.MethodGet, "/_sandbox/links", &reply)
	return reply.Links, err
}

// Requests lists the calls that reached the vendors, in order.
func (c Client) Requests(ctx context.Context) ([]Request, error) {
	var reply struct {
		Requests []Request `json:"requests"`
	}
	err := c.do(ctx, http.MethodGet, "/_sandbox/requests", &reply)
	return reply.Requests, err
}

// Pay pays a link, as a payer does.
func (c Client) Pay(ctx context.Context, link Link) error {
	return c.do(ctx, http.MethodPost, "/_sandbox/links/"+link.Vendor+"/"+link.ID+"/pay", new(any))
}

func (c Client) do(ctx context.Context, method, path string, into any) (err error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, c.URL+path, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("asking the sandbox: %w", err)
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("asking the sandbox for %s: %s: %s", path, resp.Status, body)
	}
	return json.Unmarshal(body, into)
}
