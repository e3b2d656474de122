package conformance

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

const repositoryRoot = "../.."

// contract is what a vendor's contract.md defines.
type contract struct {
	facts  []string          // numbers, in the order of the file
	fields map[string]string // by fact: the cells of its row after the number, or the line of its sources
	tags   []string          // names of sources, from the table before the first section
	text   string
}

var (
	vendorFiles = filepath.Join(repositoryRoot, "internal", "*", "contract.md")
	sectionLine = regexp.MustCompile(`^## (\d+)\. \S`)
	factHeading = regexp.MustCompile(`^### (\S+) \S`)
	factRow     = regexp.MustCompile(`^\| (\d+\.\d+) \| (.*) \|$`)
	tagRow      = regexp.MustCompile(`^\| ([A-Za-z0-9, ]+) \| .* \|$`)
)

// readContracts reads every vendor's facts, by the vendor's name.
func readContracts(t *testing.T) map[string]contract {
	t.Helper()
	files, err := filepath.Glob(vendorFiles)
	if err != nil || len(files) == 0 {
		t.Fatalf("no contract at %s (%v)", vendorFiles, err)
	}
	out := map[string]contract{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(filepath.Dir(file))] = parseContract(string(text))
	}
	return out
}

func parseContract(text string) contract {
	c := contract{fields: map[string]string{}, text: text}
	section := ""
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if found := sectionLine.FindStringSubmatch(line); found != nil {
			section = found[1]
		}
		if found := factHeading.FindStringSubmatch(line); found != nil {
			c.facts = append(c.facts, found[1])
			c.fields[found[1]] = strings.TrimPrefix(lines[min(i+2, len(lines)-1)], "Source: ")
		}
		if found := factRow.FindStringSubmatch(line); found != nil {
			c.facts = append(c.facts, found[1])
			c.fields[found[1]] = found[2]
		}
		if found := tagRow.FindStringSubmatch(line); found != nil && section == "" && found[1] != "Tag" {
			c.tags = append(c.tags, strings.Split(found[1], ", ")...)
		}
	}
	return c
}

var quotedWord = regexp.MustCompile("`([^`]+)`")

// quoted returns the words in backquotes of a fact: in its row, or below its heading up to the next fact. The head of a table is left out.
func (c contract) quoted(fact string) (words []string) {
	text := c.fields[fact]
	if _, below, ok := strings.Cut(c.text, "\n### "+fact+" "); ok {
		below, _, _ = strings.Cut(below, "\n#")
		below, _, _ = strings.Cut(below, "\n| No. |")
		text = tableHead.ReplaceAllString(below, "")
	}
	for _, found := range quotedWord.FindAllStringSubmatch(text, -1) {
		words = append(words, found[1])
	}
	return words
}

var tableHead = regexp.MustCompile(`(?m)^\|.*\|\n\|[-|]+\|$`)

// TestEveryStatusHasARow: the statuses that a contract names are those of the descriptor, each of which needs a row in the lifecycle table.
func TestEveryStatusHasARow(t *testing.T) {
	t.Parallel()
	contracts := readContracts(t)
	for _, d := range descriptor.All() {
		named := contracts[d.Name].quoted(d.StatusFact)
		if len(named) == 0 {
			t.Errorf("%s: the contract names no status in the fact %q, the descriptor's StatusFact", d.Name, d.StatusFact)
		}
		for _, status := range named {
			told := func(text string) bool { return strings.Contains(text, "`"+status+"`") }
			if !slices.Contains(d.Statuses, status) && !slices.ContainsFunc(slices.Collect(maps.Values(d.Lifecycle.StatusText)), told) {
				t.Errorf("%s: the descriptor's Statuses lack %q, which the contract names in %s", d.Name, status, d.StatusFact)
			}
		}
		for _, status := range d.Statuses {
			if d.Lifecycle.StatusText[status] == "" && !slices.Contains(named, status) {
				t.Errorf("%s: the contract does not name the status %q in %s", d.Name, status, d.StatusFact)
			}
		}
	}
}

