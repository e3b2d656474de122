package messages_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/messages.txt anew")

const head = `# Every message that the provider can give, gathered from its source. A message is edited where it is made; then
#   go test ./internal/messages -update
# writes this file anew, and its diff is what users will read.
#
# {name} is what is put in, ⟨a ∣ b⟩ one of several texts (or none), ⟨a⟩… a text any number of times. First line: what it is, and
# the function that says it; then its summary, and further in its detail. What {the vendor answered} looks like is listed under
# internal/rest/errors.go, and every {reason} is listed where it arises.
`

// all are the messages; what cannot be read off the source is an error of the test.
func all(t *testing.T) []message {
	t.Helper()
	out := gather(t, load(t))
	for _, m := range out {
		for _, n := range []node{m.summary, m.detail} {
			leaves(n, func(n node) {
				if o, ok := n.(opaque); ok {
					t.Errorf("%s: %s puts %q into a message: give it a name in names_test.go, or write a text that can be read off the source", o.at, m.function, o.expr)
				}
			})
		}
	}
	return out
}

func TestMessages(t *testing.T) {
	messages := all(t)
	for expr := range names {
		if !asked[expr] {
			t.Errorf("nothing needs the name of %q any more: take it out of names_test.go", expr)
		}
	}
	t.Run("are in the file", func(t *testing.T) { inTheFile(t, messages) })
	t.Run("say what to do", func(t *testing.T) { sayWhatToDo(t, messages) })
}

func inTheFile(t *testing.T, messages []message) {
	var out strings.Builder
	out.WriteString(head)
	file := ""
	for _, m := range messages {
		if m.file != file {
			file = m.file
			out.WriteString("\n#### " + file + "\n")
		}
		out.WriteString("\n" + string(m.kind) + " in " + m.function + "\n" + indented("  ", laidOut(m.summary)))
		if m.detail != lit("") {
			out.WriteString(indented("    ", laidOut(m.detail)))
		}
	}
	name := filepath.Join("testdata", "messages.txt")
	if *update {
		if err := os.WriteFile(name, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	written, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if was, now := strings.Split(string(written), "\n"), strings.Split(out.String(), "\n"); string(written) != out.String() {
		for i := range max(len(was), len(now)) {
			if i >= len(was) || i >= len(now) || was[i] != now[i] {
				t.Fatalf("%s is not what the source says, from line %d on: run \"go test ./internal/messages -update\" and read the diff\nfile:   %s\nsource: %s",
					name, i+1, at(was, i), at(now, i))
			}
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(its end)"
}

func indented(by, text string) string {
	var out strings.Builder
	gap := false
	for line := range strings.Lines(strings.Trim(text, " \n")) {
		line = strings.TrimRight(line, " \n")
		if line != "" && gap {
			out.WriteString("\n")
		}
		if gap = line == ""; !gap {
			out.WriteString(by + line + "\n")
		}
	}
	return out.String()
}

// laidOut puts the texts of a long choice below one another.
func laidOut(n node) string {
	switch n := n.(type) {
	case seq:
		var out strings.Builder
		for _, each := range n {
			out.WriteString(laidOut(each))
		}
		return out.String()
	case choice:
		if len(n.String()) < 100 {
			return n.String()
		}
		var out strings.Builder
		for i, each := range n {
			mark := "\n∣ "
			if i == 0 {
				mark = "\n⟨ "
			}
			out.WriteString(mark + strings.ReplaceAll(strings.TrimSpace(laidOut(each)), "\n", "\n  "))
		}
		return out.String() + " ⟩\n"
	}
	return n.String()
}
