package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// key is a signing key in a keyring of its own; nil where there is no gpg.
type key struct {
	home, fingerprint string
}

// passphrase is one, so that the way is tried by which a release hands one to gpg.
const passphrase = "snapshot"

func newKey(ctx context.Context, work string) (*key, error) {
	if _, err := exec.LookPath("gpg"); err != nil {
		return nil, nil
	}
	k := &key{home: filepath.Join(work, "keys")}
	if err := os.Mkdir(k.home, 0o700); err != nil {
		return nil, err
	}
	_, err := k.gpg(ctx, "--quiet", "--pinentry-mode", "loopback", "--passphrase", passphrase,
		"--quick-generate-key", "Snapshot <snapshot@example.com>", "rsa3072", "sign", "never")
	if err != nil {
		return nil, err
	}
	listed, err := k.gpg(ctx, "--with-colons", "--list-keys")
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(listed) {
		if fields := strings.Split(line, ":"); fields[0] == "fpr" && len(fields) > 9 {
			k.fingerprint = fields[9]
			return k, nil
		}
	}
	return nil, errors.New("gpg made a key and does not show it")
}

// gpg runs gpg with the key's own keyring.
func (k *key) gpg(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "gpg", append([]string{"--batch", "--homedir", k.home}, args...)...)
	said, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("gpg %s: %w\n%s", strings.Join(args, " "), err, said)
	}
	return string(said), nil
}

// destroy ends gpg's agent, which would outlive the keyring.
func (k *key) destroy() {
	if k == nil {
		return
	}
	// Best effort: an agent that does not answer ends by itself once its folder is gone.
	_ = exec.Command("gpgconf", "--homedir", k.home, "--kill", "all").Run()
}

// build runs GoReleaser in the current folder; the files are in dist afterwards.
func build(ctx context.Context, work string, host bool, k *key, log io.Writer) error {
	config := ".goreleaser.yml"
	if host {
		text, err := os.ReadFile(config)
		if err != nil {
			return err
		}
		narrow, err := hostOnlyConfig(string(text), runtime.GOOS, runtime.GOARCH)
		if err != nil {
			return err
		}
		config = filepath.Join(work, "goreleaser.yml")
		if err := os.WriteFile(config, []byte(narrow), 0o600); err != nil {
			return err
		}
	}
	args := []string{"tool", "-modfile=internal/tools/goreleaser/go.mod", "goreleaser", "release", "--snapshot", "--clean", "--config", config}
	env := os.Environ()
	if k == nil {
		args = append(args, "--skip=sign")
	} else {
		env = append(env, "GNUPGHOME="+k.home, "GPG_FINGERPRINT="+k.fingerprint, "GPG_PASSPHRASE="+passphrase)
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = env, log, log
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("goreleaser: %w", err)
	}
	return nil
}

var platformLists = regexp.MustCompile(`(?m)^( +)(goos|goarch): \[.*\]$`)

// hostOnlyConfig is the configuration with one platform in every build: GoReleaser itself can leave platforms out of a build, but not of a
// release.
func hostOnlyConfig(config, goos, goarch string) (string, error) {
	builds := strings.Count(config, "    ldflags:")
	if lists := len(platformLists.FindAllString(config, -1)); builds == 0 || lists != 2*builds {
		return "", fmt.Errorf(".goreleaser.yml has %d builds and %d lists of platforms in one line each, want two for every build", builds, lists)
	}
	return platformLists.ReplaceAllStringFunc(config, func(line string) string {
		parts := platformLists.FindStringSubmatch(line)
		only := goos
		if parts[2] == "goarch" {
			only = goarch
		}
		return fmt.Sprintf("%s%s: [%q]", parts[1], parts[2], only)
	}), nil
}
