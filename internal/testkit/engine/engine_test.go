package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// fake writes a shell script that answers like the product at the version, and returns its path.
func fake(t *testing.T, dir, name, product, version string) string {
	t.Helper()
	script := fmt.Sprintf(`#!/bin/sh
[ "$CHECKPOINT_DISABLE" = 1 ] && [ "$TF_CLI_CONFIG_FILE" = /dev/null ] || { echo "not quiet" >&2; exit 3; }
echo "%s v%s"
`, product, version)
	return write(t, dir, name, script)
}

func write(t *testing.T, dir, name, script string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFind(t *testing.T) {
	cases := []struct {
		name string
		// path lays programs into the folder that becomes PATH; named returns what the variable shall hold.
		path     func(t *testing.T, dir string)
		named    func(t *testing.T, dir string) string
		tofu     bool
		want     string // "name version"
		wantErr  string
		wantLog  string
		wantMade bool
	}{
		{
			name: "terraform first",
			path: func(t *testing.T, dir string) {
				fake(t, dir, "terraform", "Terraform", "1.11.4")
				fake(t, dir, "tofu", "OpenTofu", "1.12.6")
			},
			want: "terraform 1.11.4",
		},
		{
			name: "an old terraform gives way to tofu, and that is said",
			path: func(t *testing.T, dir string) {
				fake(t, dir, "terraform", "Terraform", "1.10.5")
				fake(t, dir, "tofu", "OpenTofu", "1.11.0")
			},
			want:    "tofu 1.11.0",
			wantLog: "version 1.10.5 is too old: 1.11 or later is needed",
		},
		{
			name: "a broken terraform gives way, and what it printed is said",
			path: func(t *testing.T, dir string) {
				write(t, dir, "terraform", "#!/bin/sh\necho no version chosen >&2\nexit 1\n")
				fake(t, dir, "tofu", "OpenTofu", "1.12.6")
			},
			want:    "tofu 1.12.6",
			wantLog: "no version chosen",
		},
		{
			name: "a pre-release of 1.11 is new enough",
			path: func(t *testing.T, dir string) { fake(t, dir, "terraform", "Terraform", "1.11.0-beta1") },
			want: "terraform 1.11.0-beta1",
		},
		{
			name:     "both too old: built",
			path:     func(t *testing.T, dir string) { fake(t, dir, "tofu", "OpenTofu", "1.9.0") },
			want:     "tofu 1.12.6",
			wantLog:  "version 1.9.0 is too old",
			wantMade: true,
		},
		{
			name:     "neither: built",
			path:     func(*testing.T, string) {},
			want:     "tofu 1.12.6",
			wantMade: true,
		},
		{
			name:     "OpenTofu asked for: terraform is not looked at",
			path:     func(t *testing.T, dir string) { fake(t, dir, "terraform", "Terraform", "1.11.4") },
			tofu:     true,
			want:     "tofu 1.12.6",
			wantMade: true,
		},
		{
			name:  "the variable wins over PATH, whatever the file is called",
			path:  func(t *testing.T, dir string) { fake(t, dir, "terraform", "Terraform", "1.11.4") },
			named: func(t *testing.T, dir string) string { return fake(t, dir, "mine", "OpenTofu", "1.12.0") },
			want:  "tofu 1.12.0",
		},
		{
			name:    "the variable names an old one: no silent other choice",
			path:    func(t *testing.T, dir string) { fake(t, dir, "terraform", "Terraform", "1.11.4") },
			named:   func(t *testing.T, dir string) string { return fake(t, dir, "mine", "Terraform", "1.5.7") },
			wantErr: "PAYMENTLINKS_ENGINE: ",
		},
		{
			name:    "the variable names nothing",
			path:    func(t *testing.T, dir string) { fake(t, dir, "terraform", "Terraform", "1.11.4") },
			named:   func(_ *testing.T, dir string) string { return filepath.Join(dir, "absent") },
			wantErr: "PAYMENTLINKS_ENGINE: ",
		},
		{
			name:    "the variable names something else",
			path:    func(*testing.T, string) {},
			named:   func(t *testing.T, dir string) string { return fake(t, dir, "mine", "Packer", "1.15.0") },
			wantErr: "neither Terraform nor OpenTofu",
		},
		{
			name:    "the variable names terraform where OpenTofu is asked for",
			path:    func(*testing.T, string) {},
			named:   func(t *testing.T, dir string) string { return fake(t, dir, "mine", "Terraform", "1.16.4") },
			tofu:    true,
			wantErr: "but OpenTofu is asked for",
		},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			dir, elsewhere := t.TempDir(), t.TempDir()
			test.path(t, dir)
			t.Setenv("PATH", dir)
			t.Setenv(Variable, "")
			if test.named != nil {
				t.Setenv(Variable, test.named(t, elsewhere))
			}
			var log bytes.Buffer
			made := false
			finder := Finder{Tofu: test.tofu, Log: &log, Build: func(context.Context, io.Writer, clock.Clock) (string, error) {
				made = true
				return fake(t, elsewhere, "tofu", "OpenTofu", "1.12.6"), nil
			}}
			found, err := finder.Find(t.Context())
			if test.wantErr != "" {
				if err == nil || !strings.Contains(err.Error(), test.wantErr) {
					t.Fatalf("error %v, want one with %q", err, test.wantErr)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := found.Name + " " + found.Version; got != test.want {
				t.Errorf("found %s, want %s", got, test.want)
			}
			if !filepath.IsAbs(found.Path) {
				t.Errorf("path %q is not absolute", found.Path)
			}
			if !strings.Contains(log.String(), test.wantLog) {
				t.Errorf("log %q lacks %q", log.String(), test.wantLog)
			}
			if made != test.wantMade {
				t.Errorf("built: %t, want %t", made, test.wantMade)
			}
		})
	}
}

func TestFindSaysWhyNothingWasBuilt(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv(Variable, "")
	broken := errors.New("no space left on device")
	_, err := Finder{Build: func(context.Context, io.Writer, clock.Clock) (string, error) { return "", broken }}.Find(t.Context())
	if !errors.Is(err, broken) {
		t.Fatalf("error %v does not carry the build's", err)
	}
}

func TestAcceptanceEnv(t *testing.T) {
	t.Parallel()
	terraform := strings.Join(Engine{Path: "/bin/terraform", Name: "terraform"}.AcceptanceEnv(), " ")
	if want := "CHECKPOINT_DISABLE=1 TF_CLI_CONFIG_FILE=/dev/null TF_ACC_TERRAFORM_PATH=/bin/terraform"; terraform != want {
		t.Errorf("terraform: %s, want %s", terraform, want)
	}
	tofu := strings.Join(Engine{Path: "/bin/tofu", Name: "tofu"}.AcceptanceEnv(), " ")
	for _, want := range []string{"TF_ACC_TERRAFORM_PATH=/bin/tofu", "TF_ACC_PROVIDER_HOST=registry.opentofu.org"} {
		if !strings.Contains(tofu, want) {
			t.Errorf("tofu: %s lacks %s", tofu, want)
		}
	}
}
