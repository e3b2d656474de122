package provider_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendors"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// testingGuide is what a reader takes out of testing.md: the files that it names, and its commands that run tests.
func testingGuide(t *testing.T) (files map[string]string, commands []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "templates", "guides", "testing.md"))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	file := regexp.MustCompile("(?s)`([a-z./]+)`:\n\n<!-- block: [^\n]+ -->\n\n```terraform\n(.*?)```")
	for _, match := range file.FindAllStringSubmatch(string(text), -1) {
		files[match[1]] = match[2]
	}
	shell := regexp.MustCompile("(?s)```shell\n(.*?)```")
	for _, match := range shell.FindAllStringSubmatch(string(text), -1) {
		commands = append(commands, strings.Split(strings.TrimSpace(match[1]), "\n")...)
	}
	if len(files) != 4 || len(commands) != 4 {
		t.Fatalf("testing.md has %d files and %d commands; does this test still find them?", len(files), len(commands))
	}
	return files, commands
}

// TestAccGuideTesting follows testing.md as it stands: mocks with nothing to ask, then the sandbox.
func TestAccGuideTesting(t *testing.T) {
	t.Parallel()
	found := realEngine(t)
	files, commands := testingGuide(t)
	box, err := sandbox.Start(sandbox.Options{}, vendors.All()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	env := box.Env()
	mirror := mirrorFor(t, found)

	// The address in the guide is the one that the sandbox has when started by hand.
	const address = "http://127.0.0.1:8787/qonto"
	named := strings.ReplaceAll(files["tests/sandbox/link.tftest.hcl"], address, env["QONTO_ENDPOINT"])
	if named == files["tests/sandbox/link.tftest.hcl"] {
		t.Fatal("the test in the sandbox does not name " + address)
	}
	files["tests/sandbox/link.tftest.hcl"] = named
	delete(env, "QONTO_ENDPOINT")

	bare := testingFolder(t, files, func(dir string) (*workspace.Workspace, error) { return workspace.New(dir, found, mirror, nil) })
	if said := bare.obey(commands[:2]...); !strings.Contains(said, "3 passed, 0 failed") {
		t.Errorf("the mocked tests:\n%s", said)
	}
	if asked := len(box.Requests()); asked > 0 {
		t.Errorf("mocks asked %d times", asked)
	}

	set := testingFolder(t, files, func(dir string) (*workspace.Workspace, error) { return workspace.New(dir, found, mirror, env) })
	if said := set.obey(commands[2:]...); !strings.Contains(said, "3 passed, 0 failed") {
		t.Errorf("the tests in the sandbox:\n%s", said)
	}
	if made := len(box.Requests(sandbox.ByOp("qonto", "create"))); made != 2 {
		t.Errorf("%d links were made, want 2", made)
	}
	for _, link := range box.Overview() {
		if link.Payable {
			t.Errorf("%s is still payable", link.ID)
		}
	}
}

// TestAccGuideTestingNotices: the guide's tests fail over a module that does what they forbid.
func TestAccGuideTestingNotices(t *testing.T) {
	t.Parallel()
	found := realEngine(t)
	mirror := mirrorFor(t, found)
	for name, change := range map[string][2]string{
		"reminds of a paid invoice": {`.state == "paid"`, `.state == "expired"`},
		"asks for anything":         {"<= 5000", "<= 6000"},
		"another text":              {"Please pay ", "Pay "},
		"a wrong argument":          {`default     = "240.00"`, `default     = "240.005"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files, commands := testingGuide(t)
			changed := strings.ReplaceAll(files["main.tf"], change[0], change[1])
			if changed == files["main.tf"] {
				t.Fatalf("the module has no %s", change[0])
			}
			files["main.tf"] = changed
			f := testingFolder(t, files, func(dir string) (*workspace.Workspace, error) { return workspace.New(dir, found, mirror, nil) })
			f.obey(commands[0])
			result, err := f.Run(t.Context(), strings.Fields(commands[1])[1:]...)
			if err != nil || result.ExitCode == 0 {
				t.Errorf("the tests pass: %v\n%s", err, result.Printed)
			}
		})
	}
}

// testingModule is a folder with the guide's files.
type testingModule struct {
	*workspace.Workspace
	t *testing.T
}

func testingFolder(t *testing.T, files map[string]string, open func(string) (*workspace.Workspace, error)) testingModule {
	t.Helper()
	w, err := open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(w.Dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := w.Write(name, text); err != nil {
			t.Fatal(err)
		}
	}
	return testingModule{w, t}
}

// obey runs commands of the guide with the engine of the test, and returns what they printed.
func (m testingModule) obey(commands ...string) string {
	m.t.Helper()
	var said strings.Builder
	for _, command := range commands {
		words := strings.Fields(command)
		if words[0] != "terraform" {
			m.t.Fatalf("%s is no command of an engine", command)
		}
		result, err := m.Expect(m.t.Context(), 0, append(words[1:], "-no-color")...)
		if err != nil {
			m.t.Fatal(err)
		}
		said.WriteString(result.Printed)
	}
	return said.String()
}
