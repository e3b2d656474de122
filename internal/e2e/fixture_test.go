package e2e_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

type (
	object = descriptor.Object
	list   = descriptor.List
)

// root is this checkout.
var root = filepath.Join("..", "..")

// fixture is an empty folder with a real engine, and a sandbox. One run covers all vendors: engines are slow.
type fixture struct {
	*testing.T
	w   *workspace.Workspace
	box *sandbox.Sandbox
}

func newFixture(t *testing.T) *fixture {
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
	w := workspace.ForTest(t, box.Env())
	w.Attach = true
	return &fixture{T: t, w: w, box: box}
}

// runAll runs tests side by side, each with a fixture of its own.
func runAll(t *testing.T, tests map[string]func(*fixture)) {
	t.Parallel()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(newFixture(t))
		})
	}
}

// header is the head of a configuration with all vendors.
func header(settings string) string {
	var out strings.Builder
	out.WriteString("terraform {\n  required_providers {\n    paymentlinks = { source = \"paymentlinks/paymentlinks\" }\n  }\n}\n\nprovider \"paymentlinks\" {\n" + settings)
	for _, d := range descriptor.All() {
		fmt.Fprintf(&out, "  %s = { account = \"main\" }\n", d.Name)
	}
	return out.String() + "}\n"
}

// links declares a link of every vendor, named "it", with changes of some vendors' and the same additions (such as a lifecycle)
// for all.
func links(changes map[string]object, additions ...string) string {
	var out strings.Builder
	for _, d := range descriptor.All() {
		fmt.Fprintf(&out, "resource %q \"it\" {\n%s%s\n}\n", d.ResourceType(), tfconfig.HCL(d.With(changes[d.Name])), strings.Join(additions, "\n"))
	}
	return out.String()
}

// address is where links declares a vendor's link.
func address(d descriptor.Descriptor) string { return d.ResourceType() + ".it" }

// declare writes the whole configuration, under the head with all vendors.
func (f *fixture) declare(blocks ...string) {
	f.Helper()
	f.write("main.tf", header("")+strings.Join(blocks, "\n"))
}

func (f *fixture) write(name, text string) {
	f.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(f.w.Dir, name)), 0o700); err != nil {
		f.Fatal(err)
	}
	if err := f.w.Write(name, text); err != nil {
		f.Fatal(err)
	}
}

// copyExamples copies files of the examples.
func (f *fixture) copyExamples(names ...string) {
	f.Helper()
	for _, name := range names {
		f.write(strings.ReplaceAll(name, "/", "_"), readExample(f.T, name))
	}
}

// resourceExamples are the files with examples of a vendor's resource, below examples/.
func resourceExamples(t *testing.T, d descriptor.Descriptor) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "examples", "resources", d.ResourceType(), "resource*.tf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d examples of %s: %v", len(files), d.ResourceType(), err)
	}
	for _, file := range files {
		names = append(names, "resources/"+d.ResourceType()+"/"+filepath.Base(file))
	}
	return names
}

