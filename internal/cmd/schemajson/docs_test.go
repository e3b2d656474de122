package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

var (
	root = filepath.Join("..", "..", "..")
	// bare is a line of a page about an attribute that says nothing about it: "- `url` (String)".
	bare = regexp.MustCompile("(?m)^- `[^`]+` \\((?:[^()]|\\([^()]*\\))*\\)\\s*(\\(see \\[below.*)?$")
)

// Everything that users can type has a page that explains each part of it, and an example; and no page is left of what is gone.
func TestPagesAndExamples(t *testing.T) {
	t.Parallel()
	described, err := describe(t.Context(), providerserver.NewProtocol6(vendors.Provider("test"))())
	if err != nil {
		t.Fatal(err)
	}
	all := described.Schemas[providerKey]
	for _, kind := range []struct {
		pages, examples string
		names           []string
		files           []string
	}{
		{"resources", "resources", keys(all.Resources), []string{"resource.tf", "import.sh", "import-by-string-id.tf", "import-by-identity.tf"}},
		{"data-sources", "data-sources", keys(all.Data), []string{"data-source.tf"}},
		{"list-resources", "list-resources", keys(all.Lists), []string{"list-resource.tfquery.hcl"}},
		{"actions", "actions", keys(all.Actions), []string{"action.tf"}},
		{"functions", "functions", keys(all.Functions), []string{"function.tf"}},
	} {
		var want []string
		for _, name := range kind.names {
			page := strings.TrimPrefix(name, providerKey+"_") + ".md"
			want = append(want, page)
			checkPage(t, filepath.Join("docs", kind.pages, page))
			for _, file := range kind.files {
				if _, err := os.Stat(filepath.Join(root, "examples", kind.examples, name, file)); err != nil {
					t.Errorf("%s has no example: %v", name, err)
				}
			}
		}
		pages, err := filepath.Glob(filepath.Join(root, "docs", kind.pages, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range pages {
			if !slices.Contains(want, filepath.Base(page)) {
				t.Errorf("%s describes nothing that exists", page)
			}
		}
	}
	checkPage(t, filepath.Join("docs", "index.md"))
}

func checkPage(t *testing.T, page string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, page))
	if err != nil {
		t.Errorf("%v: run \"make generate\"", err)
		return
	}
	for _, line := range bare.FindAllString(string(text), -1) {
		t.Errorf("%s says nothing about %s", page, line)
	}
}

func TestBareFindsLinesThatSayNothing(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{
		"- `url` (String)":             true,
		"- `url` (String, Sensitive) ": true,
		"- `items` (Attributes List) (see [below for nested schema](#nestedatt--items))":                                                                 true,
		"- `user_wo` (Attributes, Sensitive, [Write-only](https://developer.hashicorp.com/x)) (see [below for nested schema](#nestedatt--user_wo))":      true,
		"- `user_wo` (Attributes, Sensitive, [Write-only](https://developer.hashicorp.com/x)) The payer. (see [below for nested schema](#nestedatt--u))": false,
		"- `url` (String) Address.": false,
		"- `items` (Attributes List) Lines. (see [below for nested schema](#nestedatt--items))": false,
	} {
		if got := bare.MatchString(line); got != want {
			t.Errorf("%s: %t, want %t", line, got, want)
		}
	}
}

func keys[V any](from map[string]V) []string {
	names := make([]string, 0, len(from))
	for name := range from {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
