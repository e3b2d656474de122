package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

// vendors is the release's sandbox at work.
type vendors struct {
	cmd *exec.Cmd
	url string
}

// serve starts the sandbox and returns it with the variables that it tells to set.
func (t *trial) serve(ctx context.Context, program string) (*vendors, map[string]string, error) {
	ready := filepath.Join(t.dir, "ready.json")
	v := &vendors{cmd: exec.Command(program, "-addr", "127.0.0.1:0", "-ready-file", ready)}
	var said bytes.Buffer
	v.cmd.Stdout, v.cmd.Stderr = &said, &said
	if err := v.cmd.Start(); err != nil {
		return nil, nil, err
	}
	for range 500 {
		var told struct {
			URL string            `json:"url"`
			Env map[string]string `json:"env"`
		}
		text, err := os.ReadFile(ready)
		if err == nil && json.Unmarshal(text, &told) == nil && told.URL != "" {
			v.url = told.URL
			return v, told.Env, nil
		}
		if err := t.clock.Sleep(ctx, 20*time.Millisecond); err != nil {
			return nil, nil, errors.Join(err, v.stop())
		}
	}
	return nil, nil, errors.Join(fmt.Errorf("the sandbox does not listen; it printed:\n%s", said.Bytes()), v.stop())
}

// stop ends the sandbox as Ctrl-C does, and wants it to end well.
func (v *vendors) stop() error {
	if runtime.GOOS == "windows" { // which has no signals
		err := v.cmd.Process.Kill()
		_ = v.cmd.Wait() // says that it was killed
		return err
	}
	err := v.cmd.Process.Signal(os.Interrupt)
	if err := errors.Join(err, v.cmd.Wait()); err != nil {
		return fmt.Errorf("the sandbox did not end well: %w", err)
	}
	return nil
}

// holds wants a number of links that can be paid.
func (v *vendors) holds(ctx context.Context, want int) (err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, v.url+"/_sandbox/links", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	var held struct {
		Links []struct {
			Payable bool `json:"payable"`
		} `json:"links"`
	}
	if err := json.NewDecoder(response.Body).Decode(&held); err != nil {
		return err
	}
	open := 0
	for _, link := range held.Links {
		if link.Payable {
			open++
		}
	}
	if open != want {
		return fmt.Errorf("%d links can be paid, want %d", open, want)
	}
	return nil
}
