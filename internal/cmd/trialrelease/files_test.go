package main

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const version = "1.2.3"

// made is a release as it should be, for this machine's platform only.
func made(t *testing.T) *release {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.Mkdir("dist", 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, "dist/metadata.json", `{"version": "`+version+`"}`)
	put(t, "terraform-registry-manifest.json", `{"metadata": {"protocol_versions": ["6.0"]}}`)
	r, err := open("dist")
	if err != nil {
		t.Fatal(err)
	}
	platform := runtime.GOOS + "_" + runtime.GOARCH
	extension := ""
	if runtime.GOOS == "windows" {
		extension = ".exe"
	}
	pack(t, r.path(provider, platform+".zip"), map[string]fs.FileMode{provider + "_v" + version + extension: 0o755, "LICENSE": 0o644})
	for _, program := range programs {
		pack(t, r.path(program, platform+".zip"), map[string]fs.FileMode{program + extension: 0o755, "LICENSE": 0o644})
	}
	for _, program := range append([]string{provider}, programs...) {
		put(t, r.path(program, platform+".cdx.json"), bill("v"+version, `{"name": "x", "version": "v1"}`))
	}
	sums(t, r)
	return r
}

func bill(version, components string) string {
	return fmt.Sprintf(`{"bomFormat": "CycloneDX", "metadata": {"component": {"name": "github.com/paymentlinks/terraform-provider-paymentlinks", "version": %q}},
"components": [%s]}`, version, components)
}

// sums writes the checksums of what is there.
func sums(t *testing.T, r *release, extra ...string) {
	t.Helper()
	var lines strings.Builder
	add := func(path, name string) {
		sum, err := sha256Of(path)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&lines, "%s  %s\n", sum, name)
	}
	for _, platform := range r.platforms() {
		path := r.path(provider, platform+".zip")
		add(path, filepath.Base(path))
	}
	add("terraform-registry-manifest.json", filepath.Base(r.path(provider, "manifest.json")))
	for _, path := range extra {
		add(path, filepath.Base(path))
	}
	put(t, r.path(provider, "SHA256SUMS"), lines.String())
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func pack(t *testing.T, path string, files map[string]fs.FileMode) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := zip.NewWriter(file)
	for name, mode := range files {
		header := &zip.FileHeader{Name: name}
		header.SetMode(mode)
		writer, err := archive.CreateHeader(header)
		if err == nil {
			_, err = writer.Write([]byte(name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}

// What a registry would refuse, or a user could not start, is refused here.
func TestCheck(t *testing.T) {
	platform := runtime.GOOS + "_" + runtime.GOARCH
	for name, test := range map[string]struct {
		spoil func(*release)
		want  string // empty: as it should be
	}{
		"as it should be": {func(*release) {}, ""},
		"another platform": {func(r *release) {
			pack(t, r.path(provider, "plan9_mips.zip"), map[string]fs.FileMode{provider + "_v" + version: 0o755, "LICENSE": 0o644})
		}, "want [" + platform + "]"},
		"no zip":           {func(r *release) { remove(t, r.path(provider, platform+".zip")) }, "terraform-provider-paymentlinks.zip: platforms []"},
		"no sandbox":       {func(r *release) { remove(t, r.path(sandbox, platform+".zip")) }, "paymentlinks-sandbox.zip: platforms []"},
		"no token program": {func(r *release) { remove(t, r.path(token, platform+".zip")) }, "paymentlinks-token.zip: platforms []"},
		"a program that cannot be run": {func(r *release) {
			pack(t, r.path(provider, platform+".zip"), map[string]fs.FileMode{provider + "_v" + version: 0o644, "LICENSE": 0o644})
		}, "want map"},
		"a program without its version": {func(r *release) {
			pack(t, r.path(provider, platform+".zip"), map[string]fs.FileMode{provider: 0o755, "LICENSE": 0o644})
		}, "want map"},
		"no licence": {func(r *release) {
			pack(t, r.path(sandbox, platform+".zip"), map[string]fs.FileMode{sandbox: 0o755})
		}, "want map"},
		"no materials":          {func(r *release) { remove(t, r.path(sandbox, platform+".cdx.json")) }, "paymentlinks-sandbox.cdx.json: platforms []"},
		"empty materials":       {func(r *release) { put(t, r.path(provider, platform+".cdx.json"), bill("v"+version, "")) }, "with 0 components"},
		"another's materials":   {func(r *release) { put(t, r.path(provider, platform+".cdx.json"), bill("v9", "{}")) }, "is a bill of"},
		"a sum too many":        {func(r *release) { sums(t, r, r.path(sandbox, platform+".zip")) }, "SHA256SUMS is"},
		"the manifest not in":   {func(r *release) { put(t, r.path(provider, "SHA256SUMS"), "") }, "SHA256SUMS is"},
		"changed after the sum": {func(r *release) { put(t, "terraform-registry-manifest.json", `{"protocol_versions": ["6.0"] }`) }, "SHA256SUMS is"},
		"another protocol": {func(r *release) {
			put(t, "terraform-registry-manifest.json", `{"metadata": {"protocol_versions": ["5.0"]}}`)
			sums(t, r)
		}, "protocol 6.0"},
	} {
		t.Run(name, func(t *testing.T) {
			r := made(t)
			test.spoil(r)
			err := r.check(t.Context(), true, nil)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// A whole release has all platforms.
func TestCheckWantsEveryPlatform(t *testing.T) {
	r := made(t)
	if err := r.check(t.Context(), false, nil); err == nil || !strings.Contains(err.Error(), "windows_arm64") {
		t.Errorf("error %v", err)
	}
}

func TestNarrowed(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", ".goreleaser.yml"))
	if err != nil {
		t.Fatal(err)
	}
	narrow, err := hostOnlyConfig(string(text), "plan9", "mips")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(narrow, `    goos: ["plan9"]`) != 2 || strings.Count(narrow, `    goarch: ["mips"]`) != 2 || strings.Contains(narrow, "goos: [darwin") {
		t.Errorf("narrowed to\n%s", narrow)
	}
	if _, err := hostOnlyConfig(strings.Replace(string(text), "    goarch: [amd64, arm64]", "    goarch:\n      - amd64", 1), "plan9", "mips"); err == nil {
		t.Error("a list in another form is passed over")
	}
}

// The hash that engines write into the lock file, of an archive whose hash is known.
func TestH1(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.zip")
	pack(t, path, map[string]fs.FileMode{"b": 0o644, "a": 0o644})
	// printf '%s  a\n%s  b\n' "$(printf a | sha256sum | cut -c-64)" "$(printf b | sha256sum | cut -c-64)" | openssl dgst -sha256 -binary | base64
	got, err := h1(path)
	if err != nil || got != "h1:yxP0ANy2GOQA0PfVT3zbMw03oHJyy5mhAWzaWDChBVY=" {
		t.Errorf("%s, %v", got, err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}
