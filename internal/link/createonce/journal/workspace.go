package journal

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// Off is the setting that means no journal.
const Off = "off"

// DefaultPath returns where the journal is kept when nothing else is configured: in the user's state folder. env reads the environment.
func DefaultPath(env func(string) string) (string, error) {
	folder := env("XDG_STATE_HOME")
	switch {
	case filepath.IsAbs(folder):
	case runtime.GOOS == "windows":
		folder = env("LocalAppData")
	default:
		folder = env("HOME")
		if folder != "" {
			folder = filepath.Join(folder, ".local", "state")
		}
	}
	if !filepath.IsAbs(folder) {
		return "", errors.New("the user has no folder for it: neither XDG_STATE_HOME nor a home directory is set")
	}
	return filepath.Join(folder, "terraform-provider-paymentlinks", "journal"), nil
}

// Workspace returns which workspace this process works for: the folder in which the engine runs, and what is selected
// there.
func Workspace(env func(string) string) string {
	folder, err := os.Getwd()
	if err != nil {
		folder = "" // one that was removed: all such are one
	}
	workspace := env("TF_WORKSPACE")
	if workspace == "" {
		data := env("TF_DATA_DIR")
		if data == "" {
			data = ".terraform"
		}
		if text, err := os.ReadFile(filepath.Join(data, "environment")); err == nil {
			workspace = strings.TrimSpace(string(text))
		}
	}
	if workspace == "default" {
		workspace = ""
	}
	return folder + "\n" + workspace
}

// IsPartial reports whether the engine that has started this process was told to plan a part of its configuration (-target, -exclude). It
// is not known on Windows, which has neither /proc nor ps.
func IsPartial(ctx context.Context, env func(string) string) bool {
	parent := strconv.Itoa(os.Getppid())
	text, err := os.ReadFile(filepath.Join("/proc", parent, "cmdline"))
	if err != nil && runtime.GOOS != "windows" {
		text, _ = exec.CommandContext(ctx, "ps", "-o", "args=", "-p", parent).Output() //nolint:gosec // a number
	}
	args := strings.ReplaceAll(string(text), "\x00", " ")
	for _, name := range []string{"TF_CLI_ARGS", "TF_CLI_ARGS_plan", "TF_CLI_ARGS_apply"} {
		args += " " + env(name)
	}
	return partial.MatchString(args)
}

// partial matches a flag of an engine that leaves something out of a plan.
var partial = regexp.MustCompile(`(^|[\s'"])--?(target|exclude)`)
