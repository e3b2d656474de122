package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// chapter is what a reader of a guide takes out of one of its chapters: files to write, and commands to run.
type chapter struct {
	files    map[string]string
	commands []string
}

// readImportGuide reads the chapters of the guide, by their number.
func readImportGuide(t *testing.T) []chapter {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "templates", "guides", "take-over-existing-links.md"))
	if err != nil {
		t.Fatal(err)
	}
	file := regexp.MustCompile("(?s)`([a-z.]+)`:\n\n```terraform\n(.*?)```")
	var out []chapter
	for _, part := range strings.Split(string(text), "\n## ")[1:] {
		c := chapter{files: map[string]string{}, commands: shellLines(part)}
		for _, match := range file.FindAllStringSubmatch(part, -1) {
			c.files[match[1]] = match[2]
		}
		out = append(out, c)
	}
	return out
}

// shellLines are the lines of a page's blocks of commands.
func shellLines(text string) (lines []string) {
	for _, match := range regexp.MustCompile("(?s)```shell\n(.*?)```").FindAllStringSubmatch(text, -1) {
		lines = append(lines, strings.Split(strings.TrimSpace(match[1]), "\n")...)
	}
	return lines
}

// follow writes the files, runs the commands as they stand, and expects that they import all links of all vendors.
func (f *fixture) follow(c chapter, files, commands int) {
	f.Helper()
	const each = 3
	n := each * len(listing())
	f.seed(each)
	if len(c.files) != files || len(c.commands) != commands {
		f.Fatalf("%d files, %d commands", len(c.files), len(c.commands))
	}
	for name, text := range c.files {
		f.write(name, text)
	}
	f.requireText(f.paste(strings.Join(c.commands, "\n")), fmt.Sprintf("%d to import, 0 to add, 0 to change, 0 to destroy", n), fmt.Sprintf("%d imported", n), "No changes.")
	resources, err := f.w.State(f.Context())
	resources = slices.DeleteFunc(resources, func(r workspace.Resource) bool { return r.Mode != "managed" })
	if err != nil || len(resources) != n {
		f.Errorf("%d links in the state, want %d: %v", len(resources), n, err)
	}
	f.requireReadsOnly()
}

// From an empty folder to an empty plan over all links, by five commands as they stand in the guide.
func testGuideWithQuery(f *fixture) { f.follow(readImportGuide(f.T)[0], 2, 5) }

// The same with the names that the guide's script gives, run in place of the second command.
func testGuideWithNames(f *fixture) {
	c, page := readImportGuide(f.T)[0], guide(f.T, "take-over-existing-links.md")
	f.write("rename.sh", firstMatch(f.T, page, "(?s)`rename.sh`:\n\n```sh\n(.*?)```"))
	c.commands[1] = firstMatch(f.T, page, "the second command: `(.*?)`")
	f.follow(c, 2, 5)
	text, err := os.ReadFile(filepath.Join(f.w.Dir, "links.tf"))
	if err != nil {
		f.Fatal(err)
	}
	for _, d := range listing() {
		if strings.Contains(string(text), d.ResourceType()+"\" \""+d.Name+"_0\"") {
			f.Errorf("a link of %s is called by its number still", d.Title)
		}
	}
}

// The same where there is no query, by way of the data source and import blocks: with every engine.
func testGuideWithoutQuery(f *fixture) {
	chapters := readImportGuide(f.T)
	c := chapters[1]
	c.files["main.tf"] = chapters[0].files["main.tf"]
	f.follow(c, 2, 6)
	for _, name := range []string{"find.tf", "imports.tf"} { // as the guide allows
		if err := os.Remove(filepath.Join(f.w.Dir, name)); err != nil {
			f.Fatal(err)
		}
	}
	f.run(0, "plan")
}
