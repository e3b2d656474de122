// Package engine finds the program that plans and applies: Terraform, or OpenTofu, and builds OpenTofu when the machine has neither.
package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/hashicorp/go-version"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// Variable names the program to use; it wins over PATH.
const Variable = "PAYMENTLINKS_ENGINE"

// oldest is the oldest Terraform and OpenTofu that the provider supports: both have write-only attributes from this number on.
var oldest = version.Must(version.NewVersion("1.11.0"))

// Engine is one program that can run a configuration.
type Engine struct {
	// Path of the program.
	Path string
	// Name is "terraform" or "tofu".
	Name string
	// Version as the program gives it, without a "v".
	Version string
}

// String is the form for people: "Terraform 1.11.4 (/usr/bin/terraform)".
func (e Engine) String() string {
	product := "Terraform"
	if e.Name == "tofu" {
		product = "OpenTofu"
	}
	return fmt.Sprintf("%s %s (%s)", product, e.Version, e.Path)
}

// Host is where the engine looks for a provider whose source names no registry.
func (e Engine) Host() string {
	if e.Name == "tofu" {
		return "registry.opentofu.org"
	}
	return "registry.terraform.io"
}

// AcceptanceEnv lists the KEY=value pairs that make terraform-plugin-testing use this engine, and the engine nobody's settings.
func (e Engine) AcceptanceEnv() []string {
	env := append(isolatedEnv(), "TF_ACC_TERRAFORM_PATH="+e.Path)
	if e.Name == "tofu" {
		// terraform-plugin-testing offers the provider under Terraform's default host unless told otherwise.
		env = append(env, "TF_ACC_PROVIDER_HOST="+e.Host(), "TF_ACC_PROVIDER_NAMESPACE=hashicorp")
	}
	return env
}

// Finder looks for an engine. Its zero value works; the fields are there for tests and for other front ends.
type Finder struct {
	// Tofu accepts OpenTofu only.
	Tofu bool
	// Log takes what a person should see: what was passed over, what is being built. Nil discards it.
	Log io.Writer
	// Clock times the build. Nil is the system's.
	Clock clock.Clock
	// Build makes OpenTofu and returns its path. Nil builds the pinned version from source.
	Build func(ctx context.Context, log io.Writer, clk clock.Clock) (string, error)
}

// Find takes the first of: the program that PAYMENTLINKS_ENGINE names, terraform on PATH, tofu on PATH, and an OpenTofu of our own
// building. A program on PATH that is too old or does not answer is passed over with a line in the log; one that was named by the
// variable is an error instead.
func (f Finder) Find(ctx context.Context) (Engine, error) {
	if f.Log == nil {
		f.Log = io.Discard
	}
	if f.Clock == nil {
		f.Clock = clock.System{}
	}
	if f.Build == nil {
		f.Build = buildOpenTofu
	}
	if named := os.Getenv(Variable); named != "" {
		return f.probePath(ctx, named)
	}
	names := []string{"terraform", "tofu"}
	if f.Tofu {
		names = names[1:]
	}
	for _, name := range names {
		found, err := lookPath(ctx, name)
		if err == nil {
			return found, nil
		}
		if !errors.Is(err, exec.ErrNotFound) {
			_, _ = fmt.Fprintf(f.Log, "passing over %s: %v\n", name, err)
		}
		if ctx.Err() != nil {
			return Engine{}, ctx.Err()
		}
	}
	path, err := f.Build(ctx, f.Log, f.Clock)
	if err != nil {
		return Engine{}, fmt.Errorf("there is no terraform or tofu (1.11 or later) on PATH, and OpenTofu cannot be built: %w", err)
	}
	return Probe(ctx, path)
}

func (f Finder) probePath(ctx context.Context, path string) (Engine, error) {
	found, err := Probe(ctx, path)
	switch {
	case err != nil:
		return Engine{}, fmt.Errorf("%s: %w", Variable, err)
	case f.Tofu && found.Name != "tofu":
		return Engine{}, fmt.Errorf("%s names %s, but OpenTofu is asked for", Variable, found)
	}
	return found, nil
}

func lookPath(ctx context.Context, name string) (Engine, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return Engine{}, err
	}
	return Probe(ctx, path)
}
