package browser

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// program puts a program of this name into a folder of its own.
func program(t *testing.T, name string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestFind(t *testing.T) {
	onPath, named := program(t, "google-chrome"), filepath.Join(program(t, "my-browser"), "my-browser")
	for _, c := range []struct {
		name, path, variable, want string
		none                       bool
	}{
		{name: "on PATH", path: onPath, want: filepath.Join(onPath, "google-chrome")},
		{name: "named", path: onPath, variable: named, want: named},
		{name: "named and missing", path: onPath, variable: filepath.Join(onPath, "firefox")},
		{name: "nowhere", path: t.TempDir(), none: true},
	} {
		t.Setenv("PATH", c.path)
		t.Setenv(Variable, c.variable)
		got, err := Find()
		if got != c.want || (err == nil) != (c.want != "") || errors.Is(err, ErrNoBrowser) != c.none {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
}

// TestOpenSaysWhy: a program that is no browser is named in the error.
func TestOpenSaysWhy(t *testing.T) {
	t.Parallel()
	path := filepath.Join(program(t, "no-browser"), "no-browser")
	if _, _, err := Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("%v", err)
	}
}
