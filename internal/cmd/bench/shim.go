package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// The engine starts and ends the provider, so that only who stands between the two learns what the provider took. This
// program is put into the provider's place, starts the provider with the same streams, and notes its usage at its end.
const (
	realVariable   = "PAYMENTLINKS_BENCH_PROVIDER"
	recordVariable = "PAYMENTLINKS_BENCH_RECORD"
)

// usage is what one provider process took.
type usage struct {
	CPU    time.Duration `json:"cpu"`
	Memory int64         `json:"memory"` // bytes, at the most
}

// installShim puts this program into the folder shim, in the place that the provider for an engine has in its mirror. The variables
// tell it where the provider is.
func installShim(mirror, host, shim string) (map[string]string, error) {
	providers, err := filepath.Glob(filepath.Join(mirror, host, "*", "*", "*", "*", "terraform-provider-*"))
	if err != nil || len(providers) != 1 {
		return nil, errors.Join(err, fmt.Errorf("the mirror holds %d providers", len(providers)))
	}
	place, err := filepath.Rel(mirror, providers[0])
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	program := filepath.Join(shim, place)
	err = workspace.CopyProgram(self, program)
	return map[string]string{realVariable: providers[0], recordVariable: filepath.Join(shim, "usage.jsonl")}, err
}

// runShim runs the provider, or one that does nothing, writes what it took into the record, and returns its exit code.
func runShim(provider, record string, args []string) int {
	cmd := exec.Command(provider, args...)
	if os.Getenv(nullVariable) != "" {
		self, err := os.Executable()
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			return 1
		}
		cmd = exec.Command(self, args...)
		cmd.Env = append(os.Environ(), realVariable+"=")
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	if cmd.ProcessState == nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	}
	if err := writeUsage(record, usageOf(cmd.ProcessState)); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	}
	return cmd.ProcessState.ExitCode()
}

func writeUsage(record string, u usage) error {
	line, err := json.Marshal(u)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(record, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(line, '\n'))
	return errors.Join(err, file.Close())
}

// readUsage reads and forgets what the providers of one run of the engine took: the sum of their time, the largest memory.
func readUsage(record string) (usage, error) {
	text, err := os.ReadFile(record)
	if err != nil {
		return usage{}, err
	}
	var all usage
	for line := range strings.Lines(string(text)) {
		var one usage
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			return all, err
		}
		all.CPU += one.CPU
		all.Memory = max(all.Memory, one.Memory)
	}
	return all, os.Remove(record)
}
