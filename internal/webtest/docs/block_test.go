package docs

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
)

// block is a fenced block of a page, with what the comment before it says of it.
type block struct {
	*page
	line       int
	lang, text string
	keys       map[string]string
}

// words are what a comment "<!-- block: word word=value -->" may say; true for those with a value. Without a comment a block of
// configuration stands alone: it is applied, planned again and destroyed.
var words = map[string]bool{
	// What is run.
	"fragment": false, // part of a configuration: only formatted and parsed
	"validate": false, // needs something that is not there to be planned
	"test":     true,  // the file of another test, which runs it; for commands and pipelines, too
	"not-run":  true,  // of commands and pipelines: why none does, one of the reasons in commands_test.go
	"engine":   true,  // terraform or tofu: the only one that knows it
	// Which blocks form one folder.
	"name": true, "file": true, // blocks of one name; main.tf unless it says otherwise
	"with":   true, // a folder of the checkout, or one file, that is copied in first
	"step":   true, // 2 and later: replaces files of the steps before, and is applied again
	"leaves": true, // how many links can be paid after the destroy
	// The world around: links that exist, variables of the configuration (var.NAME) and of the engine's environment (env.NAME).
	"seed": true,
}

var (
	comment = regexp.MustCompile(`(?s)<!--\s*block:(.*?)-->`)
	word    = regexp.MustCompile(`([A-Za-z][\w.-]*)(=("[^"]*"|[^\s"]*))?(\s+|$)`)
)

// configuration tells a language whose blocks are configuration.
func configuration(lang string) bool { return lang == "terraform" || lang == "hcl" }

// blocks are the fenced blocks of a page. A comment that no block follows, and one that says what nobody knows, are errors.
func (p *page) blocks() ([]block, error) {
	var out []block
	var pending map[string]string
	var failed error
	fail := func(node ast.Node, format string, args ...any) {
		if failed == nil {
			failed = fmt.Errorf("%s: %s", p.at(p.line(node)), fmt.Sprintf(format, args...))
		}
	}
	walk(p.tree, func(node ast.Node) {
		switch node := node.(type) {
		case *ast.HTMLBlock:
			for _, match := range comment.FindAllStringSubmatch(raw(p, node), -1) {
				keys, err := parseWords(match[1])
				if err != nil {
					fail(node, "%v", err)
				}
				if pending != nil {
					fail(node, "the comment before this one has no block")
				}
				pending = keys
			}
		case *ast.Heading:
			if pending != nil {
				fail(node, "the comment before this heading has no block")
			}
		case *ast.FencedCodeBlock:
			b := block{page: p, line: p.line(node), lang: string(node.Language(p.source)), text: string(node.Lines().Value(p.source)), keys: pending}
			if b.lang == "" {
				fail(node, "a block of no language")
			}
			if b.keys == nil {
				b.keys = map[string]string{}
			} else if wrong := b.wrong(); wrong != "" {
				fail(node, "%s", wrong)
			}
			out, pending = append(out, b), nil
		}
	})
	if pending != nil {
		fail(p.tree, "the last comment has no block")
	}
	return out, failed
}

// wrong is what a comment may not say before a block of this language; empty for nothing.
func (b block) wrong() string {
	_, file := b.keys["file"]
	_, test := b.keys["test"]
	_, why := b.keys["not-run"]
	switch {
	case configuration(b.lang) && why:
		return "a block of configuration that is not run"
	case !configuration(b.lang) && !file && !test && !why:
		return "a comment before a block of " + b.lang + ", which belongs to no folder without file="
	case why && len(b.keys) > 1:
		return "a block that is not run, and more about it"
	}
	return ""
}

func parseWords(said string) (map[string]string, error) {
	keys := map[string]string{}
	rest := strings.TrimSpace(said)
	for rest != "" {
		match := word.FindStringSubmatch(rest)
		if match == nil || !strings.HasPrefix(rest, match[0]) {
			return nil, fmt.Errorf("what does %q mean?", rest)
		}
		key, value := match[1], strings.Trim(match[3], `"`)
		wants, known := words[key]
		if strings.HasPrefix(key, "var.") || strings.HasPrefix(key, "env.") { // whose value may be empty
			known = match[2] != ""
		} else if known {
			known = wants == (value != "")
		}
		if _, twice := keys[key]; !known || twice {
			return nil, fmt.Errorf("%q is no word that a block knows", strings.TrimSpace(match[0]))
		}
		keys[key] = value
		rest = rest[len(match[0]):]
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("a comment that says nothing of its block")
	}
	return keys, nil
}

