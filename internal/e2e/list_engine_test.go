package provider_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// taking is one test's empty folder, with a real engine and a sandbox that has links.
type taking struct {
	*acting
	found engine.Engine
}

// knows: the engine is a Terraform of this version or later or, with an OpenTofu version, an OpenTofu of that one.
func (k *taking) knows(terraform, tofu string) bool {
	want := terraform
	if k.found.Name != "terraform" {
		want = tofu
	}
	return want != "" && !version.Must(version.NewVersion(k.found.Version)).LessThan(version.Must(version.NewVersion(want)))
}

// TestAccTakeOverByEngine lets a real engine find links, write their configuration, and import them.
func TestAccTakeOverByEngine(t *testing.T) {
	t.Parallel()
	found := realEngine(t)
	mirror := mirrorFor(t, found)
	t.Run("tests", func(t *testing.T) {
		for name, test := range map[string]func(*testing.T, *taking){
			"query, as they are":   func(t *testing.T, k *taking) { testQueryAndTakeOver(t, k, 0) },
			"query, hidden":        func(t *testing.T, k *taking) { testQueryAndTakeOver(t, k, 1) },
			"query, filled in":     func(t *testing.T, k *taking) { testQueryAndTakeOver(t, k, 2) },
			"import blocks":        testImportBlocks,
			"examples":             testListExamples,
			"guide":                testGuideWithQuery,
			"guide, without query": testGuideWithoutQuery,
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				e := acctest.NewSandbox(t, "conomy")
				w, err := workspace.New(t.TempDir(), found, mirror, e.Env())
				if err != nil {
					t.Fatal(err)
				}
				test(t, &taking{&acting{T: t, box: e, w: w}, found})
			})
		}
	})
}

func (k *taking) needsQuery() {
	k.Helper()
	if !k.knows("1.14.0", "") {
		k.Skip("query needs Terraform 1.14 or later; no OpenTofu has it")
	}
}

// imported expects of a saved plan that it imports so many links, and does nothing else.
func (k *taking) imported(plan string, want int) {
	k.Helper()
	var shown struct {
		Changes []struct {
			Address string `json:"address"`
			Change  struct {
				Actions   []string  `json:"actions"`
				Importing *struct{} `json:"importing"`
			} `json:"change"`
		} `json:"resource_changes"`
	}
	if err := k.w.Show(k.Context(), &shown, plan); err != nil {
		k.Fatal(err)
	}
	for _, c := range shown.Changes {
		if c.Change.Importing == nil || !slices.Equal(c.Change.Actions, []string{"no-op"}) {
			k.Errorf("%s: %v, imported: %v", c.Address, c.Change.Actions, c.Change.Importing != nil)
		}
	}
	if len(shown.Changes) != want {
		k.Errorf("%d links in the plan, want %d", len(shown.Changes), want)
	}
}

// untouched: the vendors were only read from.
func (k *taking) untouched() {
	k.Helper()
	for _, r := range k.box.Requests() {
		if r.Method != "GET" && r.Op != "token" {
			k.Errorf("%s %s of %s", r.Method, r.Path, r.Vendor)
		}
	}
}

// make creates a link of every kind that the vendors know, behind the engine's back, and says how many.
func (k *taking) make(position int) int {
	k.Helper()
	n := 0
	for _, c := range listCases() {
		c.turn(k.T, k.of(c.vendor), c.switches[min(position, len(c.switches)-1)])
		s := k.of(c.vendor).ServerWithFakeClock()
		for _, shape := range c.shapes {
			up(k.T, s, protocoltest.State{}, c.vendorCase, shape)
			n++
		}
	}
	k.box.ResetRequests()
	return n
}

