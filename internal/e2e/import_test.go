package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// TestAccImport lets a real engine find links, write their configuration, and import them.
func TestAccImport(t *testing.T) {
	tests := map[string]func(*fixture){"guide, without query": testGuideWithoutQuery}
	for name, position := range map[string]int{"import blocks, as they are": 0, "import blocks, hidden": 1} {
		tests[name+", by id"] = func(f *fixture) { testImportBlocks(f, position, "id = %q") }
		if hasVersion(t, "1.12.0", "1.12.0") {
			tests[name+", by identity"] = func(f *fixture) { testImportBlocks(f, position, "identity = { id = %q }") }
		}
	}
	if hasVersion(t, "1.14.0", "") {
		for name, position := range map[string]int{"query, as they are": 0, "query, hidden": 1, "query, filled in": 2} {
			tests[name] = func(f *fixture) { testQueryAndImport(f, position) }
		}
		tests["examples"], tests["guide"], tests["guide, with names"] = testListExamples, testGuideWithQuery, testGuideWithNames
	}
	runAll(t, tests)
}

// requireImportsOnly expects of a saved plan that it imports so many links, and does nothing else.
func (f *fixture) requireImportsOnly(plan string, want int) {
	f.Helper()
	var shown struct {
		Changes []struct {
			Address string `json:"address"`
			Change  struct {
				Actions   []string  `json:"actions"`
				Importing *struct{} `json:"importing"`
			} `json:"change"`
		} `json:"resource_changes"`
	}
	if err := f.w.Show(f.Context(), &shown, plan); err != nil {
		f.Fatal(err)
	}
	for _, c := range shown.Changes {
		if c.Change.Importing == nil || !slices.Equal(c.Change.Actions, []string{"no-op"}) {
			f.Errorf("%s: %v, imported: %v", c.Address, c.Change.Actions, c.Change.Importing != nil)
		}
	}
	if len(shown.Changes) != want {
		f.Errorf("%d links in the plan, want %d", len(shown.Changes), want)
	}
}

// requireReadsOnly expects that the vendors were only read from.
func (f *fixture) requireReadsOnly() {
	f.Helper()
	for _, r := range f.box.Requests() {
		if d, _ := descriptor.ByName(r.Vendor); r.Method != "GET" && r.Op != d.Operations.Token {
			f.Errorf("%s %s of %s", r.Method, r.Path, r.Vendor)
		}
	}
}

// listing are the vendors that have a list.
func listing() []descriptor.Descriptor {
	return slices.DeleteFunc(descriptor.All(), func(d descriptor.Descriptor) bool { return d.List == nil })
}

// createShapes creates a link of every kind that the vendors know, behind the engine's back, under one of the ways in which
// vendors may write their answers, and says how many.
func (f *fixture) createShapes(vendors []descriptor.Descriptor, position int) int {
	f.Helper()
	n := 0
	for _, d := range vendors {
		if err := f.box.SetSwitches(d.Name, []byte(d.AnswerSwitches[min(position, len(d.AnswerSwitches)-1)])); err != nil {
			f.Fatal(err)
		}
		s := f.of(d).ServerWithFakeClock()
		for _, shape := range d.Shapes {
			if _, _, diags := s.ApplyConfig(protocoltest.State{}, d.ResourceType(), shape); diags.HasError() {
				f.Fatal(diags)
			}
			n++
		}
	}
	f.box.ResetRequests()
	return n
}

// From an empty folder: what query writes is valid, and the plan imports and changes nothing.
func testQueryAndImport(f *fixture, position int) {
	n := f.createShapes(listing(), position)
	f.declare()
	var query strings.Builder
	for _, d := range listing() {
		fmt.Fprintf(&query, "list %q \"it\" {\n  provider = paymentlinks\n}\n", d.ResourceType())
	}
	f.write("links.tfquery.hcl", query.String())
	f.ready()
	printed := f.run(0, "query", "-generate-config-out=links.tf")
	for _, d := range listing() {
		for name := range d.Shapes {
			if position == 0 {
				f.requireText(printed, strings.Join(strings.Fields(name), " "))
			}
		}
	}
	text, err := os.ReadFile(filepath.Join(f.w.Dir, "links.tf"))
	if err != nil || strings.Contains(string(text), "Planted") {
		f.Errorf("a payer's data is in the configuration: %v\n%s", err, text)
	}
	f.run(0, "validate")
	f.importPlanned(n, "plan", "-out=saved")
}

// importPlanned runs a plan that imports, and applies it; nothing is left to do.
func (f *fixture) importPlanned(n int, plan ...string) {
	f.Helper()
	f.run(0, plan...)
	f.requireImportsOnly("saved", n)
	f.run(0, "apply", "saved")
	f.run(0, "plan", "-detailed-exitcode")
	f.requireReadsOnly()
}

// The engine's other way: import blocks, and configuration that the plan writes.
func testImportBlocks(f *fixture, position int, by string) {
	n := f.createShapes(descriptor.All(), position)
	f.declare()
	var blocks strings.Builder
	for i, link := range f.box.Overview() {
		d, _ := descriptor.ByName(link.Vendor)
		fmt.Fprintf(&blocks, "import {\n  to = %s.it_%d\n  "+by+"\n}\n", d.ResourceType(), i, link.ID)
	}
	f.write("imports.tf", blocks.String())
	f.ready()
	f.importPlanned(n, "plan", "-generate-config-out=links.tf", "-out=saved")
}

// Every example of a list is run as it stands, by the commands that it shows.
func testListExamples(f *fixture) {
	const n = 120
	f.seed(n)
	f.copyExamples("provider/provider.tf")
	files, err := filepath.Glob(filepath.Join(root, "examples", "list-resources", "*", "*"))
	if err != nil || len(files) != len(listing()) {
		f.Fatalf("%d examples of lists, want %d: %v", len(files), len(listing()), err)
	}
	f.run(0, "init") // for what is pasted
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.write("example.tfquery.hcl", string(text))
		commands := regexp.MustCompile(`(?m)^#\s+(terraform query.*)$`).FindAllStringSubmatch(string(text), -1)
		if len(commands) != 2 {
			f.Fatalf("%s shows %d commands", file, len(commands))
		}
		for _, command := range commands {
			f.paste(command[1])
		}
		f.run(0, "plan", "-out=saved")
		f.requireImportsOnly("saved", n)
		if err := os.Remove(filepath.Join(f.w.Dir, "links.tf")); err != nil {
			f.Fatal(err)
		}
	}
	f.requireReadsOnly()
}