// allBlocks are the blocks of all pages that people write.
func allBlocks(t *testing.T, pages []*page) []block {
	t.Helper()
	var out []block
	for _, p := range pages {
		blocks, err := p.blocks()
		if err != nil {
			t.Error(err)
		}
		out = append(out, blocks...)
	}
	return out
}

func TestBlocksOfAPage(t *testing.T) {
	t.Parallel()
	const good = "# A\n\n```terraform\na = 1\n```\n\n<!-- block: name=x file=links.csv -->\n\n`links.csv`:\n\n```csv\na,b\n```\n\n1. in a list\n\n   <!-- block:\n" +
		"     name=x seed=\"two words\" var.a=$B env.C=\n   -->\n   ```hcl\n   b = 2\n   ```\n\n```shell\nls\n```\n\n<!-- block: test=a_test.go -->\n\n```sh\npwd\n```\n"
	blocks, err := parsePage("p.md", []byte("---\npage_title: \"T\"\ndescription: |-\n  D.\n---\n\n"+good)).blocks()
	if err != nil || len(blocks) != 5 {
		t.Fatalf("%d blocks, error %v", len(blocks), err)
	}
	for i, want := range []block{
		{line: 10, lang: "terraform", text: "a = 1\n", keys: map[string]string{}},
		{line: 18, lang: "csv", text: "a,b\n", keys: map[string]string{"name": "x", "file": "links.csv"}},
		{line: 27, lang: "hcl", text: "b = 2\n", keys: map[string]string{"name": "x", "seed": "two words", "var.a": "$B", "env.C": ""}},
		{line: 31, lang: "shell", text: "ls\n", keys: map[string]string{}},
		{line: 37, lang: "sh", text: "pwd\n", keys: map[string]string{"test": "a_test.go"}},
	} {
		got := blocks[i]
		if got.line != want.line || got.lang != want.lang || got.text != want.text || fmt.Sprint(got.keys) != fmt.Sprint(want.keys) {
			t.Errorf("block %d: line %d, %s %q %v; want %d, %s %q %v", i, got.line, got.lang, got.text, got.keys, want.line, want.lang, want.text, want.keys)
		}
	}
}

func TestBlocksThatMeanNothing(t *testing.T) {
	t.Parallel()
	const fence = "\n\n```terraform\na = 1\n```\n"
	for name, source := range map[string]string{
		"unknown word":                      "<!-- block: standalone -->" + fence,
		"a word's value is missing":         "<!-- block: name -->" + fence,
		"a value is empty":                  "<!-- block: name= -->" + fence,
		"a variable without a value":        "<!-- block: var.a -->" + fence,
		"a value too many":                  "<!-- block: fragment=yes -->" + fence,
		"said twice":                        "<!-- block: name=a name=b -->" + fence,
		"says nothing":                      "<!-- block: -->" + fence,
		"an open quote":                     "<!-- block: seed=\"a -->" + fence,
		"no block before the heading":       "<!-- block: fragment -->\n\n## B" + fence,
		"no block at all":                   "<!-- block: fragment -->\n\ntext\n",
		"two comments":                      "<!-- block: fragment -->\n\n<!-- block: fragment -->" + fence,
		"no language":                       "```\na\n```\n",
		"a comment on a shell":              "<!-- block: name=a -->\n\n```shell\nls\n```\n",
		"a configuration that is not run":   "<!-- block: not-run=vendor -->" + fence,
		"not run, but tested":               "<!-- block: not-run=vendor test=a_test.go -->\n\n```shell\nls\n```\n",
		"a comment on the last of the page": fence + "\n<!-- block: fragment -->\n",
	} {
		if blocks, err := parsePage("p.md", []byte(source)).blocks(); err == nil {
			t.Errorf("%s: no error, %d blocks", name, len(blocks))
		}
	}
}