// From an empty folder: what query writes is valid, and the plan imports and changes nothing.
func testQueryAndTakeOver(t *testing.T, k *taking, position int) {
	k.needsQuery()
	links := k.make(position)
	k.write("main.tf", engineHeader)
	var query strings.Builder
	for _, c := range listCases() {
		fmt.Fprintf(&query, "list %q \"it\" {\n  provider = paymentlinks\n}\n", c.name())
	}
	k.write("links.tfquery.hcl", query.String())
	k.run(0, "init")
	printed := k.run(0, "query", "-generate-config-out=links.tf")
	for _, c := range listCases() {
		for name := range c.shapes {
			if position == 0 {
				k.has(printed, strings.Join(strings.Fields(name), " "))
			}
		}
	}
	text, err := os.ReadFile(filepath.Join(k.w.Dir, "links.tf"))
	if err != nil || strings.Contains(string(text), "Planted") {
		t.Errorf("a payer's data is in the configuration: %v\n%s", err, text)
	}
	k.run(0, "validate")
	k.run(0, "plan", "-out=saved")
	k.imported("saved", links)
	k.run(0, "apply", "saved")
	k.run(0, "plan", "-detailed-exitcode")
	k.untouched()
}

// The engine's other way: import blocks, and configuration that the plan writes.
func testImportBlocks(_ *testing.T, k *taking) {
	links := k.make(1)
	k.write("main.tf", engineHeader)
	var blocks strings.Builder
	for i, link := range k.box.Overview() {
		name := "paymentlinks_" + link.Vendor + "_link"
		id := fmt.Sprintf("id = %q", link.ID)
		if i%2 == 0 && k.knows("1.12.0", "1.12.0") {
			id = fmt.Sprintf("identity = { id = %q }", link.ID)
		}
		fmt.Fprintf(&blocks, "import {\n  to = %s.it_%d\n  %s\n}\n", name, i, id)
	}
	k.write("imports.tf", blocks.String())
	k.run(0, "init")
	k.run(0, "plan", "-generate-config-out=links.tf", "-out=saved")
	k.imported("saved", links)
	k.run(0, "apply", "saved")
	k.run(0, "plan", "-detailed-exitcode")
	k.untouched()
}

// Every example of a list is run as it stands, by the commands that it shows.
func testListExamples(t *testing.T, k *taking) {
	k.needsQuery()
	for _, c := range listCases() {
		c.stock(t, k.of(c.vendor), 120)
	}
	k.example("provider/provider.tf")
	files, err := filepath.Glob(filepath.Join(root, "examples", "list-resources", "*", "*"))
	if err != nil || len(files) != len(listCases()) {
		t.Fatalf("%d examples of lists, want %d: %v", len(files), len(listCases()), err)
	}
	k.run(0, "init")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		k.write("example.tfquery.hcl", string(text))
		commands := regexp.MustCompile(`(?m)^#\s+(terraform query.*)$`).FindAllStringSubmatch(string(text), -1)
		if len(commands) != 2 {
			t.Fatalf("%s shows %d commands", file, len(commands))
		}
		for _, command := range commands {
			k.shell(command[1])
		}
		k.run(0, "plan", "-out=saved")
		k.imported("saved", 120)
		if err := os.Remove(filepath.Join(k.w.Dir, "links.tf")); err != nil {
			t.Fatal(err)
		}
	}
	k.untouched()
}

// of is the sandbox as one vendor's.
func (k *taking) of(vendor string) *acctest.VendorSandbox {
	k.Helper()
	return acctest.WrapSandbox(k.T, k.box.Sandbox, vendor)
}

// shell runs a line as it stands in a document, with the engine under the name that the line calls it by.
func (k *taking) shell(line string) string {
	k.Helper()
	bin := k.TempDir()
	for _, name := range []string{"terraform", "tofu"} {
		if err := os.Symlink(k.w.Program, filepath.Join(bin, name)); err != nil {
			k.Fatal(err)
		}
	}
	cmd := exec.CommandContext(k.Context(), "sh", "-c", line)
	cmd.Dir, cmd.Env = k.w.Dir, append(slices.Clone(k.w.Env), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "TF_CLI_ARGS=-no-color")
	printed, err := cmd.CombinedOutput()
	if err != nil {
		k.Fatalf("%s: %v\n%s", line, err, printed)
	}
	return string(printed)
}
