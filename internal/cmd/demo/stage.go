package main

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// stage is a temporary folder with all that a run needs: the provider in a mirror, the engine's settings, a copy of the example.
type stage struct {
	found    engine.Engine
	dir      string
	patterns []string // name the configuration's files
	sandbox  *process // nil until it runs
}

// newStage builds the provider from the checkout at root; the patterns name the configuration's files. The stage must be closed, also
// after an error.
func newStage(ctx context.Context, root string, found engine.Engine, patterns ...string) (*stage, error) {
	s := &stage{found: found}
	var err error
	if s.dir, err = os.MkdirTemp("", "paymentlinks-demo-"); err != nil {
		return s, err
	}
	if err := workspace.Mirror(ctx, root, s.mirror(), found); err != nil {
		return s, err
	}
	s.patterns = patterns
	return s, nil
}

func (s *stage) mirror() string { return filepath.Join(s.dir, "mirror") }

// engine is the engine on this stage, with the variables that point the provider at the sandbox.
func (s *stage) engine(env map[string]string, verbose bool, out io.Writer) (*workspace.Workspace, error) {
	w, err := workspace.New(filepath.Join(s.dir, "work"), s.found, s.mirror(), env)
	if err != nil {
		return nil, err
	}
	if verbose {
		w.Echo = out
	}
	return w, w.Copy(s.patterns...)
}

// close stops the sandbox and removes the folder.
func (s *stage) close() error {
	if s.sandbox != nil {
		s.sandbox.stop()
	}
	if s.dir == "" {
		return nil
	}
	return os.RemoveAll(s.dir)
}
