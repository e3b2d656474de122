package qonto

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// On a disk that is full the token file is written in place, or it is said before anything is asked of Qonto: then it is what it was.
func TestTokenFileOnAFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", dir).CombinedOutput(); err != nil || runtime.GOOS != "linux" {
		t.Logf("nothing can be mounted here: %v %s", err, out) // no skip: TestTokenFileInPlace has the same without a mount
		return
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
	path, content := filepath.Join(dir, "tokens.json"), []byte(`{"access_token":"old"}`)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "full"), make([]byte, 1<<20), 0o600); err == nil {
		t.Fatal("the disk is not full")
	}
	w, err := newWriter(path)
	if err == nil {
		err = w.commit([]byte(`{"access_token":"new"}`))
		w.close()
		content = []byte(`{"access_token":"new"}`)
	}
	if got, readErr := os.ReadFile(path); readErr != nil || !bytes.Equal(got, content) {
		t.Errorf("%q, %v (%v)", got, readErr, err)
	}
	if err := os.Remove(filepath.Join(dir, "full")); err != nil {
		t.Fatal(err)
	}
	if w, err = newWriter(path); err != nil || w.path == "" { // there is room again
		t.Fatalf("%+v, %v", w, err)
	}
	w.close()
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%q, %v", got, err)
	}
}

// A file that is mounted by itself cannot be renamed over.
func TestTokenFileMountedByItself(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, source := filepath.Join(dir, "tokens.json"), filepath.Join(t.TempDir(), "source")
	for _, name := range []string{path, source} {
		if err := os.WriteFile(name, []byte(`{"access_token":"old"}`), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command("mount", "--bind", source, path).CombinedOutput(); err != nil {
		t.Logf("nothing can be mounted here: %v %s", err, out) // no skip: TestTokenFileInPlace has the same without a mount
		return
	}
	t.Cleanup(func() { _ = exec.Command("umount", path).Run() })
	w, err := newWriter(path)
	if err != nil || w.path != "" {
		t.Fatalf("%+v, %v", w, err)
	}
	if err := w.commit([]byte("{}")); err != nil {
		t.Error(err)
	}
	w.close()
	if got, err := os.ReadFile(source); err != nil || string(got) != "{}" {
		t.Errorf("%q, %v", got, err)
	}
}
