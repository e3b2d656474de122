package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
	cmd := exec.CommandContext(ctx, abs, "version", "-json")
	cmd.Dir = os.TempDir()
	cmd.Env = append(os.Environ(), isolatedEnv()...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return Engine{}, fmt.Errorf("%s version -json: %w: %s", abs, err, strings.TrimSpace(stderr.String()))
	}
	found, err := parseVersion(stdout.Bytes())
	if err != nil {
		return Engine{}, fmt.Errorf("%s version -json: %w", abs, err)
	}
	found.Path = abs
	found.Name, err = productName(ctx, abs)
	return found, err
}

// parseVersion reads the answer to "version -json". Both engines call the number terraform_version.
func parseVersion(answer []byte) (Engine, error) {
	var body struct {
		Version string `json:"terraform_version"`
	}
	if err := json.Unmarshal(answer, &body); err != nil {
		return Engine{}, fmt.Errorf("the answer is not JSON: %w", err)
	}
	number, err := version.NewVersion(body.Version)
	if err != nil {
		return Engine{}, fmt.Errorf("the answer names no version: %w", err)
	}
	// A pre-release of 1.11 is as old as 1.10 for a comparison, but has what is needed: compare the core numbers.
	if number.Core().LessThan(oldest) {
		return Engine{}, fmt.Errorf("version %s is too old: 1.11 or later is needed", body.Version)
	}
	return Engine{Version: body.Version}, nil
}

// productName tells the two engines apart by the first word of "version": their JSON answers are alike, and a file may have any name.
func productName(ctx context.Context, path string) (string, error) {
	cmd := exec.CommandContext(ctx, path, "version")
	cmd.Dir = os.TempDir()
	cmd.Env = append(os.Environ(), isolatedEnv()...)
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s version: %w", path, err)
	}
	word, _, _ := strings.Cut(string(out), " ")
	switch word {
	case "Terraform":
		return "terraform", nil
	case "OpenTofu":
		return "tofu", nil
	}
	return "", fmt.Errorf("%s is neither Terraform nor OpenTofu: it calls itself %q", path, word)
}