func readExample(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "examples", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// run expects an exit code, and returns what was printed, its lines joined.
func (f *fixture) run(want int, args ...string) string {
	f.Helper()
	result, err := f.w.Expect(f.Context(), want, append(args, "-no-color")...)
	if err != nil {
		f.Fatal(err)
	}
	return joined.ReplaceAllString(result.Printed, " ")
}

// ready makes the folder ready. An engine that is attached to the provider installs none.
func (f *fixture) ready() {
	f.Helper()
	if !f.w.Attaches() {
		f.run(0, "init")
	}
}

// joined are the line breaks and borders with which the engine draws messages.
var joined = regexp.MustCompile(`[\s│╷╵]+`)

// report runs a command, expects its exit code, and reads what it says for machines.
func (f *fixture) report(want int, command string, flags ...string) workspace.Report {
	f.Helper()
	report, err := f.w.Report(f.Context(), command, flags...)
	if err != nil {
		f.Fatal(err)
	}
	if report.ExitCode != want {
		f.Fatalf("%s %v ended with %d, want %d:\n%s", command, flags, report.ExitCode, want, report.Diagnostics)
	}
	return report
}

func (f *fixture) apply(flags ...string) workspace.Report {
	f.Helper()
	return f.report(0, "apply", append([]string{"-auto-approve"}, flags...)...)
}

func (f *fixture) plan(flags ...string) workspace.Report {
	f.Helper()
	return f.report(0, "plan", flags...)
}

func (f *fixture) destroy(flags ...string) workspace.Report {
	f.Helper()
	return f.report(0, "destroy", append([]string{"-auto-approve"}, flags...)...)
}

// of is the sandbox as one vendor's.
func (f *fixture) of(d descriptor.Descriptor) *acctest.VendorSandbox {
	return acctest.WrapSandbox(f.T, f.box, d.Name)
}

// held lists a vendor's links, oldest first.
func (f *fixture) held(d descriptor.Descriptor) []vendorapi.Link {
	return slices.DeleteFunc(f.box.Overview(), func(l vendorapi.Link) bool { return l.Vendor != d.Name })
}

// newest are the vendors' links made last, by vendor.
func (f *fixture) newest() map[string]vendorapi.Link {
	f.Helper()
	out := map[string]vendorapi.Link{}
	for _, d := range descriptor.All() {
		held := f.held(d)
		if len(held) == 0 {
			f.Fatalf("%s holds no link", d.Name)
		}
		out[d.Name] = held[len(held)-1]
	}
	return out
}

// bring brings each vendor's newest link into the situation of a row, where it has one (false: it has none).
func (f *fixture) bring(rowOf func(descriptor.Descriptor) (lifecycle.Row, bool)) {
	f.Helper()
	f.ageLinks()
	newest := f.newest()
	for _, d := range descriptor.All() {
		row, has := rowOf(d)
		if !has {
			continue
		}
		vendor, _ := f.box.Vendor(d.Name)
		if err := d.Bring(vendor, newest[d.Name].ID, row.Situations()[0], f.box.Now()); err != nil {
			f.Fatal(err)
		}
	}
}

// ageLinks lets the state say that its links were created an hour earlier: a 404 in the first minute is never believed.
func (f *fixture) ageLinks() {
	f.Helper()
	file := filepath.Join(f.w.Dir, "terraform.tfstate")
	state, err := os.ReadFile(file)
	if err != nil {
		f.Fatal(err)
	}
	aged := regexp.MustCompile(`("private": ")([^"]+)`).ReplaceAllStringFunc(string(state), func(field string) string {
		name, encoded, _ := strings.Cut(field, `: "`)
		outer, err := base64.StdEncoding.DecodeString(encoded)
		var private map[string][]byte
		if err == nil {
			err = json.Unmarshal(outer, &private)
		}
		if err != nil {
			f.Fatal(err)
		}
		private[link.PrivateStateKey] = createdAt.ReplaceAllFunc(private[link.PrivateStateKey], func(moment []byte) []byte {
			at, err := time.Parse(time.RFC3339, string(createdAt.FindSubmatch(moment)[1]))
			if err != nil {
				f.Fatal(err)
			}
			return []byte(`"created":"` + at.Add(-time.Hour).Format(time.RFC3339Nano) + `"`)
		})
		if outer, err = json.Marshal(private); err != nil {
			f.Fatal(err)
		}
		return name + `: "` + base64.StdEncoding.EncodeToString(outer)
	})
	if err := os.WriteFile(file, []byte(aged), 0o600); err != nil {
		f.Fatal(err)
	}
}

var createdAt = regexp.MustCompile(`"created":"([^"]+)"`)

// pay has somebody pay each vendor's newest link.
func (f *fixture) pay() {
	f.Helper()
	for vendor, link := range f.newest() {
		if err := f.box.Act(vendor, link.ID, "pay", ""); err != nil {
			f.Fatal(err)
		}
	}
}

// seed puts n links into each vendor that can list them.
func (f *fixture) seed(n int) {
	f.Helper()
	for _, d := range listing() {
		data, _, err := d.Stored(n)
		if err == nil {
			err = f.box.Seed(d.Name, data)
		}
		if err != nil {
			f.Fatal(err)
		}
	}
}

// seedSamples puts the sample of each vendor into it.
func (f *fixture) seedSamples() {
	f.Helper()
	for _, d := range descriptor.All() {
		if err := f.box.Seed(d.Name, []byte(d.Sample)); err != nil {
			f.Fatal(err)
		}
	}
}
