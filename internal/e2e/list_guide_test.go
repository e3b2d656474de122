package provider_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// guide is what a reader of the guide takes out of one of its chapters: files to write, and commands to run.
type guide struct {
	files    map[string]string
	commands []string
}

// readGuide reads the chapters of the guide, by their number.
func readGuide(t *testing.T) []guide {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "templates", "guides", "take-over-existing-links.md"))
	if err != nil {
		t.Fatal(err)
	}
	file := regexp.MustCompile("(?s)`([a-z.]+)`:\n\n```terraform\n(.*?)```")
	shell := regexp.MustCompile("(?s)```shell\n(.*?)```")
	var out []guide
	for _, chapter := range strings.Split(string(text), "\n## ")[1:] {
		g := guide{files: map[string]string{}}
		for _, match := range file.FindAllStringSubmatch(chapter, -1) {
			g.files[match[1]] = match[2]
		}
		for _, match := range shell.FindAllStringSubmatch(chapter, -1) {
			g.commands = append(g.commands, strings.Split(strings.TrimSpace(match[1]), "\n")...)
		}
		out = append(out, g)
	}
	return out
}

// follow writes the files, and runs the commands as they stand.
func (k *taking) follow(g guide) string {
	k.Helper()
	for name, text := range g.files {
		k.write(name, text)
	}
	var printed strings.Builder
	for _, command := range g.commands {
		printed.WriteString(k.shell(command))
	}
	return printed.String()
}

// From an empty folder to an empty plan over 200 links, by five commands as they stand in the guide.
func testGuideWithQuery(t *testing.T, k *taking) {
	k.needsQuery()
	for _, c := range listCases() {
		c.stock(t, k.of(c.vendor), 50)
	}
	g := readGuide(t)[0]
	if len(g.files) != 2 || len(g.commands) != 5 {
		t.Fatalf("%d files, %d commands", len(g.files), len(g.commands))
	}
	k.has(k.follow(g), "200 to import, 0 to add, 0 to change, 0 to destroy", "200 imported", "No changes.")
	k.holds(200)
}

// The same where there is no query, by way of the data source and import blocks: with every engine.
func testGuideWithoutQuery(t *testing.T, k *taking) {
	for _, c := range listCases() {
		c.stock(t, k.of(c.vendor), 50)
	}
	chapters := readGuide(t)
	g := chapters[1]
	g.files["main.tf"] = chapters[0].files["main.tf"]
	if len(g.files) != 2 || len(g.commands) != 6 {
		t.Fatalf("%d files, %d commands", len(g.files), len(g.commands))
	}
	k.has(k.follow(g), "200 to import, 0 to add, 0 to change, 0 to destroy", "200 imported", "No changes.")
	k.holds(200)
	for _, name := range []string{"find.tf", "imports.tf"} { // as the guide allows
		if err := os.Remove(filepath.Join(k.w.Dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	k.run(0, "plan")
}

// holds: so many links are in the state (and what finds them, perhaps), and the vendors were only read from.
func (k *taking) holds(want int) {
	k.Helper()
	resources, err := k.w.State(k.Context())
	resources = slices.DeleteFunc(resources, func(r workspace.Resource) bool { return r.Mode != "managed" })
	if err != nil || len(resources) != want {
		k.Errorf("%d links in the state, want %d: %v", len(resources), want, err)
	}
	k.untouched()
}
