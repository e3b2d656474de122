package engine

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBuildOnceLeavesNothingHalfDone(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "cache")
	path := filepath.Join(dir, "tofu")
	broken := errors.New("interrupted")
	err := buildOnce(path, func(out string) error {
		if err := os.WriteFile(out, []byte("half"), 0o755); err != nil {
			t.Fatal(err)
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatalf("error %v, want the build's", err)
	}
	if left := names(t, dir); len(left) != 0 {
		t.Fatalf("a failed build left %v", left)
	}
	if err := buildOnce(path, func(out string) error { return os.WriteFile(out, []byte("whole"), 0o755) }); err != nil {
		t.Fatal(err)
	}
	if left := names(t, dir); len(left) != 1 || left[0] != "tofu" {
		t.Fatalf("a finished build left %v, want only the program", left)
	}
}

func TestCachedPathFollowsThePins(t *testing.T) {
	t.Parallel()
	module := t.TempDir()
	at := func(mod, sum string) string {
		for name, content := range map[string]string{"go.mod": mod, "go.sum": sum} {
			if err := os.WriteFile(filepath.Join(module, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		path, err := cachedPath("/cache", module)
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	first := at("one", "one")
	if again := at("one", "one"); again != first {
		t.Errorf("same pins, other places: %s and %s", first, again)
	}
	if other := at("one", "two"); other == first {
		t.Error("a changed go.sum keeps the old program")
	}
	if other := at("two", "one"); other == first {
		t.Error("a changed go.mod keeps the old program")
	}
}

// The pinned version is named twice, for people here and for the build in the tool's go.mod: they must agree.
func TestPinIsTheVersionNamed(t *testing.T) {
	t.Parallel()
	pins, err := os.ReadFile(filepath.Join("..", "..", "..", filepath.FromSlash(openTofuModule), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "github.com/opentofu/opentofu v" + openTofuVersion + " "; !strings.Contains(string(pins), want) {
		t.Errorf("%s/go.mod lacks %q", openTofuModule, want)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, entry := range entries {
		found = append(found, entry.Name())
	}
	return found
}
