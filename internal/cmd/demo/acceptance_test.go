package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/control"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"

	// Not used here, but built and run: without it the test cache would not notice a change of the provider.
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
	_ "github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

var root = filepath.Join("..", "..", "..")

// newFixture lays the files, which are named from examples/ or whole, into a workspace and starts a sandbox in this process.
func newFixture(t *testing.T, files ...string) (*workspace.Workspace, *sandbox.Sandbox) {
	t.Helper()
	box := sandboxtest.Serve(t, sandbox.Options{}, descriptor.Sandboxes()...)
	w := workspace.ForTest(t, box.Env())
	for _, file := range files {
		if !filepath.IsAbs(file) {
			file = filepath.Join(root, "examples", filepath.FromSlash(file))
		}
		if err := w.CopyFiles(file); err != nil {
			t.Fatal(err)
		}
	}
	return w, box
}

// onLine calls once when a line with the mark is written.
type onLine struct {
	bytes.Buffer
	mark string
	once func()
}

func (o *onLine) Write(p []byte) (int, error) {
	if o.once != nil && bytes.Contains(p, []byte(o.mark)) {
		o.once()
		o.once = nil
	}
	return o.Buffer.Write(p)
}

// Something goes wrong at the vendor in the middle of the real thing. What the provider makes good of is no failure, and the demonstration sees
// the rest; what else it sees is in TestScenarioFails.
func TestAccDemo(t *testing.T) {
	t.Parallel()
	engine.Require(t)
	d := descriptor.Revocable()
	for name, test := range map[string]struct {
		fault fault.Fault
		want  string // of the error; empty: all is well
	}{
		"the vendor says that it revoked, and did not": {fault.Fault{Vendor: d.Name, Op: d.Operations.Revoke, Kind: fault.Empty, Status: 204}, "can still be paid after destroy"},
		"the answer to a create is lost":               {fault.Fault{Vendor: d.Name, Op: d.Operations.Create, Kind: fault.HTML, Times: 1, After: true}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cli, box := newFixture(t, "quickstart/*.tf")
			box.Inject(test.fault)
			var out bytes.Buffer
			s := scenario{engine: cli, sandbox: control.Client{URL: box.URL()}, out: &out, clock: clock.System{}}
			err := s.run(t.Context())
			if (err != nil) != (test.want != "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q; shown:\n%s", err, test.want, &out)
			}
		})
	}
}

// An interrupted demonstration leaves no process and no folder behind.
func TestAccDemoIsInterrupted(t *testing.T) {
	found := engine.Require(t)
	t.Chdir(root)
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv(engine.Variable, found.Path)
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	out := &onLine{mark: "2. plan", once: interrupt}
	err := run(ctx, nil, out, out)
	if err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Fatalf("error %v, want one that says interrupted; shown:\n%s", err, out)
	}
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(out.String())
	if _, err := (control.Client{URL: address}).Links(t.Context()); address == "" || err == nil {
		t.Errorf("the sandbox at %q still answers", address)
	}
}
