package link

import (
	"net/url"
	"strings"
	"testing"
	"unicode"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

type fuzzModel struct{ driver.Model }

// FuzzImportID requires that an accepted import id names one link, that each of its parts is one segment of a URL, and that it is the
// id that messages show for that link.
func FuzzImportID(f *testing.F) {
	for _, seed := range []string{
		"3c90c3cc-0d44-4b50-8888-8dd25736052a", "project/link", "project/", "/link", "a/b/c", "..", "project/..", ".", "%2e%2e", "a%2Fb", "a?b#c", "a;b", "a:revoke", "a\\b", "a b",
		"a\nb", "", "ünïcode", "\u200b", "a\u2028b", "\xff", "-", "$(id)", "*",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkImportID(t, driver.Info{Title: "Scoped", Scope: "project"}, text)
		checkImportID(t, driver.Info{Title: "Plain"}, text)
		checkImportID(t, driver.Info{Title: "UUID", CheckID: driver.ValidateUUID}, text)
	})
}

func checkImportID(t *testing.T, info driver.Info, text string) {
	t.Helper()
	var r Resource[fuzzModel, struct{}, *fuzzModel]
	r.vendorDefinition = &vendorDefinition[fuzzModel, struct{}]{info: info}
	key := r.parseImportID(text)
	if info.Scope != "" && key.Scope == "" && !strings.Contains(text, "/") {
		key.Scope = "default"
	}
	if r.validateKey(key) != nil {
		return
	}
	if info.CheckID != nil && len(key.ID) != len("3c90c3cc-0d44-4b50-8888-8dd25736052a") {
		t.Fatalf("%q was taken for a UUID", key.ID)
	}
	if again := r.parseImportID(key.ImportID()); again != key {
		t.Fatalf("%q: %+v is imported by %q, which names %+v", text, key, key.ImportID(), again)
	}
	oneSegment(t, key.ID)
	if info.Scope != "" {
		oneSegment(t, key.Scope)
	}
}

// oneSegment requires that a URL holds the part as one segment.
func oneSegment(t *testing.T, part string) {
	t.Helper()
	if strings.ContainsFunc(part, func(c rune) bool { return c == '/' || unicode.IsControl(c) || unicode.IsSpace(c) }) {
		t.Fatalf("%q was taken", part)
	}
	address, err := url.Parse("https://api.example.com/links/" + url.PathEscape(part) + "/end?query")
	if err != nil {
		t.Fatalf("%q: %s", part, err)
	}
	segments := strings.Split(address.EscapedPath(), "/")
	if len(segments) != 4 || segments[3] != "end" || address.RawQuery != "query" {
		t.Fatalf("%q is not one segment of %s", part, address)
	}
	if back, err := url.PathUnescape(segments[2]); err != nil || back != part {
		t.Fatalf("%q came back as %q: %v", part, back, err)
	}
	// What a server or a proxy resolves in a path must not reach another link.
	if joined := address.JoinPath(); !strings.HasSuffix(joined.EscapedPath(), "/"+segments[2]+"/end") {
		t.Fatalf("%q makes %s of %s", part, joined, address)
	}
}
