package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/checkout"
)

const (
	openTofuVersion = "1.12.6"
	openTofuPackage = "github.com/opentofu/opentofu/cmd/tofu"
	openTofuModule  = "internal/tools/tofu"
)

// buildOpenTofu builds the OpenTofu that internal/tools/tofu pins and returns its path. It is built once for each content of the pins
// and kept in the user's cache folder, so that a second call costs nothing.
func buildOpenTofu(ctx context.Context, log io.Writer, clk clock.Clock) (string, error) {
	root, err := checkout.Root()
	if err != nil {
		return "", err
	}
	module := filepath.Join(root, filepath.FromSlash(openTofuModule))
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	path, err := cachedPath(cache, module)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	_, _ = fmt.Fprintf(log, "building OpenTofu %s from source into %s (once; about 5 minutes on 2 cores)\n", openTofuVersion, path)
	began := clk.Now()
	err = buildOnce(path, func(out string) error {
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath",
			"-ldflags", "-s -w -X github.com/opentofu/opentofu/version.dev=no", "-o", out, openTofuPackage)
		cmd.Dir = module
		cmd.Stdout, cmd.Stderr = log, log
		// A workspace or flags of the user's would pull this module into theirs.
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly")
		return cmd.Run()
	})
	if err != nil {
		return "", err
	}
	_, _ = fmt.Fprintf(log, "built OpenTofu %s in %s\n", openTofuVersion, clk.Now().Sub(began).Round(time.Second))
	return path, nil
}

// cachedPath names the place of the build: its version and platform for people, and a digest of the pins, so that a changed pin
// builds again.
func cachedPath(cache, module string) (string, error) {
	digest := sha256.New()
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(module, name))
		if err != nil {
			return "", err
		}
		digest.Write(content)
	}
	folder := fmt.Sprintf("opentofu-%s-%s-%s-%s", openTofuVersion, runtime.GOOS, runtime.GOARCH, hex.EncodeToString(digest.Sum(nil))[:8])
	return filepath.Join(cache, "terraform-provider-paymentlinks", folder, "tofu"), nil
}

// buildOnce lets build write beside path and moves the result there in one step: an interrupted build leaves nothing that looks whole,
// and two builds at a time do no harm.
func buildOnce(path string, build func(out string) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp(filepath.Dir(path), "build-")
	if err != nil {
		return err
	}
	out := filepath.Join(work, filepath.Base(path))
	err = build(out)
	if err == nil {
		err = os.Rename(out, path)
	}
	return errors.Join(err, os.RemoveAll(work))
}
