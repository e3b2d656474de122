//go:build unix

package workspace

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// attaching are the commands for which an engine starts the provider, up to four times each.
var attaching = []string{"plan", "apply", "destroy", "refresh", "show", "validate", "import", "state", "test", "query", "graph"}

// alias begins the second configuration of a provider. One process can have only one.
var alias = regexp.MustCompile(`(?m)^\s*alias\s*=`)

// reattach is what the provider prints for the engine, without its address.
var reattach = regexp.MustCompile(`TF_REATTACH_PROVIDERS='\{"[^"]+":(.*)\}'`)

// Attaches tells whether commands find the provider without an init, unless it has two configurations.
func (w *Workspace) Attaches() bool { return w.Attach && os.Getenv(attachVariable) != "off" }

// attach starts the provider as a debugger does, with -debug: one process for one command, in place of one, with a key and a certificate, for every
// step of it. It returns the variable by which the engine finds it, and what ends it; nil where the engine is to start the provider itself.
func (w *Workspace) attach(ctx context.Context, command string) (variable string, end func() error, err error) {
	if !w.Attaches() || !slices.Contains(attaching, command) {
		return "", nil, nil
	}
	files, err := filepath.Glob(filepath.Join(w.Dir, "*.tf"))
	if err != nil {
		return "", nil, err
	}
	for _, file := range files {
		if text, err := os.ReadFile(file); err != nil || alias.Match(text) {
			return "", nil, err
		}
	}
	// The end of its input ends the provider, also when the test is killed.
	const script = `exec 3<&0; { cat <&3; kill -INT $$; } >/dev/null & exec "$0" -debug 3<&-`
	cmd := exec.CommandContext(context.WithoutCancel(ctx), "/bin/sh", "-c", script, w.provider)
	cmd.Dir, cmd.Env = w.Dir, w.Env
	SetProcessGroup(cmd)
	input, err := cmd.StdinPipe()
	if err != nil {
		return "", nil, err
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	printed := bufio.NewReader(output)
	end = func() error {
		err := input.Close()
		_, drained := io.Copy(io.Discard, printed)
		return errors.Join(err, drained, cmd.Wait())
	}
	var text strings.Builder
	for {
		line, err := printed.ReadString('\n')
		text.WriteString(line)
		if found := reattach.FindStringSubmatch(line); found != nil {
			return fmt.Sprintf(`TF_REATTACH_PROVIDERS={"%s/paymentlinks/paymentlinks":%s}`, w.host, found[1]), end, nil
		}
		if err != nil {
			return "", nil, errors.Join(fmt.Errorf("the provider did not say how to attach it: %w\n%s", err, text.String()), end())
		}
	}
}
