package workspace

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// What nobody has asked for in a long time goes, but nothing of another kind.
func TestUnusedBuildsAreRemoved(t *testing.T) {
	t.Parallel()
	cache, old := t.TempDir(), clock.System{}.Now().Add(-2*keepBuilds)
	for _, name := range []string{"build-asked", "build-old", "terraform-1.16", "opentofu-1.12"} {
		dir := filepath.Join(cache, name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(dir, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(cache, "build-new"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := markUsed(filepath.Join(cache, "build-asked"), keepBuilds); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(cache)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, entry := range entries {
		left = append(left, entry.Name())
	}
	if want := []string{"build-asked", "build-new", "opentofu-1.12", "terraform-1.16"}; !slices.Equal(left, want) {
		t.Errorf("%q is left, want %q", left, want)
	}
}
