package docs

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
)

// Each page that the registry shows says in its front matter what it is, has one title, and no heading with nothing below it.
func TestPagesAreWhole(t *testing.T) {
	t.Parallel()
	for _, p := range append(written(t), generated(t)...) {
		for _, missing := range p.incomplete() {
			t.Errorf("%s: %s", p.name, missing)
		}
	}
}

// incomplete lists what a page lacks.
func (p *page) incomplete() []string {
	var out []string
	registry := strings.HasPrefix(p.shown(), "docs/")
	if registry {
		for _, key := range []string{"page_title", "description", "subcategory"} {
			if value, said := p.front[key]; !said && (key != "subcategory" || path.Base(p.shown()) != "index.md") || said && value == "" && key != "subcategory" {
				out = append(out, "its front matter lacks "+key)
			}
		}
	}
	titles, levels := 0, []int{0}
	empty := "" // the last heading, until something stands below it
	for node := p.tree.FirstChild(); node != nil; node = node.NextSibling() {
		switch node := node.(type) {
		case *ast.Heading:
			name := p.plain(node)
			if node.Level == 1 {
				titles++
			}
			if last := levels[len(levels)-1]; node.Level > last+1 && len(levels) > 1 {
				out = append(out, "the heading "+name+" skips a level")
			}
			// A heading over smaller ones has text when those have, but for the title of a page of the registry.
			if last := levels[len(levels)-1]; empty != "" && (node.Level <= last || last == 1 && registry) {
				out = append(out, "there is nothing below the heading "+empty)
			}
			empty, levels = name, append(levels, node.Level)
		case *ast.HTMLBlock: // comments and anchors are nothing to read
			if strings.Contains(raw(p, node), "<img") {
				empty = ""
			}
		default:
			empty = ""
		}
	}
	if empty != "" {
		out = append(out, "there is nothing below the heading "+empty)
	}
	if titles != 1 && p.name != "CHANGELOG.md" { // which has the form that the registry's users know, without a title
		out = append(out, "a page has one title")
	}
	return out
}

func TestIncompletePagesAreNoticed(t *testing.T) {
	t.Parallel()
	const front = "---\npage_title: \"T\"\nsubcategory: \"\"\ndescription: |-\n  D.\n---\n\n"
	for source, want := range map[string]int{
		front + "# A\n\ntext\n\n## B\n\n### C\n\ntext\n": 0,
		"# A\n\ntext\n":                 3,
		front + "# A\n\ntext\n\n## B\n": 1,
		front + "# A\n\ntext\n\n## B\n\n<!-- nothing -->\n\n## C\n\n- text\n":  1,
		front + "# A\n\n## B\n\ntext\n":                                        1,
		front + "# A\n\ntext\n\n## B\n\n### C\n\n## D\n\ntext\n":               1,
		front + "# A\n\ntext\n\n# B\n\ntext\n":                                 1,
		front + "text\n":                                                       1,
		front + "# A\n\ntext\n\n#### B\n\ntext\n":                              1,
		strings.Replace(front, "  D.\n", "", 1) + "# A\n\ntext\n":              1,
		strings.Replace(front, "subcategory: \"\"\n", "", 1) + "# A\n\ntext\n": 1,
	} {
		if got := parsePage("docs/guides/a.md", []byte(source)).incomplete(); len(got) != want {
			t.Errorf("%q: %q, want %d", source, got, want)
		}
	}
}

var byCommand = regexp.MustCompile("```shell\n(?:.*\n)*?terraform import ")

// Every resource can be imported in three ways, and its page shows all of them.
func TestResourcePagesShowEveryImport(t *testing.T) {
	t.Parallel()
	pages := readPages(t, "docs/resources/*")
	for _, p := range pages {
		_, section, _ := strings.Cut(string(p.source), "\n## Import\n")
		for form, found := range map[string]bool{
			"the command":                 byCommand.MatchString(section),
			"an import block by id":       regexp.MustCompile(`(?m)^  id = "`).MatchString(section),
			"an import block by identity": regexp.MustCompile(`(?m)^  identity = \{`).MatchString(section),
		} {
			if !found {
				t.Errorf("%s does not show %s", p.name, form)
			}
		}
	}
}

// Every guide is found from where people begin.
func TestGuidesAreLinked(t *testing.T) {
	t.Parallel()
	s := site{}
	s.add(written(t)...)
	guides := readPages(t, "templates/guides/*")
	for _, from := range []string{"README.md", "templates/index.md.tmpl"} {
		start := s[from][0]
		found, _ := start.links()
		for _, guide := range guides {
			if !slices.ContainsFunc(found, func(l link) bool {
				to, _, _ := strings.Cut(l.to, "#")
				return path.Join(path.Dir(start.shown()), to) == guide.shown()
			}) {
				t.Errorf("%s does not lead to %s", from, guide.shown())
			}
		}
	}
}