// wrong lists what is not as the first lines of every contract describe it.
func (c contract) wrong() (out []string) {
	var expected []string
	for section := 1; section <= 8; section++ {
		own := slices.DeleteFunc(slices.Clone(c.facts), func(fact string) bool { return !strings.HasPrefix(fact, fmt.Sprintf("%d.", section)) })
		for n := range max(1, len(own)) {
			expected = append(expected, fmt.Sprintf("%d.%d", section, n+1))
		}
	}
	if !slices.Equal(c.facts, expected) {
		out = append(out, fmt.Sprintf("facts are not numbered from 1 in each of eight sections, without gaps and doubles: %v", c.facts))
	}
	used := map[string]bool{}
	for _, fact := range c.facts {
		cells := strings.Split(c.fields[fact], " | ")
		if strings.HasPrefix(fact, "8.") {
			if len(cells) != 3 || slices.Contains(cells, "") {
				out = append(out, fact+": wants a question, what the provider does and what the sandbox does")
			}
			continue
		}
		for _, source := range strings.Split(cells[len(cells)-1], "; ") {
			label, tags, some := strings.Cut(source, " ")
			if !slices.Contains([]string{"doc", "obs", "3rd", "inf"}, label) || some == (label == "inf") {
				out = append(out, fmt.Sprintf("%s: %q is no source: doc, obs or 3rd with tags, or inf", fact, source))
				continue
			}
			for tag := range strings.SplitSeq(tags, ", ") {
				name, _, _ := strings.Cut(tag, "/")
				used[name] = true
				if some && !slices.Contains(c.tags, name) {
					out = append(out, fmt.Sprintf("%s: no source is called %q", fact, name))
				}
			}
		}
	}
	for _, tag := range c.tags {
		if !used[tag] {
			out = append(out, "no fact has the source "+tag)
		}
	}
	return out
}

// TestContracts: every vendor has a contract, and every fact of it a number and its sources.
func TestContracts(t *testing.T) {
	t.Parallel()
	contracts := readContracts(t)
	for name, c := range contracts {
		for _, wrong := range c.wrong() {
			t.Errorf("%s: %s", name, wrong)
		}
		if want := "as `" + name + " contract 2.4`"; !strings.Contains(c.text, want) {
			t.Errorf("%s: it does not say how it is cited elsewhere: %s", name, want)
		}
	}
	served, err := os.ReadDir(filepath.Join(repositoryRoot, "internal", "sandbox"))
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range served {
		_, known := contracts[folder.Name()]
		if _, err := os.Stat(filepath.Join(repositoryRoot, "internal", folder.Name(), "client.go")); err == nil && !known {
			t.Errorf("the vendor %s has no contract.md", folder.Name())
		}
	}
}

// TestContractsAreChecked: each rule notices what breaks it.
func TestContractsAreChecked(t *testing.T) {
	t.Parallel()
	var sound strings.Builder
	sound.WriteString("| Tag | Source |\n| ref, X | pages |\n")
	for section := 1; section <= 7; section++ {
		fmt.Fprintf(&sound, "## %[1]d. T\n### %[1]d.1 H\n\nSource: doc ref\n\n| %[1]d.2 | a | doc ref, X/page; inf |\n", section)
	}
	sound.WriteString("## 8. T\n| 8.1 | a | b | c |\n")
	for change, noticed := range map[[2]string]bool{
		{"", ""}: false, {"3.2", "3.3"}: true, {"3.2", "3.1"}: true, {"### 4.1 H", ""}: true, {"doc ref, X/page", "doc ref, Y/page"}: true,
		{"; inf", "; guessed"}: true, {"; inf", "; doc"}: true, {"; inf", "; inf X"}: true, {"X/page", "ref"}: true, {"| b | c", "| b"}: true,
	} {
		if wrong := parseContract(strings.ReplaceAll(sound.String(), change[0], change[1])).wrong(); (len(wrong) > 0) != noticed {
			t.Errorf("%q: %v", change, wrong)
		}
	}
}
