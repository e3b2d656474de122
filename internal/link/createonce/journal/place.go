package journal

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
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

// Place returns which configuration this process works for: the folder in which the engine runs, and the workspace that is selected
// there.
func Place(env func(string) string) string {
	folder, err := os.Getwd()
	if err != nil {
		folder = "" // one that was removed: all such are one place
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
