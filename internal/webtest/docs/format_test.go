package docs

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// Every block of configuration, also one that cannot be applied, is HCL and stands as "terraform fmt" would write it. (TestAccApplied asks
// the engine's own fmt too.)
func TestBlocksAreFormatted(t *testing.T) {
	t.Parallel()
	found := 0
	for _, b := range allBlocks(t, append(written(t), generated(t)...)) {
		if configuration(b.lang) {
			found++
			for _, wrong := range misformed(b.at(b.line), b.text) {
				t.Error(wrong)
			}
		}
	}
	if found == 0 {
		t.Error("no page has a block of configuration")
	}
}

// misformed is what is wrong with the form of a configuration; nil for one that is well-formed.
func misformed(name, source string) []string {
	if _, diags := hclsyntax.ParseConfig([]byte(source), name, hcl.InitialPos); diags.HasErrors() {
		return []string{diags.Error()}
	}
	formatted := hclwrite.Format([]byte(source))
	if bytes.Equal(formatted, []byte(source)) {
		return nil
	}
	var out []string
	want := strings.Split(string(formatted), "\n")
	for i, line := range strings.Split(source, "\n") {
		if line != want[i] { // Format changes no line breaks
			out = append(out, name+": line "+line+"\n\twould be "+want[i])
		}
	}
	return out
}

func TestMisformedIsNoticed(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]bool{
		"a = 1\n":                      false,
		"a   = 1\nbcd = 2\n":           false,
		"a = 1\nbcd = 2\n":             true,
		"x {\na = 1\n}\n":              true,
		"x {\n  a = 1\n":               true,
		"x {\n  ...\n}\n":              true,
		"resource \"a\" \"b\" {\n}\n":  false,
		"resource \"a\"  \"b\" {\n}\n": true,
	} {
		if got := misformed("p", source); (len(got) > 0) != want {
			t.Errorf("%q: %q", source, got)
		}
	}
}

// What the registry shows was applied: each block of docs/ stands in a template, whose blocks are, or in examples/, whose files are.
func TestGeneratedBlocksComeFromWhatIsApplied(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, b := range allBlocks(t, written(t)) {
		if b.template() {
			known[b.text] = true
		}
	}
	for _, file := range exampleFiles(t) {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		known[strings.TrimSpace(string(source))+"\n"] = true
	}
	for _, b := range allBlocks(t, generated(t)) {
		// tfplugindocs gives the calls of functions a block of its own making.
		if !known[b.text] && !known[strings.TrimSpace(b.text)+"\n"] && b.lang != "text" {
			t.Errorf("%s: this block is neither in templates/ nor a file of examples/", b.at(b.line))
		}
	}
}

// exampleFiles are the paths of all files of examples/.
func exampleFiles(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(filepath.Join(root, "examples"), func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			out = append(out, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
