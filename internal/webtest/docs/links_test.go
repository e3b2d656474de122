package docs

import (
	"fmt"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/yuin/goldmark/ast"
)

// hosts are the places outside that pages may lead to: a new one is written here on purpose, a mistyped one is noticed. Whether their
// pages exist is not asked, because no test may need the network.
var hosts = append(vendorHosts(),
	"developer.hashicorp.com", "registry.terraform.io", "opentofu.org", "search.opentofu.org",
	"github.com", "docs.github.com", "docs.gitlab.com",
	"keepachangelog.com", "semver.org", "www.mozilla.org",
)

// vendorHosts are those of the vendors' documentation.
func vendorHosts() (hosts []string) {
	for _, d := range descriptor.All() {
		hosts = append(hosts, d.Documentation)
	}
	return hosts
}

const repository = "https://github.com/paymentlinks/terraform-provider-paymentlinks"

// link is where a page leads to.
type link struct {
	line int
	to   string
}

var (
	attribute = regexp.MustCompile(`\b(?:href|src|srcset)="([^"]*)"`)
	anchorTag = regexp.MustCompile(`\b(?:id|name)="([^"]*)"`)
)

// links are a page's links and images, and what of it looks like a link and is none.
func (p *page) links() (found []link, broken []string) {
	walk(p.tree, func(node ast.Node) {
		add := func(to string) { found = append(found, link{p.line(node), to}) }
		switch node := node.(type) {
		case *ast.Link:
			add(string(node.Destination))
		case *ast.Image:
			add(string(node.Destination))
			if p.plain(node) == "" {
				broken = append(broken, p.at(p.line(node))+": a picture without a text for who does not see it")
			}
		case *ast.AutoLink:
			add(string(node.URL(p.source)))
		case *ast.HTMLBlock, *ast.RawHTML:
			for _, match := range attribute.FindAllStringSubmatch(raw(p, node), -1) {
				add(match[1])
			}
		case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
			if text := p.prose(node); strings.Contains(text, "](") || strings.Contains(text, "][") {
				broken = append(broken, fmt.Sprintf("%s: a link that is none: %q", p.at(p.line(node)), text))
			}
		}
	})
	return found, broken
}

// prose is the text of a node without its code.
func (p *page) prose(node ast.Node) string {
	var out strings.Builder
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		switch child.(type) {
		case *ast.CodeSpan, *ast.RawHTML:
		default:
			out.WriteString(p.plain(child))
		}
	}
	return out.String()
}

// raw is the HTML of a node.
func raw(p *page, node ast.Node) string {
	switch node := node.(type) {
	case *ast.HTMLBlock:
		out := string(node.Lines().Value(p.source))
		if node.HasClosure() {
			out += string(node.ClosureLine.Value(p.source))
		}
		return out
	case *ast.RawHTML:
		return string(node.Segments.Value(p.source))
	}
	return ""
}

// anchors are the places of a page that a #fragment can name.
func (p *page) anchors() map[string]bool {
	out := map[string]bool{}
	walk(p.tree, func(node ast.Node) {
		if heading, ok := node.(*ast.Heading); ok {
			slug := slugOf(p.plain(heading))
			for name, n := slug, 1; ; n++ {
				if !out[name] {
					out[name] = true
					break
				}
				name = fmt.Sprintf("%s-%d", slug, n)
			}
		}
		for _, match := range anchorTag.FindAllStringSubmatch(raw(p, node), -1) {
			out[match[1]] = true
		}
	})
	return out
}

// slugOf is what GitHub and the registry make of a heading.
func slugOf(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r):
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(heading))
}

// site is all pages by their name, templates also by that of the page that is made from them.
type site map[string][]*page

func (s site) add(pages ...*page) {
	for _, p := range pages {
		s[p.name] = append(s[p.name], p)
		if p.template() {
			s[p.shown()] = append(s[p.shown()], p)
		}
	}
}

