package workspace

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

// version is the version under which the mirror offers the provider. The examples ask for "~> 0.1.0".
const version = "0.1.0"

// Mirror builds the provider from the checkout at root into dir, in the layout that a filesystem_mirror wants: with it, init is the
// real one and needs no network. One mirror serves any number of workspaces.
func Mirror(ctx context.Context, root, dir string, found engine.Engine) error {
	program := filepath.Join(dir, found.Host(), "paymentlinks", "paymentlinks", version,
		runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-paymentlinks_v"+version)
	return Build(ctx, root, program, ".", "-ldflags", "-s -w -X main.version="+version)
}

// Build compiles a package of the checkout at root. What the compiler says is part of the error.
func Build(ctx context.Context, root, out, pkg string, flags ...string) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	args := append([]string{"build", "-o", out}, flags...)
	cmd := exec.CommandContext(ctx, "go", append(args, pkg)...)
	cmd.Dir = root
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", pkg, err, said)
	}
	return nil
}
