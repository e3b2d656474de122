package e2e_test

import (
	"bufio"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

const clone = "git clone https://github.com/paymentlinks/terraform-provider-paymentlinks\n"

// TestAccFirstLinkGuide follows first-link.md from its first command to its last, in two shells, with this checkout in place of a clone,
// and then the README's way to install the provider and the example that the guide leads to.
func TestAccFirstLinkGuide(t *testing.T) {
	t.Parallel()
	requirePrograms(t, "git", "make", "tar", "curl")
	b := pasted(t, "templates/guides/first-link.md", 6)
	readme := pasted(t, "README.md", 1)[0].text
	f := newFixture(t)
	commands := strings.TrimPrefix(b[0].text, clone)
	if commands == b[0].text {
		t.Fatalf("the guide does not begin with %s", clone)
	}
	checkout, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	f.paste("mkdir terraform-provider-paymentlinks\ngit -C '" + checkout + "' ls-files -co --exclude-standard -z | tar -C '" + checkout +
		"' --null -T - -cf - | tar -C terraform-provider-paymentlinks -xf -")
	second := &shell{fixture: f}
	second.run(f.sandboxShell(commands) + b[1].text)

	config := firstMatch(t, guide(t, "first-link.md"), "(?s)<!-- block: name=first -->\n\n```terraform\n(.*?)```")
	f.write("first-link/main.tf", config)
	f.requireText(second.run(b[2].text), "1 added", "No changes.")
	second.run(b[3].text)
	f.requireText(second.run(b[4].text), f.vendorOf(config, ofResource).Title+" payment link is paid", "No changes.")
	f.write("first-link/main.tf", f.replaced(config, `"45.00"`, `"46.00"`))
	f.requireText(joined.ReplaceAllString(second.runFailing(1, b[4].text), " "), "Error:", "request the money again")
	f.write("first-link/main.tf", config)
	f.requireText(joined.ReplaceAllString(second.run(b[5].text), " "), "1 destroyed", "was paid")

	second.run("cd ../terraform-provider-paymentlinks\n" + readme + "cd examples/quickstart\nterraform init\ncd ../..\nmake install") // again
	said := second.run("cd examples/quickstart\nterraform init -upgrade\nterraform apply\nterraform plan\nterraform destroy")
	n := strings.Count(readExample(t, "quickstart/main.tf"), "\nresource ")
	f.requireText(said, fmt.Sprintf("%d added", n), "No changes.", fmt.Sprintf("%d destroyed", n))
}

// sandboxShell runs the commands of the first shell, the last of which serves until the test ends, and returns what it prints for the
// second one.
func (f *fixture) sandboxShell(commands string) string {
	f.Helper()
	first := f.person(commands)
	// -trimpath: the build cache knows the packages of the other folder.
	first.Env = append(first.Env, "SANDBOXARGS=-addr=127.0.0.1:0", "GOFLAGS=-trimpath")
	workspace.SetProcessGroup(first)
	first.Cancel = func() error { return workspace.InterruptGroup(first) }
	printed, err := first.StdoutPipe()
	if err != nil {
		f.Fatal(err)
	}
	first.Stderr = f.Output()
	if err := first.Start(); err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = first.Wait() }) // make says that it was interrupted
	exports := ""
	for lines := bufio.NewScanner(printed); lines.Scan() && !strings.HasPrefix(lines.Text(), "Ctrl-C"); {
		if strings.HasPrefix(lines.Text(), "export ") {
			exports += lines.Text() + "\n"
		}
	}
	if exports == "" {
		f.Fatal("the sandbox prints nothing to set")
	}
	return exports
}

// shell is one that stays open: it keeps its folder and its variables.
type shell struct {
	*fixture
	before string // what restores both
}

func (s *shell) run(lines string) string { return s.runFailing(0, lines) }

func (s *shell) runFailing(want int, lines string) string {
	s.Helper()
	after := filepath.Join(s.w.Dir, "shell")
	said := s.pasteFailing(want, s.before+lines+"\n{ export -p; echo \"cd '$PWD'\"; } > '"+after+"'")
	s.before = ". '" + after + "'\n"
	return said
}
