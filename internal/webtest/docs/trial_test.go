package docs

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// trial is one configuration at work, against a sandbox of its own.
type trial struct {
	testing.TB
	*workspace.Workspace
	box    *sandbox.Sandbox
	seeded map[string]bool // ids of the links that were there before
}

// open makes an empty folder. Variables whose value is $NAME take it from what points the provider at the sandbox.
func (r runner) open(t testing.TB, variables map[string]string) *trial {
	t.Helper()
	box, err := sandbox.Start(sandbox.Options{}, descriptor.Sandboxes()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	env := box.Env()
	for name, value := range variables {
		if from, ok := strings.CutPrefix(value, "$"); ok {
			if value = box.Env()[from]; value == "" {
				t.Fatalf("the sandbox has no variable %s", from)
			}
		}
		env[name] = value
	}
	w := workspace.ForTest(t, env)
	w.Attach = true
	return &trial{TB: t, Workspace: w, box: box, seeded: map[string]bool{}}
}

// seed gives vendors the link that the import examples name.
func (k *trial) seed(vendors string) {
	k.Helper()
	for vendor := range strings.SplitSeq(vendors, ",") {
		d, _ := descriptor.ByName(vendor)
		if err := k.box.Seed(vendor, []byte(d.Sample)); err != nil {
			k.Fatal(err)
		}
	}
	for _, link := range k.box.Overview() {
		k.seeded[link.ID] = true
	}
}

// put writes a file, in a folder below the workspace's where its name says so.
func (k *trial) put(name, text string) {
	k.Helper()
	err := os.MkdirAll(filepath.Join(k.Dir, filepath.FromSlash(path.Dir(name))), 0o700)
	if err == nil {
		err = k.Write(filepath.FromSlash(name), text)
	}
	if err != nil {
		k.Fatal(err)
	}
}

// with copies a folder of the checkout, or one file of it.
func (k *trial) with(name string) {
	k.Helper()
	whole := filepath.Join(root, filepath.FromSlash(name))
	if text, err := os.ReadFile(whole); err == nil {
		k.put(path.Base(name), string(text))
		return
	}
	from := os.DirFS(whole)
	err := fs.WalkDir(from, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(from, file)
		if err == nil {
			k.put(file, string(text))
		}
		return err
	})
	if err != nil {
		k.Fatal(err)
	}
}

// do runs the engine and expects its exit code.
func (k *trial) do(want int, args ...string) workspace.Result {
	k.Helper()
	result, err := k.Expect(k.Context(), want, append(args, "-no-color")...)
	if err != nil {
		k.Fatal(err)
	}
	return result
}

// fails expects a command to end with an error that says want, however its lines are broken.
func (k *trial) fails(want string, args ...string) {
	k.Helper()
	said := k.do(1, args...).Printed
	if !strings.Contains(spaces.ReplaceAllString(said, " "), spaces.ReplaceAllString(want, " ")) {
		k.Errorf("%s fails, but does not say %q:\n%s", args[0], want, said)
	}
}

// spaces takes in the frame that engines draw around an error.
var spaces = regexp.MustCompile(`[\s│╷╵|]+`)

var protected = regexp.MustCompile(`(prevent_destroy\s*=\s*)true`)

// end destroys everything. What a configuration protects must be protected, before the protection is taken away.
func (k *trial) end() {
	k.Helper()
	lifted := false
	files, err := filepath.Glob(filepath.Join(k.Dir, "*.tf"))
	if err != nil {
		k.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			k.Fatal(err)
		}
		if !protected.Match(text) {
			continue
		}
		if !lifted {
			k.fails("prevent_destroy", "destroy", "-auto-approve")
			lifted = true
		}
		k.put(filepath.Base(file), protected.ReplaceAllString(string(text), "${1}false"))
	}
	k.do(0, "destroy", "-auto-approve")
}

// payable counts the links that somebody can still pay, but those that were there before, and those of vendors without a call that ends one.
func (k *trial) payable() int {
	n := 0
	for _, link := range k.box.Overview() {
		if d, _ := descriptor.ByName(link.Vendor); link.Payable && !k.seeded[link.ID] && d.Operations.Revoke != "" {
			n++
		}
	}
	return n
}

const required = `terraform {
  required_providers {
    paymentlinks = { source = "paymentlinks/paymentlinks" }
  }
}
`

// requires tells whether the folder says itself where the provider comes from.
func (k *trial) requires() bool {
	k.Helper()
	files, err := filepath.Glob(filepath.Join(k.Dir, "*.tf"))
	if err != nil {
		k.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			k.Fatal(err)
		}
		parsed, diags := hclsyntax.ParseConfig(text, file, hcl.InitialPos)
		if diags.HasErrors() {
			k.Fatal(diags)
		}
		for _, top := range parsed.Body.(*hclsyntax.Body).Blocks {
			for _, inner := range top.Body.Blocks {
				if top.Type == "terraform" && inner.Type == "required_providers" {
					return true
				}
			}
		}
	}
	return false
}
