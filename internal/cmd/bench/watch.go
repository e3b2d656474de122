package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
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

// stepBetween moves the mirror's provider aside and puts this program there. The variables tell it where the provider is.
func stepBetween(mirror, dir string) (map[string]string, error) {
	var program string
	err := filepath.WalkDir(mirror, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasPrefix(entry.Name(), "terraform-provider-") {
			program = path
		}
		return err
	})
	if err != nil || program == "" {
		return nil, errors.Join(err, errors.New("the mirror holds no provider"))
	}
	provider := filepath.Join(dir, "provider")
	if err := os.Rename(program, provider); err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(self)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(program, text, 0o700); err != nil { //nolint:gosec // a program
		return nil, err
	}
	return map[string]string{realVariable: provider, recordVariable: filepath.Join(dir, "usage.jsonl")}, nil
}

// watch runs the provider and returns its exit code.
func watch(provider, record string, args []string) int {
	cmd := exec.Command(provider, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	if cmd.ProcessState == nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	}
	if err := note(record, usageOf(cmd.ProcessState)); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	}
	return cmd.ProcessState.ExitCode()
}

func note(record string, u usage) error {
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

// taken reads and forgets what the providers of one run of the engine took: the sum of their time, the largest memory.
func taken(record string) (usage, error) {
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
