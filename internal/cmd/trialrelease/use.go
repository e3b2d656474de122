package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/sandboxprocess"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// releaseTest uses a release as a user does who got the zips of this machine's platform.
type releaseTest struct {
	release *release
	engine  engine.Engine
	dir     string
	clock   clock.Clock
}

func (t *releaseTest) run(ctx context.Context) (err error) {
	platform := runtime.GOOS + "_" + runtime.GOARCH
	mirror := filepath.Join(t.dir, "plugins")
	archive := t.release.path(provider, platform+".zip")
	plugin := filepath.Join(mirror, t.engine.Host(), "paymentlinks", "paymentlinks", t.release.version, platform)
	if err := unpack(archive, plugin); err != nil {
		return err
	}
	tools := filepath.Join(t.dir, "tools")
	released := []string{filepath.Join(plugin, provider+"_v"+t.release.version)}
	for _, program := range programs {
		if err := unpack(t.release.path(program, platform+".zip"), tools); err != nil {
			return err
		}
		released = append(released, filepath.Join(tools, program))
	}
	for _, program := range released {
		if err := t.checkVersionFlag(ctx, program); err != nil {
			return err
		}
	}
	vendors, err := sandboxprocess.Start(ctx, filepath.Join(tools, sandbox), filepath.Join(t.dir, "ready.json"), t.clock)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, vendors.Stop()) }()
	user, err := workspace.New(filepath.Join(t.dir, "work"), t.engine, mirror, vendors.Env)
	if err != nil {
		return err
	}
	if err := user.Write("main.tf", configuration(t.release.version)); err != nil {
		return err
	}
	if _, err := user.Expect(ctx, 0, "init", "-no-color"); err != nil {
		return err
	}
	if err := t.checkLock(user.Dir, archive); err != nil {
		return err
	}
	for _, step := range []struct {
		args []string
		open int // links that can be paid afterwards
	}{
		{[]string{"apply", "-auto-approve", "-no-color"}, 1},
		{[]string{"plan", "-detailed-exitcode", "-no-color"}, 1}, // 2 would be a change
		{[]string{"destroy", "-auto-approve", "-no-color"}, 0},
	} {
		if _, err := user.Expect(ctx, 0, step.args...); err != nil {
			return err
		}
		links, err := vendors.Links(ctx)
		if err != nil {
			return err
		}
		open := slices.DeleteFunc(links, func(l vendorapi.Link) bool { return !l.Payable })
		if len(open) != step.open {
			return fmt.Errorf("after %s %d links can be paid, want %d", step.args[0], len(open), step.open)
		}
	}
	return nil
}

// configuration asks for exactly this version, as only a trial makes necessary.
func configuration(version string) string {
	d := descriptor.Revocable()
	return fmt.Sprintf(`terraform {
  required_providers {
    paymentlinks = {
      source  = "paymentlinks/paymentlinks"
      version = %q
    }
  }
}

provider "paymentlinks" {}

resource %q "it" {
%s}
`, "= "+version, d.ResourceType(), tfconfig.HCL(d.With(d.Payable)))
}

// checkVersionFlag wants the program to name the version that its archive has.
func (t *releaseTest) checkVersionFlag(ctx context.Context, program string) error {
	said, err := exec.CommandContext(ctx, program, "-version").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s -version: %w\n%s", filepath.Base(program), err, said)
	}
	if !slices.Contains(strings.Fields(string(said)), t.release.version) {
		return fmt.Errorf("%s -version says %q, the release is %s", filepath.Base(program), said, t.release.version)
	}
	return nil
}

// checkLock wants the lock file to name this version with the hash of the very archive that was signed.
func (t *releaseTest) checkLock(dir, archive string) error {
	lock, err := os.ReadFile(filepath.Join(dir, ".terraform.lock.hcl"))
	if err != nil {
		return err
	}
	hash, err := h1(archive)
	if err != nil {
		return err
	}
	for _, want := range []string{fmt.Sprintf("%q", t.release.version), fmt.Sprintf("%q", hash)} {
		if !bytes.Contains(lock, []byte(want)) {
			return fmt.Errorf("the lock file lacks %s:\n%s", want, lock)
		}
	}
	return nil
}

// h1 is the hash by which engines know a package: that of the list of its files with their hashes.
func h1(path string) (hash string, err error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	slices.SortFunc(archive.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	list := sha256.New()
	for _, file := range archive.File {
		content, err := readZipFile(file)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(list, "%x  %s\n", sha256.Sum256(content), file.Name)
	}
	return "h1:" + base64.StdEncoding.EncodeToString(list.Sum(nil)), nil
}

func readZipFile(file *zip.File) (content []byte, err error) {
	reader, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	return io.ReadAll(reader)
}

// unpack puts an archive's files into dir. Its names were checked before: there are no folders.
func unpack(path, dir string) (err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	archive, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	for _, file := range archive.File {
		content, err := readZipFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file.Name)), content, file.Mode().Perm()); err != nil {
			return err
		}
	}
	return nil
}
