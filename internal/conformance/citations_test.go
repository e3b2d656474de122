package conformance

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	citation   = regexp.MustCompile(`\b(?:(\w+) )?contract (\d+\.\d+(?:(?:, and|, or|,| and| or| to) \d+\.\d+)*)`)
	factNumber = regexp.MustCompile(`\d+\.\d+`)
	// dangling are forms that lead to no place in the repository.
	dangling = regexp.MustCompile(`(?i)\b(?:rows?|sections?) \(?\d+(?:\.\d+)?|\b(?:design|style):|\bcontract(?:'s)?,? (?:section |\()?\d+`)
	// bareNumber is a fact's number without the word; only in a vendor's files, as elsewhere a number is just a number.
	bareNumber = regexp.MustCompile(`\((?:[^()]*, )?[1-8](?:\.\d{1,2})?(?:[,:;)]| and | to )|\b(?:of|follows) [1-8]\.\d{1,2}(?:[.:;]|$)|\bfollows [1-8][.:;]`)
)

// miscited lists what is wrong with the citations of one comment, of a file at a slash-separated path.
func miscited(contracts map[string]contract, file, comment string) (out []string) {
	own := ""
	for _, element := range strings.Split(path.Dir(file), "/") {
		if _, ok := contracts[element]; ok {
			own = element
		}
	}
	comment = strings.Join(strings.Fields(comment), " ")
	for _, found := range citation.FindAllStringSubmatch(comment, -1) {
		vendor := found[1]
		if _, ok := contracts[vendor]; !ok {
			vendor = own
		}
		if vendor == "" {
			out = append(out, fmt.Sprintf("%q does not say whose contract it is", found[0]))
			continue
		}
		for _, fact := range factNumber.FindAllString(found[2], -1) {
			if !slices.Contains(contracts[vendor].facts, fact) {
				out = append(out, fmt.Sprintf("the contract of %s has no fact %s", vendor, fact))
			}
		}
	}
	rest := citation.ReplaceAllString(comment, "")
	found := dangling.FindAllString(rest, -1)
	if own != "" || slices.ContainsFunc(slices.Collect(maps.Keys(contracts)), func(vendor string) bool { return strings.HasPrefix(path.Base(file), vendor) }) {
		found = append(found, bareNumber.FindAllString(rest, -1)...)
	}
	for _, form := range found {
		out = append(out, fmt.Sprintf("%q leads nowhere: cite a fact as contract 2.4, and say a rule where it holds", form))
	}
	return out
}

// TestCitations: every citation in a comment leads to a fact in a contract.md of this repository.
func TestCitations(t *testing.T) {
	t.Parallel()
	contracts, cited := readContracts(t), 0
	err := filepath.WalkDir(repositoryRoot, func(file string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && entry.Name() == "testdata" {
			return filepath.SkipDir
		}
		if err != nil || entry.IsDir() || filepath.Ext(file) != ".go" {
			return err
		}
		files := token.NewFileSet()
		parsed, err := parser.ParseFile(files, file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, comment := range parsed.Comments {
			text := commentText(comment)
			cited += len(citation.FindAllString(text, -1))
			for _, wrong := range miscited(contracts, filepath.ToSlash(file), text) {
				t.Errorf("%s: %s", files.Position(comment.Pos()), wrong)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if cited == 0 {
		t.Error("no comment cites a contract")
	}
}

// commentText is a comment without its marks, directives included.
func commentText(group *ast.CommentGroup) string {
	var out []string
	for _, comment := range group.List {
		out = append(out, strings.NewReplacer("//", " ", "/*", " ", "*/", " ").Replace(comment.Text))
	}
	return strings.Join(out, "\n")
}

// TestCitationsAreChecked: what is a citation, and what only looks like one.
func TestCitationsAreChecked(t *testing.T) {
	t.Parallel()
	contracts := map[string]contract{"acme": {facts: []string{"2.4", "8.1", "8.2"}}, "other": {facts: []string{"8.3"}}}
	const inside, outside = "internal/acme/client.go", "internal/sandbox/acme_test.go"
	for _, c := range []struct {
		file  string
		wrong bool
		texts []string
	}{
		{inside, false, []string{
			"pages hold 100 (contract 2.4)", "(contract 8.1, 8.2), contract 2.4 to 8.2", "see contract\n8.2", "(other contract 8.3)", "RFC 3986 (6.2.3)",
			"(0.9 % does exist)", "after 1, 2 and 4 s", "a fraction of 1", "a row of the table, in a section", "Terraform from 1.12 on", "what the contract says",
		}},
		{inside, true, []string{
			"(contract 8.3)", "(contract 2.4, 9.9)", "(other contract 2.4)", "(row 9)", "(rows 2 and 3)", "rows (2)", "(section 2.4)", "contract, section 3",
			"contract (2.4)", "contract 2", "(style: short)", "(design: Money)", "(2.4)", "(2)", "(2.4, inferred)", "(own choice, 4)", "those of 1.1: two", "State follows 3.",
		}},
		{outside, false, []string{"(acme contract 8.1)", "what the contract says"}},
		{"internal/money/decimal.go", false, []string{"RFC 1 (2.4)"}},
		{outside, true, []string{"(contract 8.1)", "(row 1)", "(2.4)"}},
	} {
		for _, text := range c.texts {
			if got := miscited(contracts, c.file, text); (len(got) > 0) != c.wrong {
				t.Errorf("%s: %q: %q", c.file, text, got)
			}
		}
	}
}
