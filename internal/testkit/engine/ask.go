package engine

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/hashicorp/go-version"
)

// isolatedEnv lists the variables with which an engine reads nobody's personal settings and calls nobody at home. The settings are the null
// device, because an engine complains, in the middle of its answers, about a file that does not exist.
func isolatedEnv() []string {
	return []string{"CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE=" + os.DevNull}
}

// Probe runs the program at path and learns from it what it is. A program that does not answer as an engine does, or that is older than
// 1.11, is an error.
func Probe(ctx context.Context, path string) (Engine, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return Engine{}, err
	}
	// Run in an empty place: the answer would list the locked providers of a configuration, and .terraform-version shims would act on it.
	cmd := exec.CommandContext(ctx, abs, "version")
	cmd.Dir = os.TempDir()
	cmd.Env = append(os.Environ(), isolatedEnv()...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return Engine{}, fmt.Errorf("%s version: %w: %s", abs, err, strings.TrimSpace(stderr.String()))
	}
	said := answer.FindStringSubmatch(stdout.String())
	if said == nil || products[said[1]] == "" {
		return Engine{}, fmt.Errorf("%s is neither Terraform nor OpenTofu: its version is %q", abs, strings.TrimSpace(stdout.String()))
	}
	number, err := version.NewVersion(said[2])
	if err != nil {
		return Engine{}, fmt.Errorf("%s version: %w", abs, err)
	}
	// A pre-release of 1.11 is as old as 1.10 for a comparison, but has what is needed: compare the core numbers.
	if number.Core().LessThan(oldest) {
		return Engine{}, fmt.Errorf("%s: version %s is too old: 1.11 or later is needed", abs, said[2])
	}
	return Engine{Path: abs, Name: products[said[1]], Version: said[2]}, nil
}

var (
	// answer is the first line of the answer to "version". That of "version -json" does not tell the products apart.
	answer   = regexp.MustCompile(`^(\S+) v(\S+)`)
	products = map[string]string{"Terraform": "terraform", "OpenTofu": "tofu"}
)
