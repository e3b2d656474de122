package docs

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

var root = filepath.Join("..", "..", "..")

// page is one file that people read.
type page struct {
	name   string // from the root of the checkout, with slashes
	source []byte // without front matter; lines keep their numbers
	front  map[string]string
	tree   ast.Node
}

// written are the pages that people write; what is under docs/ is made from them.
func written(t *testing.T) []*page {
	t.Helper()
	return readPages(t, "*.md", "templates/index.md.tmpl", "templates/*/*", "examples/*.md", "examples/*/*.md", "examples/*/modules/*/*.md")
}

// generated are the pages that the registry shows.
func generated(t *testing.T) []*page {
	t.Helper()
	return readPages(t, "docs/*", "docs/*/*")
}

func readPages(t *testing.T, patterns ...string) []*page {
	t.Helper()
	var out []*page
	for _, pattern := range patterns {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, ".md") && !strings.HasSuffix(file, ".md.tmpl") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name, err := filepath.Rel(root, file)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, parsePage(filepath.ToSlash(name), source))
		}
	}
	if len(out) == 0 {
		t.Fatalf("no pages in %v", patterns)
	}
	return out
}

var (
	frontMatter = regexp.MustCompile(`(?s)\A---\n(.*?\n)---\n`)
	frontKey    = regexp.MustCompile(`(?m)^([a-z_]+):[ \t]*(.*)\n((?:[ \t]+.*\n)*)`)
)

func parsePage(name string, source []byte) *page {
	p := &page{name: name, front: map[string]string{}}
	if match := frontMatter.FindSubmatch(source); match != nil {
		for _, pair := range frontKey.FindAllSubmatch(match[1], -1) {
			value := strings.Trim(strings.TrimPrefix(string(pair[2]), "|-"), `"`)
			p.front[string(pair[1])] = strings.TrimSpace(value + string(pair[3]))
		}
		empty := bytes.Repeat([]byte("\n"), bytes.Count(match[0], []byte("\n")))
		source = append(empty, source[len(match[0]):]...)
	}
	p.source = source
	p.tree = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(source))
	return p
}

// template tells a page of templates/.
func (p *page) template() bool { return strings.HasPrefix(p.name, "templates/") }

// shown is the page under docs/ that a template becomes; other pages are shown as they are.
func (p *page) shown() string {
	if !p.template() {
		return p.name
	}
	return path.Join("docs", strings.TrimSuffix(strings.TrimPrefix(p.name, "templates/"), ".tmpl"))
}

// at names a place of the page for messages.
func (p *page) at(line int) string { return fmt.Sprintf("%s:%d", p.name, line) }

// line is the number of the line in which a node begins; inline nodes count as their paragraph.
func (p *page) line(node ast.Node) int {
	for node.Type() == ast.TypeInline || node.Lines().Len() == 0 {
		if node.Parent() == nil || node.Parent().Type() == ast.TypeDocument {
			return 1
		}
		node = node.Parent()
	}
	return 1 + bytes.Count(p.source[:node.Lines().At(0).Start], []byte("\n"))
}

// plain is what a reader sees of a node.
func (p *page) plain(node ast.Node) string {
	var out strings.Builder
	walk(node, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Text:
			out.Write(n.Value(p.source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				out.WriteByte(' ')
			}
		case *ast.String:
			out.Write(n.Value)
		case *ast.AutoLink:
			out.Write(n.Label(p.source))
		}
	})
	return out.String()
}

// walk visits a node and all below it, in the order of the page.
func walk(node ast.Node, visit func(ast.Node)) {
	visit(node)
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		walk(child, visit)
	}
}
