package e2e_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// block is a fenced block of a page whose comment leaves it to a test.
type block struct{ lang, text string }

var leftToTest = regexp.MustCompile("(?s)<!-- block: test=internal/e2e/(\\S+) -->\n.*?\n```(\\w+)\n(.*?)```\n")

// pasted are the blocks of a page that are left to the calling file, without configuration. A test says how many it runs: none is forgotten.
func pasted(t *testing.T, page string, n int) (out []block) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(page)))
	if err != nil {
		t.Fatal(err)
	}
	_, caller, _, _ := runtime.Caller(1)
	for _, match := range leftToTest.FindAllStringSubmatch(string(text), -1) {
		if match[1] == filepath.Base(caller) && match[2] != "terraform" {
			out = append(out, block{match[2], match[3]})
		}
	}
	if len(out) != n {
		t.Fatalf("%s leaves %d blocks to %s, which runs %d", page, len(out), filepath.Base(caller), n)
	}
	return out
}

// put writes the block of configuration that a guide has as a folder's main file, and returns its vendor.
func (f *fixture) put(page, name string) descriptor.Descriptor {
	f.Helper()
	config := firstMatch(f.T, guide(f.T, page), "(?s)<!-- block: name="+name+"[^\n]*-->\n\n```terraform\n(.*?)```")
	f.write("main.tf", header("")+config)
	return f.vendorOf(config, ofResource)
}

// ofResource finds the vendor of a resource.
const ofResource = `resource "paymentlinks_(\w+)_link"`

// filledIn has the sandbox's values where a page leaves a variable's to its reader.
func (f *fixture) filledIn(lines string) string {
	f.Helper()
	return leftToReader.ReplaceAllStringFunc(lines, func(pair string) string {
		name := strings.TrimSuffix(pair, "=...")
		value := f.box.Env()[name]
		if value == "" {
			f.Fatalf("the sandbox has no variable %s", name)
		}
		return name + "='" + value + "'"
	})
}

var leftToReader = regexp.MustCompile(`[A-Z_]+=\.\.\.`)

// requirePrograms skips a test on a machine without programs that a page uses.
func requirePrograms(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("the page uses %s, which is not on this machine", name)
		}
	}
}

// paste runs lines of a page as somebody does who pastes them into a shell and answers yes to every question. All must succeed.
func (f *fixture) paste(lines string) string {
	f.Helper()
	return f.pasteFailing(0, lines)
}

// pasteFailing expects an exit code.
func (f *fixture) pasteFailing(want int, lines string) string {
	f.Helper()
	printed, err := f.person(lines).CombinedOutput()
	code := 0
	if ended := new(exec.ExitError); errors.As(err, &ended) {
		code, err = ended.ExitCode(), nil
	}
	if err != nil || code != want {
		f.Fatalf("%s\nended with %d, want %d: %v\n%s", lines, code, want, err, printed)
	}
	return string(printed)
}

// person is a shell with lines to run. Programs of the folder's bin come first.
func (f *fixture) person(lines string) *exec.Cmd {
	f.Helper()
	if _, err := os.Stat(filepath.Join(f.w.Dir, "bin", "terraform")); err != nil {
		for _, name := range []string{"terraform", "tofu"} {
			f.program(name, "echo yes | \""+f.w.Program+"\" \"$@\"")
		}
	}
	cmd := exec.CommandContext(f.Context(), "sh", "-c", "set -e\n"+lines)
	cmd.Dir = f.w.Dir
	cmd.Env = slices.DeleteFunc(slices.Clone(f.w.Env), func(pair string) bool { // which only tests set
		return strings.HasPrefix(pair, "TF_INPUT=") || strings.HasPrefix(pair, "PAYMENTLINKS_LOOK_BEFORE_CREATE=")
	})
	cmd.Env = append(cmd.Env, "PATH="+filepath.Join(f.w.Dir, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"), "TF_CLI_ARGS=-no-color")
	return cmd
}

// program puts a script into the folder's bin, in place of a program that is not here.
func (f *fixture) program(name, script string) {
	f.Helper()
	f.script("bin/"+name, script)
}

// script writes a file that can be run.
func (f *fixture) script(name, text string) {
	f.Helper()
	f.write(name, "#!/bin/sh\n"+text+"\n")
	if err := os.Chmod(filepath.Join(f.w.Dir, filepath.FromSlash(name)), 0o700); err != nil {
		f.Fatal(err)
	}
}

// replaced is a text with one place changed, which must be there.
func (f *fixture) replaced(text, from, to string) string {
	f.Helper()
	if !strings.Contains(text, from) {
		f.Fatalf("%q is not in:\n%s", from, text)
	}
	return strings.ReplaceAll(text, from, to)
}

// lines are those of a block.
func (b block) lines() []string { return strings.Split(strings.TrimSpace(b.text), "\n") }

// steps are the commands of a workflow, in their order: those of "run:" on GitHub, of "script:" and what is around it on GitLab.
func (b block) steps() (out []string) {
	lines := b.lines()
	indent := func(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
	for i := 0; i < len(lines); i++ {
		line := strings.TrimPrefix(strings.TrimSpace(lines[i]), "- ")
		whole := line == "run: |"
		if command, ok := strings.CutPrefix(line, "run: "); ok && !whole {
			out = append(out, command)
		}
		if !whole && line != "before_script:" && line != "script:" && line != "after_script:" {
			continue
		}
		step := ""
		for at := indent(lines[i]); i+1 < len(lines) && (lines[i+1] == "" || indent(lines[i+1]) > at); i++ {
			if text := strings.TrimSpace(lines[i+1]); whole {
				step += text + "\n"
			} else {
				out = append(out, strings.TrimPrefix(text, "- "))
			}
		}
		if whole {
			out = append(out, step)
		}
	}
	return out
}

// fileIn reads a file that commands wrote.
func (f *fixture) fileIn(name string) string {
	f.Helper()
	text, err := os.ReadFile(filepath.Join(f.w.Dir, filepath.FromSlash(name)))
	if err != nil {
		f.Fatal(err)
	}
	return string(text)
}

// requireOpen expects how many links of a vendor can be paid.
func (f *fixture) requireOpen(d descriptor.Descriptor, want int) {
	f.Helper()
	if n := f.of(d).PayableCount(); n != want {
		f.Errorf("%d links of %s can be paid, want %d: %+v", n, d.Title, want, f.held(d))
	}
}

// vendorOf is the vendor whose name a text has where the pattern says.
func (f *fixture) vendorOf(text, pattern string) descriptor.Descriptor {
	f.Helper()
	d, known := descriptor.ByName(strings.ToLower(firstMatch(f.T, text, pattern)))
	if !known {
		f.Fatalf("%s names no vendor", text)
	}
	return d
}

// payableLink is the configuration of a link of a vendor that can be paid.
func payableLink(d descriptor.Descriptor) string {
	return "resource \"" + d.ResourceType() + "\" \"it\" {\n" + tfconfig.HCL(d.With(d.Payable)) + "}\n"
}
