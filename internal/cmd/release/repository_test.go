package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	root = filepath.Join("..", "..", "..")
	uses = regexp.MustCompile(`(?m)^\s*(?:- )?uses: (.*)$`)
	// pinned is an action by its commit, with the version for people.
	pinned = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	tool   = regexp.MustCompile(`(?m)^tool (\S+)$`)
)

func text(t *testing.T, path ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(append([]string{root}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// A tag can be moved to other code, a commit cannot; and nothing runs with more rights than reading unless a job asks for them.
func TestWorkflowsArePinnedAndModest(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(root, ".github", "workflows", "*.yml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no workflows: %v", err)
	}
	for _, file := range files {
		workflow := text(t, ".github", "workflows", filepath.Base(file))
		for _, match := range uses.FindAllStringSubmatch(workflow, -1) {
			if !pinned.MatchString(match[1]) && !strings.HasPrefix(match[1], "./") {
				t.Errorf("%s: %q is not an action by commit and version", file, match[1])
			}
		}
		if !strings.Contains(workflow, "\npermissions:\n  contents: read\n\n") {
			t.Errorf("%s does not begin with reading only", file)
		}
		if got, want := strings.Count(workflow, "persist-credentials: false"), strings.Count(workflow, "actions/checkout@"); got != want {
			t.Errorf("%s: %d of %d checkouts leave no credentials behind", file, got, want)
		}
	}
}

// Each of the developers' tools is asked for updates by name, since its module calls it indirect; all but OpenTofu.
func TestToolsAreKeptUpToDate(t *testing.T) {
	t.Parallel()
	dependabot := text(t, ".github", "dependabot.yml")
	modules, err := filepath.Glob(filepath.Join(root, "internal", "tools", "*", "go.mod"))
	if err != nil || len(modules) == 0 {
		t.Fatalf("no tools: %v", err)
	}
	for _, path := range modules {
		name := filepath.Base(filepath.Dir(path))
		if name == "tofu" {
			continue
		}
		module := text(t, "internal", "tools", name, "go.mod")
		found := tool.FindStringSubmatch(module)
		if found == nil {
			t.Errorf("%s names no tool", path)
			continue
		}
		// A tool is a package of its module.
		named := false
		for line := range strings.Lines(dependabot) {
			_, rest, ok := strings.Cut(line, "dependency-name: ")
			module, _, _ := strings.Cut(rest, ",")
			named = named || ok && (found[1] == module || strings.HasPrefix(found[1], module+"/")) && strings.Contains(line, "dependency-type: all")
		}
		if !named {
			t.Errorf("%s: dependabot.yml does not ask for %s", name, found[1])
		}
	}
}

// The versions that the README and the docs promise are those that are tested.
func TestEveryPromisedEngineIsTested(t *testing.T) {
	t.Parallel()
	workflow := text(t, ".github", "workflows", "test.yml")
	for _, want := range []string{
		"{engine: terraform, version: 1.11.x,", "{engine: terraform, version: 1.12.x,", "{engine: terraform, version: 1.13.x,",
		"{engine: terraform, version: 1.14.x,", "{engine: terraform, version: 1.15.x,", "{engine: terraform, version: 1.16.x,",
		"{engine: tofu, version: 1.11.x,", "{engine: tofu, version: 1.12.x,",
	} {
		if !strings.Contains(workflow, want) {
			t.Errorf("test.yml does not run %s", want)
		}
	}
}
