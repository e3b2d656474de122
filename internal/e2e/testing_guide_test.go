package e2e_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// testingGuide is what a reader takes out of testing.md: the files that it names, its commands that run tests, and the vendor
// that it is about.
type testingGuide struct {
	files    map[string]string
	commands []string
	d        descriptor.Descriptor
}

// sandboxAddress is the one that the sandbox has when it is started by hand.
var sandboxAddress = regexp.MustCompile(`http://127\.0\.0\.1:8787/(\w+)`)

func readTestingGuide(t *testing.T) testingGuide {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "templates", "guides", "testing.md"))
	if err != nil {
		t.Fatal(err)
	}
	g := testingGuide{files: map[string]string{}, commands: shellLines(string(text))}
	file := regexp.MustCompile("(?s)`([a-z./]+)`:\n\n<!-- block: [^\n]+ -->\n\n```terraform\n(.*?)```")
	for _, match := range file.FindAllStringSubmatch(string(text), -1) {
		g.files[match[1]] = match[2]
	}
	if len(g.files) != 4 || len(g.commands) != 4 {
		t.Fatalf("testing.md has %d files and %d commands; does this test still find them?", len(g.files), len(g.commands))
	}
	named := sandboxAddress.FindStringSubmatch(g.files[sandboxTest])
	if named == nil {
		t.Fatalf("%s does not name the sandbox's address", sandboxTest)
	}
	var known bool
	if g.d, known = descriptor.ByName(named[1]); !known {
		t.Fatalf("%s is no vendor", named[1])
	}
	return g
}

const sandboxTest = "tests/sandbox/link.tftest.hcl"

// TestAccTestingGuide follows testing.md as it stands: mocks with nothing to ask, then the sandbox.
func TestAccTestingGuide(t *testing.T) {
	t.Parallel()
	g := readTestingGuide(t)
	bare, set := newFixture(t), newFixture(t)
	endpoint := g.d.EnvPrefix() + "ENDPOINT"
	g.files[sandboxTest] = sandboxAddress.ReplaceAllString(g.files[sandboxTest], set.box.Env()[endpoint])

	bare.w.Env = withoutVariables(bare.w.Env, g.d.EnvPrefix())
	if printed := bare.followTests(g, g.commands[:2]); !strings.Contains(printed, "3 passed, 0 failed") {
		t.Errorf("the mocked tests:\n%s", printed)
	}
	if asked := len(bare.box.Requests()); asked > 0 {
		t.Errorf("mocks asked %d times", asked)
	}

	set.w.Env = withoutVariables(set.w.Env, endpoint)
	if printed := set.followTests(g, g.commands[2:]); !strings.Contains(printed, "3 passed, 0 failed") {
		t.Errorf("the tests in the sandbox:\n%s", printed)
	}
	if made := len(set.box.Requests(sandbox.ByOp(g.d.Name, g.d.Operations.Create))); made != 2 {
		t.Errorf("%d links were made, want 2", made)
	}
	if n := set.of(g.d).PayableCount(); n > 0 {
		t.Errorf("%d links are still payable", n)
	}
}

// TestAccTestingPipeline runs the steps of the guide's workflow as they stand, with this checkout in place of a clone.
func TestAccTestingPipeline(t *testing.T) {
	t.Parallel()
	requirePrograms(t, "go", "jq")
	g, steps := readTestingGuide(t), pasted(t, "templates/guides/testing.md", 3)[2].steps()
	if len(steps) != 3 {
		t.Fatalf("the workflow has %d steps", len(steps))
	}
	f, address, runner := newFixture(t), freeAddress(t), t.TempDir()
	f.w.Env = append(withoutVariables(f.w.Env, g.d.EnvPrefix()), "RUNNER_TEMP="+runner, "GITHUB_ENV="+filepath.Join(runner, "env"))
	g.files[sandboxTest] = f.replaced(g.files[sandboxTest], "127.0.0.1:8787", address)
	for name, text := range g.files {
		f.write(name, text)
	}
	checkout, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	start := f.replaced(steps[1], "git clone --depth 1 https://github.com/paymentlinks/terraform-provider-paymentlinks", "ln -s '"+checkout+"'")
	start = f.replaced(start, "-ready-file=", "-addr="+address+" -ready-file=")
	said := f.paste(steps[0] + "\ntrap 'kill $!' EXIT\n" + start + "set -a\n. \"$GITHUB_ENV\"\n" + steps[2])
	if strings.Count(said, "3 passed, 0 failed") != 2 {
		t.Errorf("the workflow:\n%s", said)
	}
}

func withoutVariables(env []string, prefix string) (out []string) {
	for _, variable := range env {
		if !strings.HasPrefix(variable, prefix) {
			out = append(out, variable)
		}
	}
	return out
}

// TestAccTestingGuideNotices: the guide's tests fail over a module that does what they forbid.
func TestAccTestingGuideNotices(t *testing.T) {
	t.Parallel()
	for name, change := range map[string][2]string{
		"reminds of a paid invoice": {`.state == "paid"`, `.state == "expired"`},
		"asks for anything":         {"<= 5000", "<= 6000"},
		"another text":              {"Please pay ", "Pay "},
		"a wrong argument":          {`default     = "240.00"`, `default     = "240.005"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := readTestingGuide(t)
			changed := strings.ReplaceAll(g.files["main.tf"], change[0], change[1])
			if changed == g.files["main.tf"] {
				t.Fatalf("the module has no %s", change[0])
			}
			g.files["main.tf"] = changed
			f := newFixture(t)
			f.w.Env = withoutVariables(f.w.Env, g.d.EnvPrefix())
			f.followTests(g, g.commands[:1])
			result, err := f.w.Run(t.Context(), strings.Fields(g.commands[1])[1:]...)
			if err != nil || result.ExitCode == 0 {
				t.Errorf("the tests pass: %v\n%s", err, result.Printed)
			}
		})
	}
}

// followTests writes the guide's files, runs commands of its engine, and returns what they printed.
func (f *fixture) followTests(g testingGuide, commands []string) string {
	f.Helper()
	for name, text := range g.files {
		f.write(name, text)
	}
	var printed strings.Builder
	for _, command := range commands {
		words := strings.Fields(command)
		if words[0] != "terraform" {
			f.Fatalf("%s is no command of an engine", command)
		}
		printed.WriteString(f.run(0, words[1:]...))
	}
	return printed.String()
}
