package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/engine"
	// Not used here, but built and run: without it the test cache would not notice a change of the provider.
	_ "github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

var root = filepath.Join("..", "..", "..")

// acceptanceEngine is the engine of the acceptance tests; without TF_ACC the test is skipped.
func acceptanceEngine(t *testing.T) engine.Engine {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance test: set TF_ACC=1, or run make test")
	}
	found, err := engine.Ask(t.Context(), os.Getenv("TF_ACC_TERRAFORM_PATH"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// setStage lays out a stage for the files, which are named from examples/ or whole, and starts a sandbox in this process.
func setStage(t *testing.T, found engine.Engine, files ...string) (*cli, *sandbox.Sandbox) {
	t.Helper()
	patterns := make([]string, 0, len(files))
	for _, file := range files {
		if !filepath.IsAbs(file) {
			file = filepath.Join(root, "examples", filepath.FromSlash(file))
		}
		patterns = append(patterns, file)
	}
	s, err := newStage(t.Context(), root, found, patterns...)
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	box, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.engine(box.Env(), false, nil), box
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

// Something goes wrong at the vendor in the middle of the real thing: the demonstration must see it.
func TestDemo(t *testing.T) {
	t.Parallel()
	found := acceptanceEngine(t)
	cancelAll := func(t *testing.T, box *sandbox.Sandbox) {
		for _, link := range box.Qonto.Links() {
			if err := box.Qonto.Cancel(link.ID); err != nil {
				t.Error(err)
			}
		}
	}
	for name, test := range map[string]struct {
		// fault is injected before the run, act is done when a line with the mark has been shown.
		fault *sandbox.Fault
		mark  string
		act   func(*testing.T, *sandbox.Sandbox)
		want  string // of the error; empty: all is well
	}{
		"all is well": {},
		"the vendor refuses to deactivate": {
			fault: &sandbox.Fault{Op: "deactivate", Kind: sandbox.Answer, Status: 403, Body: `{"errors":[{"code":"forbidden","detail":"not today"}]}`},
			want:  "not today",
		},
		"the vendor says that it deactivated, and did not": {
			fault: &sandbox.Fault{Op: "deactivate", Kind: sandbox.Answer, Status: 200, Body: `{"payment_link":{"id":"x","status":"canceled"}}`},
			want:  "2 links can still be paid after destroy",
		},
		"a create is answered in the vendor's absence": {
			fault: &sandbox.Fault{Op: "create", Kind: sandbox.HTML, Times: 1, After: true},
			want:  "step 3, apply",
		},
		"links are canceled behind the provider's back": {mark: "3. apply", act: cancelAll, want: "the second plan is not empty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cli, box := setStage(t, found, "quickstart/*.tf")
			if test.fault != nil {
				box.Inject(*test.fault)
			}
			out := &onLine{mark: test.mark}
			if test.act != nil {
				out.once = func() { test.act(t, box) }
			}
			s := script{engine: cli, vendors: &vendors{base: box.URL()}, out: out, clock: clock.System{}}
			err := s.play(t.Context())
			switch {
			case test.want == "" && err != nil:
				t.Fatal(err)
			case test.want != "" && err == nil:
				t.Fatalf("not noticed:\n%s", out)
			case test.want != "" && !strings.Contains(err.Error(), test.want):
				t.Errorf("error %q, want one with %q", err, test.want)
			}
		})
	}
}

// An interrupted demonstration leaves no process and no folder behind.
func TestDemoIsInterrupted(t *testing.T) {
	acceptanceEngine(t)
	t.Chdir(root)
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv(engine.Variable, os.Getenv("TF_ACC_TERRAFORM_PATH"))
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
	if _, err := (&vendors{base: address}).links(t.Context()); address == "" || err == nil {
		t.Errorf("the sandbox at %q still answers", address)
	}
}

// tasting is the link that examples/resources/paymentlinks_qonto_link imports, as Qonto would have it.
const tasting = `{
	"id": "3c90c3cc-0d44-4b50-8888-8dd25736052a", "status": "open", "resource_type": "Basket", "reusable": true,
	"created_at": "2026-01-05T09:00:00Z", "expiration_date": "2099-01-05T09:00:00Z",
	"url": "https://pay.example/3c90c3cc-0d44-4b50-8888-8dd25736052a", "amount": {"value": "39.89", "currency": "EUR"},
	"potential_payment_methods": ["credit_card", "paypal"],
	"items": [{"title": "Wine tasting", "description": "Six wines, two hours, with bread and cheese", "quantity": 3, "type": "service",
		"vat_rate": "21.0", "unit_price": {"value": "10.99", "currency": "EUR"}}]}`

const folder = "resources/paymentlinks_qonto_link/"

// examples are the ways to apply what stands in folder, with the provider's example.
var examples = map[string]struct {
	file    string // beside resource.tf
	command string // the file whose line is run after init
	from    string // the oldest engine that knows it
	imports bool
}{
	"create":             {},
	"import by id":       {file: folder + "import-by-string-id.tf", imports: true},
	"import by identity": {file: folder + "import-by-identity.tf", from: "1.12.0", imports: true},
	"import by command":  {command: folder + "import.sh", imports: true},
}

// What users copy must have been applied: a file that no test here applies may not stand in examples.
func TestNoExampleIsForgotten(t *testing.T) {
	t.Parallel()
	applied := map[string]bool{"provider/provider.tf": true, folder + "resource.tf": true}
	for _, each := range examples {
		applied[each.file], applied[each.command] = true, true
	}
	all := os.DirFS(filepath.Join(root, "examples"))
	err := fs.WalkDir(all, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !applied[name] && path.Dir(name) != "quickstart" {
			t.Errorf("examples/%s is applied by no test", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Every example that users copy is applied as it stands.
func TestExamples(t *testing.T) {
	t.Parallel()
	found := acceptanceEngine(t)
	for name, test := range examples {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.from != "" && version.Must(version.NewVersion(found.Version)).LessThan(version.Must(version.NewVersion(test.from))) {
				t.Skipf("needs %s or later", test.from)
			}
			files := []string{"provider/provider.tf", folder + "resource.tf"}
			if test.file != "" {
				files = append(files, test.file)
			}
			cli, box := setStage(t, found, files...)
			if err := box.Seed("qonto", []byte(tasting)); err != nil {
				t.Fatal(err)
			}
			do := func(args ...string) {
				t.Helper()
				if _, err := cli.run(t.Context(), 0, args...); err != nil {
					t.Fatal(err)
				}
			}
			do("init")
			if test.command != "" {
				line, err := os.ReadFile(filepath.Join(root, "examples", filepath.FromSlash(test.command)))
				if err != nil {
					t.Fatal(err)
				}
				do(strings.Fields(string(line))[1:]...)
			}
			do("apply", "-auto-approve")
			do("plan", "-detailed-exitcode")
			created := len(box.Requests(sandbox.ByOp("qonto", "create")))
			if want := map[bool]int{false: 2, true: 1}[test.imports]; created != want {
				t.Errorf("%d links created, want %d", created, want)
			}
			if ended := len(box.Requests(sandbox.ByOp("qonto", "deactivate"))); ended != 0 {
				t.Errorf("%d links deactivated", ended)
			}
		})
	}
}
