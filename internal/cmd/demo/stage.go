package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/engine"
)

// mirrorVersion is the version under which the demonstration offers the provider. The examples ask for "~> 0.1".
const mirrorVersion = "0.1.0"

// stage is a temporary folder with all that a run needs: the provider in a mirror, the engine's settings, a copy of the example.
type stage struct {
	found   engine.Engine
	dir     string
	sandbox *process // nil until it runs
}

// newStage builds the provider from the checkout at root and lays everything out; the patterns name the configuration's files. The
// stage must be closed, also after an error.
func newStage(ctx context.Context, root string, found engine.Engine, patterns ...string) (*stage, error) {
	s := &stage{found: found}
	var err error
	if s.dir, err = os.MkdirTemp("", "paymentlinks-demo-"); err != nil {
		return s, err
	}
	// The layout that a filesystem_mirror wants: with it, init is the real one and needs no network.
	program := filepath.Join(s.mirror(), found.Host(), "paymentlinks", "paymentlinks", mirrorVersion,
		runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-paymentlinks_v"+mirrorVersion)
	if err := build(ctx, root, program, ".", "-ldflags", "-s -w -X main.version="+mirrorVersion); err != nil {
		return s, err
	}
	settings := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", s.mirror())
	if err := os.WriteFile(s.settings(), []byte(settings), 0o600); err != nil {
		return s, err
	}
	return s, copyFiles(s.work(), patterns...)
}

func (s *stage) mirror() string   { return filepath.Join(s.dir, "mirror") }
func (s *stage) settings() string { return filepath.Join(s.dir, "engine.tfrc") }
func (s *stage) work() string     { return filepath.Join(s.dir, "work") }

// engine is the engine on this stage, with the variables that point the provider at the sandbox. The user's own settings of engine and
// vendors are left out: they could turn a demonstration into a real payment link.
func (s *stage) engine(env map[string]string, verbose bool, out io.Writer) *cli {
	foreign := func(pair string) bool {
		for _, prefix := range []string{"TF_", "TOFU_", "PAYMENTLINKS_", "POWENS_", "CONOMY_", "GIGS_", "QONTO_"} {
			if strings.HasPrefix(pair, prefix) {
				return true
			}
		}
		return false
	}
	all := slices.DeleteFunc(os.Environ(), foreign)
	all = append(all, "TF_CLI_CONFIG_FILE="+s.settings(), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_INPUT=0")
	for name, value := range env {
		all = append(all, name+"="+value)
	}
	c := &cli{path: s.found.Path, dir: s.work(), env: all}
	if verbose {
		c.echo = out
	}
	return c
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

// build compiles a package of the checkout. What the compiler says is part of the error.
func build(ctx context.Context, root, out, pkg string, flags ...string) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	args := append([]string{"build", "-o", out}, flags...)
	cmd := exec.CommandContext(ctx, "go", append(args, pkg)...)
	cmd.Dir = root
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", pkg, err, said)
	}
	return nil
}

// copyFiles copies the files that the patterns name into a new folder. A pattern that names none is an error.
func copyFiles(to string, patterns ...string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil {
			return err
		}
		if len(files) == 0 {
			return fmt.Errorf("there is no configuration %s", pattern)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(to, filepath.Base(file)), text, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}
