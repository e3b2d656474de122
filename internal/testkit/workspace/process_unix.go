//go:build unix

package workspace

import (
	"fmt"
	"os/exec"
	"strings"
	"syscall"
)

// SetProcessGroup keeps the terminal's Ctrl-C from a program: it is for its starter to pass on, once and in order. An engine that is
// interrupted twice gives up without recording what it did.
func SetProcessGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// killGroup ends a program and what it started, the provider above all. That nothing is left to end is no error.
func killGroup(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }

// InterruptGroup does what Ctrl-C does in a terminal, to a program in a group of its own and to what it started.
func InterruptGroup(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }

// Terminate sends SIGTERM to the engine and its provider, as for a CI job that is canceled.
func (r *Process) Terminate() error { return syscall.Kill(-r.cmd.Process.Pid, syscall.SIGTERM) }

// KillProvider ends the provider under the engine by force, as kill -9 does, and returns how many processes that were: none while the
// engine has not started it yet, or has stopped it.
func (r *Process) KillProvider() (int, error) { return r.signalOthers(syscall.SIGKILL) }

// CountOthers returns how many processes there are of those that the engine has started.
func (r *Process) CountOthers() (int, error) { return r.signalOthers(0) }

func (r *Process) signalOthers(signal syscall.Signal) (int, error) {
	engine := r.cmd.Process.Pid
	// The engine leads a group of its own; what else is in it was started by the engine.
	out, err := exec.CommandContext(r.ctx, "ps", "-A", "-o", "pid=,pgid=").Output()
	if err != nil {
		return 0, fmt.Errorf("looking for the provider's process: %w", err)
	}
	reached := 0
	for line := range strings.Lines(string(out)) {
		var pid, group int
		if _, err := fmt.Sscan(line, &pid, &group); err != nil || group != engine || pid == engine {
			continue
		}
		// One that has just ended by itself is not counted.
		if syscall.Kill(pid, signal) == nil {
			reached++
		}
	}
	return reached, nil
}