// wrong is what is wrong with a link of a page; empty when it leads somewhere.
func (s site) wrong(p *page, to string) string {
	parsed, err := url.Parse(to)
	switch {
	case err != nil || to == "" || strings.ContainsAny(to, " <>"):
		return "is no address"
	case parsed.Scheme == "" && parsed.Host == "":
		return s.wrongPath(p, parsed)
	case parsed.Scheme == "http" && parsed.Hostname() == "127.0.0.1": // the reader's own sandbox
	case parsed.Scheme != "https":
		return "is not https"
	case !slices.Contains(hosts, parsed.Host):
		return "leads to a host that internal/webtest/docs/links_test.go does not know"
	case strings.HasPrefix(to, repository+"/tree/") || strings.HasPrefix(to, repository+"/blob/"):
		_, file, _ := strings.Cut(strings.TrimPrefix(to, repository+"/")[len("tree/"):], "/")
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(strings.TrimSuffix(file, "#"+parsed.Fragment)))); err != nil {
			return "leads to a file that does not exist"
		}
	}
	return ""
}

func (s site) wrongPath(p *page, to *url.URL) string {
	target := p.shown()
	if to.Path != "" {
		target = path.Join(path.Dir(target), to.Path)
	}
	pages := s[target]
	switch _, err := os.Stat(filepath.Join(root, filepath.FromSlash(target))); {
	case strings.HasPrefix(to.Path, "/"):
		return "begins at the root, which is another one in the registry"
	case strings.HasPrefix(p.shown(), "docs/") && !strings.HasPrefix(target, "docs/"):
		return "leaves docs/, which is all that the registry has: write " + repository + "/tree/main/…"
	case err != nil && len(pages) == 0:
		return "leads to a file that does not exist"
	case to.Fragment != "" && !slices.ContainsFunc(pages, func(p *page) bool { return p.anchors()[to.Fragment] }):
		return "names a place that the page does not have"
	}
	return ""
}

func TestLinks(t *testing.T) {
	t.Parallel()
	all, outside := append(written(t), generated(t)...), map[string]bool{}
	s := site{}
	s.add(all...)
	for _, p := range all {
		found, broken := p.links()
		for _, b := range broken {
			t.Error(b)
		}
		for _, link := range found {
			if wrong := s.wrong(p, link.to); wrong != "" {
				t.Errorf("%s: %s %s", p.at(link.line), link.to, wrong)
			}
			if strings.Contains(link.to, "//") {
				outside[link.to] = true
			}
		}
	}
	if len(outside) == 0 {
		t.Error("no page leads to a vendor's documentation")
	}
	t.Logf("%d addresses outside, whose pages no test asks for:\n%s", len(outside), strings.Join(slices.Sorted(maps.Keys(outside)), "\n"))
}

func TestLinksThatLeadNowhereAreNoticed(t *testing.T) {
	t.Parallel()
	s := site{}
	guide := parsePage("templates/guides/a.md.tmpl", []byte("# A guide\n\n## What's `new`, here?\n\n## Twice\n\n## Twice\n"))
	s.add(guide, parsePage("docs/resources/r.md", []byte("# R\n\n<a id=\"nestedatt--x\"></a>\n")))
	for to, want := range map[string]string{
		"#whats-new-here": "", "#twice-1": "", "a.md#a-guide": "", "../resources/r.md#nestedatt--x": "", "../guides/a.md": "",
		"https://docs.github.com/x": "", "http://127.0.0.1:8787/": "", repository + "/tree/main/internal/webtest/docs": "", repository + "/blob/main/README.md#status": "", repository + "/issues": "",
		"#twice-2": "place", "../resources/r.md#a-guide": "place", "b.md": "does not exist", "../resources/a.md": "does not exist",
		"../../README.md": "leaves docs/", "/docs/index.md": "begins at the root", "http://docs.github.com": "not https", "https://docs.githob.com": "host",
		"https://docs.github.com/a b": "no address", "": "no address", "https:/docs.github.com": "host", repository + "/tree/main/nothing": "does not exist",
	} {
		if got := s.wrong(guide, to); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", to, got, want)
		}
	}
	if got := s.wrong(parsePage("README.md", nil), "docs/guides/a.md"); got != "" {
		t.Errorf("a page that is not yet made from its template: %q", got)
	}
	found, broken := parsePage("p.md", []byte("[a](b.md) ![](c.png) https://d.example <img src=\"e.png\"> `[f](g)`\n\n[h] (i.md) and [j](k l)\n")).links()
	if got := fmt.Sprint(found); got != "[{1 b.md} {1 c.png} {1 https://d.example} {1 e.png}]" || len(broken) != 2 {
		t.Errorf("found %s, broken %q", got, broken)
	}
}
