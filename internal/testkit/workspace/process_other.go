//go:build !unix

package workspace

import (
	"errors"
	"os/exec"
)

// OwnGroup does nothing where there are no process groups.
func OwnGroup(*exec.Cmd) {}

// killGroup ends the program itself.
func killGroup(cmd *exec.Cmd) { _ = cmd.Process.Kill() }

// KillProvider needs process groups.
func (*Running) KillProvider() (int, error) { return 0, errors.ErrUnsupported }
