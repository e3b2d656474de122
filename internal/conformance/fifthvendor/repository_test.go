package fifthvendor_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/checkout"
)

// copyRepository copies the repository with the vendor's files in it, and without this test, which names the vendor.
func copyRepository(t *testing.T, to string) {
	t.Helper()
	copyFiles(t, to, "internal/conformance/fifthvendor")
	for file, source := range vendorFiles(t) {
		write(t, filepath.Join(to, filepath.FromSlash(file)), read(t, source))
	}
	write(t, filepath.Join(to, list), changedList(t))
}

// copyFiles copies the repository as it is, without a folder and what is built.
func copyFiles(t *testing.T, to, without string) {
	t.Helper()
	err := filepath.WalkDir(root(t), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root(t), path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{without, ".git", "bin", "dist", "reports"}, filepath.ToSlash(relative)):
			return filepath.SkipDir
		case entry.Type().IsRegular():
			write(t, filepath.Join(to, relative), read(t, path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// vendorFiles are the vendor's files: where they are, by their slash-separated paths in a repository that has them.
func vendorFiles(t *testing.T) map[string]string {
	t.Helper()
	folder, err := filepath.Abs(tree)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(folder, path)
		out[filepath.ToSlash(relative)] = path
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// changedList is the list of vendors with the vendor in it.
func changedList(t *testing.T) []byte {
	t.Helper()
	text := read(t, filepath.Join(root(t), list))
	for _, line := range lines {
		if bytes.Count(text, []byte(line[0])) != 1 {
			t.Fatalf("%s has no single %q", list, line[0])
		}
		text = bytes.Replace(text, []byte(line[0]), []byte(line[0]+line[1]), 1)
	}
	return text
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := checkout.Root()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, file string, data []byte) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = os.WriteFile(file, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
