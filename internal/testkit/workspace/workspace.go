// Package workspace is a folder in which a real Terraform or OpenTofu runs a configuration with the provider of this checkout, apart
// from the settings and credentials of whoever runs it.
package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

// Workspace is one folder with one engine.
type Workspace struct {
	// Program is the engine's path.
	Program string
	// Dir is the folder with the configuration and the state.
	Dir string
	// Env are the variables of every run, as KEY=value.
	Env []string
	// Tee takes a copy of everything that is printed; nil for nobody.
	Tee io.Writer
	// Attach lets Run start one process of the provider for each command, and attach the engine to it: a third of the work. It is not for tests
	// of the processes themselves, or of what one hands to the next.
	Attach bool

	provider, host string // its program, and where the engine looks for it
}

// settingsFile is the engine's settings, in the workspace's folder.
const settingsFile = "engine.tfrc"

// journalFile is the provider's journal of creates, in the workspace's folder.
const journalFile = ".journal/creates"

// attachVariable, set to "off", has the engine start the provider itself in every test, as it does for users.
const attachVariable = "PAYMENTLINKS_TEST_ATTACH"

// New makes the folder dir a workspace, whose provider comes from the mirror; env points the provider at its vendors. The user's own
// settings of engine and vendors are left out: they could turn a trial into a real payment link.
func New(dir string, found engine.Engine, mirror string, env map[string]string) (*Workspace, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if mirror, err = filepath.Abs(mirror); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	settings := filepath.Join(dir, settingsFile)
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		return nil, err
	}
	all := slices.DeleteFunc(os.Environ(), isForeignVariable)
	all = append(all, "TF_CLI_CONFIG_FILE="+settings, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_INPUT=0",
		"PAYMENTLINKS_JOURNAL="+filepath.Join(dir, journalFile), "PAYMENTLINKS_LOOK_BEFORE_CREATE=false")
	for name, value := range env {
		all = append(all, name+"="+value)
	}
	return &Workspace{Program: found.Path, Dir: dir, Env: all, provider: programIn(mirror, found), host: found.Host()}, nil
}

// isForeignVariable tells a variable of the user's that a workspace must not see.
func isForeignVariable(pair string) bool {
	prefixes := []string{"TF_", "TOFU_", "PAYMENTLINKS_"}
	for _, d := range descriptor.All() {
		prefixes = append(prefixes, d.EnvPrefix())
	}
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(pair, prefix) })
}

// Write puts a file of the configuration into the folder, or another text into its place.
func (w *Workspace) Write(name, text string) error {
	return os.WriteFile(filepath.Join(w.Dir, name), []byte(text), 0o600)
}

// CopyFiles copies the files that the patterns name into the folder. A pattern that names none is an error.
func (w *Workspace) CopyFiles(patterns ...string) error {
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
			if err := w.Write(filepath.Base(file), string(text)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Show runs "show -json" quietly, for the state or (as args) for a saved plan, and decodes what it prints.
func (w *Workspace) Show(ctx context.Context, into any, args ...string) error {
	quiet := *w
	quiet.Tee = nil
	args = append([]string{"show", "-json"}, args...)
	result, err := quiet.Expect(ctx, 0, args...)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(result.Stdout), into); err != nil {
		return fmt.Errorf("%s did not print JSON: %w", strings.Join(args, " "), err)
	}
	return nil
}

// Resource is one resource or data source of a state.
type Resource struct {
	Address string          `json:"address"`
	Mode    string          `json:"mode"` // "managed" or "data"
	Type    string          `json:"type"`
	Values  json.RawMessage `json:"values"`
}

// State lists what the state's root module holds.
func (w *Workspace) State(ctx context.Context) ([]Resource, error) {
	var state struct {
		Values struct {
			Root struct {
				Resources []Resource `json:"resources"`
			} `json:"root_module"`
		} `json:"values"`
	}
	err := w.Show(ctx, &state)
	return state.Values.Root.Resources, err
}
