//go:build !unix

package workspace

import (
	"context"
	"errors"
	"os/exec"
)

// SetProcessGroup does nothing where there are no process groups.
func SetProcessGroup(*exec.Cmd) {}

// killGroup ends the program itself.
func killGroup(cmd *exec.Cmd) { _ = cmd.Process.Kill() }

// InterruptGroup ends the program itself.
func InterruptGroup(cmd *exec.Cmd) error { return cmd.Process.Kill() }

// KillProvider needs process groups.
func (*Process) KillProvider() (int, error) { return 0, errors.ErrUnsupported }

// Terminate is not possible here.
func (r *Process) Terminate() error { return errors.ErrUnsupported }

// CountOthers is not possible here.
func (r *Process) CountOthers() (int, error) { return 0, errors.ErrUnsupported }

// Attaches is false: the engine starts the provider itself.
func (*Workspace) Attaches() bool { return false }

// attach is not possible here.
func (*Workspace) attach(context.Context, string) (string, func() error, error) { return "", nil, nil }
