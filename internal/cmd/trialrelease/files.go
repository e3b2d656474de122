package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

const (
	provider = "terraform-provider-paymentlinks"
	sandbox  = "paymentlinks-sandbox"
	token    = "paymentlinks-token"
)

// providerPlatforms are the platforms of a release. Go does not build windows/arm any more.
var providerPlatforms = []string{
	"darwin_amd64", "darwin_arm64", "freebsd_386", "freebsd_amd64", "freebsd_arm", "freebsd_arm64",
	"linux_386", "linux_amd64", "linux_arm", "linux_arm64", "windows_386", "windows_amd64", "windows_arm64",
}

// programs are released beside the provider, each in archives of its own; programPlatforms are where people run them, at their desk or in CI.
var programs = []string{sandbox, token}

var programPlatforms = []string{"darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64", "windows_amd64", "windows_arm64"}

// release are the files that would be uploaded.
type release struct {
	dir, version string
}

// open finds the release that GoReleaser left in dir.
func open(dir string) (*release, error) {
	text, err := os.ReadFile(filepath.Join(dir, "metadata.json"))
	if err != nil {
		return nil, err
	}
	var metadata struct {
		Version string `json:"version"`
	}
	if err := json.Unmarshal(text, &metadata); err != nil {
		return nil, err
	}
	return &release{dir: dir, version: metadata.Version}, nil
}

func (r *release) path(program, rest string) string {
	return filepath.Join(r.dir, program+"_"+r.version+"_"+rest)
}

// of lists the platforms for which there is a file of the program.
func (r *release) of(program, extension string) []string {
	found, _ := filepath.Glob(r.path(program, "*"+extension)) // the pattern is a good one
	var platforms []string
	for _, path := range found {
		platforms = append(platforms, strings.TrimSuffix(strings.TrimPrefix(path, r.path(program, "")), extension))
	}
	slices.Sort(platforms)
	return platforms
}

func (r *release) platforms() []string { return r.of(provider, ".zip") }

// check compares the files with what a registry and its users want.
func (r *release) check(ctx context.Context, host bool, k *key) error {
	forProvider, forPrograms := providerPlatforms, programPlatforms
	if host {
		forProvider = []string{runtime.GOOS + "_" + runtime.GOARCH}
		forPrograms = forProvider
	}
	var problems []error
	type binaries struct {
		name, binary string
		want         []string
	}
	all := []binaries{{provider, provider + "_v" + r.version, forProvider}}
	for _, name := range programs {
		all = append(all, binaries{name, name, forPrograms})
	}
	for _, program := range all {
		for _, extension := range []string{".zip", ".cdx.json"} {
			if got := r.of(program.name, extension); !slices.Equal(got, program.want) {
				problems = append(problems, fmt.Errorf("%s%s: platforms %v, want %v", program.name, extension, got, program.want))
			}
		}
		for _, platform := range r.of(program.name, ".zip") {
			problems = append(problems, r.checkZip(r.path(program.name, platform+".zip"), program.binary, platform))
		}
		for _, platform := range r.of(program.name, ".cdx.json") {
			problems = append(problems, r.checkSBOM(r.path(program.name, platform+".cdx.json")))
		}
	}
	problems = append(problems, r.checkSums())
	if k != nil {
		problems = append(problems, r.checkSignatures(ctx, k))
	}
	return errors.Join(problems...)
}

// checkZip wants the program, under the name by which an engine knows it, and the licence.
func (r *release) checkZip(path, binary, platform string) (err error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	if strings.HasPrefix(platform, "windows_") {
		binary += ".exe"
	}
	got := map[string]bool{}
	for _, file := range archive.File {
		got[file.Name] = file.Mode().Perm()&0o100 != 0
	}
	if want := map[string]bool{binary: true, "LICENSE": false}; !maps.Equal(got, want) {
		return fmt.Errorf("%s has the files %v (true: to be run), want %v", path, got, want)
	}
	return nil
}

// checkSBOM wants this version of this module and what it is made of.
func (r *release) checkSBOM(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var bill struct {
		Format   string `json:"bomFormat"`
		Metadata struct {
			Component struct{ Name, Version string }
		}
		Components []struct{ Name, Version string }
	}
	if err := json.Unmarshal(text, &bill); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	about := bill.Metadata.Component
	if bill.Format != "CycloneDX" || about.Name != "github.com/paymentlinks/terraform-provider-paymentlinks" || about.Version != "v"+r.version || len(bill.Components) == 0 {
		return fmt.Errorf("%s is a bill of %s %s with %d components", path, about.Name, about.Version, len(bill.Components))
	}
	return nil
}

// checkSums wants the checksums of the provider's zips and of the manifest, and of nothing else: a registry refuses the version if one
// is missing or too many.
func (r *release) checkSums() error {
	text, err := os.ReadFile(r.path(provider, "SHA256SUMS"))
	if err != nil {
		return err
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(text)) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		sums[name] = sum
	}
	files := map[string]string{filepath.Base(r.path(provider, "manifest.json")): "terraform-registry-manifest.json"}
	for _, platform := range r.platforms() {
		path := r.path(provider, platform+".zip")
		files[filepath.Base(path)] = path
	}
	want := map[string]string{}
	for name, path := range files {
		if want[name], err = sha256Of(path); err != nil {
			return err
		}
	}
	if !maps.Equal(sums, want) {
		return fmt.Errorf("SHA256SUMS is\n%swant %v", text, want)
	}
	manifest, err := os.ReadFile("terraform-registry-manifest.json")
	if err != nil {
		return err
	}
	if !bytes.Contains(manifest, []byte(`"protocol_versions": ["6.0"]`)) {
		return errors.New("the manifest does not name protocol 6.0, which main.go serves")
	}
	return nil
}

func sha256Of(path string) (sum string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	digest := sha256.New()
	if _, err := io.Copy(digest, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}

// checkSignatures wants binary signatures: of the checksums, as the registry reads it, and of each of the programs' zips.
func (r *release) checkSignatures(ctx context.Context, k *key) error {
	signed := []string{r.path(provider, "SHA256SUMS")}
	for _, program := range programs {
		for _, platform := range r.of(program, ".zip") {
			signed = append(signed, r.path(program, platform+".zip"))
		}
	}
	for _, path := range signed {
		signature, err := os.ReadFile(path + ".sig")
		if err != nil {
			return err
		}
		if bytes.HasPrefix(signature, []byte("-----")) {
			return fmt.Errorf("%s.sig is armoured: a registry wants it binary", path)
		}
		if _, err := k.gpg(ctx, "--verify", path+".sig", path); err != nil {
			return err
		}
	}
	return nil
}
