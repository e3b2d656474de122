package link

import (
	"net/url"
	"strings"
	"testing"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

func TestToSnakeCase(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "title": "title", "taxNumber": "tax_number", "tax_number": "tax_number", "Title": "title", "aBC": "a_b_c"} {
		if got := toSnakeCase(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// A vendor's pointer is followed as far as the type has its parts.
func TestResolvePath(t *testing.T) {
	t.Parallel()
	object := types.ObjectType{AttrTypes: map[string]attr.Type{"tax_number": types.StringType}}
	for _, tc := range []struct {
		in    attr.Type
		parts []string
		want  path.Path
	}{
		{object, []string{"taxNumber"}, path.Root("x").AtName("tax_number")},
		{object, []string{"name"}, path.Root("x")},
		{types.ListType{ElemType: object}, []string{"1", "taxNumber"}, path.Root("x").AtListIndex(1).AtName("tax_number")},
		{types.ListType{ElemType: object}, []string{"-1"}, path.Root("x")},
		{types.SetType{ElemType: types.StringType}, []string{"1"}, path.Root("x")},
		{types.MapType{ElemType: types.StringType}, []string{"orderNo"}, path.Root("x").AtMapKey("orderNo")},
		{types.StringType, []string{"y"}, path.Root("x")},
	} {
		if got := resolvePath(path.Root("x"), tc.in, tc.parts); !got.Equal(tc.want) {
			t.Errorf("%s %q: got %s, want %s", tc.in, tc.parts, got, tc.want)
		}
	}
}

// A vendor's text for a terminal is one line, moves no cursor, and is bounded.
func TestSanitizeLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                              "",
		" \n\t ":                        "",
		"Order 42":                      "Order 42",
		"two\r\n lines":                 "two lines",
		"Ünïcode 🎟 stays":               "Ünïcode 🎟 stays",
		"\x1b[31mred\x1b[0m\a":          "[31mred[0m",
		"right\u202eleft\u200b":         "rightleft",
		strings.Repeat("ä", 60):         strings.Repeat("ä", 60),
		strings.Repeat("ä", 61):         strings.Repeat("ä", 59) + "…",
		strings.Repeat(" ", 99) + "end": "end",
	} {
		if got := sanitizeLine(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestCompareAccounts(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		made, now driver.Account
		want      accountMatch
		says      []string
	}{
		"same scope":                {driver.Account{BaseURL: "a", Owner: "s"}, driver.Account{BaseURL: "a", Owner: "s"}, accountSame, nil},
		"same name":                 {driver.Account{BaseURL: "a", Name: "n"}, driver.Account{BaseURL: "a", Name: "n"}, accountSame, nil},
		"same scope, name new":      {driver.Account{BaseURL: "a", Owner: "s"}, driver.Account{BaseURL: "a", Owner: "s", Name: "n"}, accountSame, nil},
		"same name, scope new":      {driver.Account{BaseURL: "a", Name: "n"}, driver.Account{BaseURL: "a", Owner: "s", Name: "n"}, accountSame, nil},
		"other address":             {driver.Account{BaseURL: "a", Owner: "s", Name: "n"}, driver.Account{BaseURL: "b", Owner: "s", Name: "n"}, accountDifferent, []string{"a", "b"}},
		"other scope":               {driver.Account{BaseURL: "a", Owner: "s"}, driver.Account{BaseURL: "a", Owner: "z"}, accountDifferent, []string{`"s"`, `"z"`}},
		"other scope, same name":    {driver.Account{BaseURL: "a", Owner: "s", Name: "n"}, driver.Account{BaseURL: "a", Owner: "z", Name: "n"}, accountDifferent, []string{`"s"`, `"z"`}},
		"other name, same scope":    {driver.Account{BaseURL: "a", Owner: "s", Name: "n"}, driver.Account{BaseURL: "a", Owner: "s", Name: "m"}, accountDifferent, []string{`"n"`, `"m"`}},
		"bare token":                {driver.Account{BaseURL: "a"}, driver.Account{BaseURL: "a"}, accountUnknown, nil},
		"bare token, named now":     {driver.Account{BaseURL: "a"}, driver.Account{BaseURL: "a", Name: "n"}, accountUnknown, nil},
		"bare token, named then":    {driver.Account{BaseURL: "a", Name: "n"}, driver.Account{BaseURL: "a"}, accountUnknown, nil},
		"scope not known any more":  {driver.Account{BaseURL: "a", Owner: "s"}, driver.Account{BaseURL: "a"}, accountUnknown, nil},
		"scope then, name now":      {driver.Account{BaseURL: "a", Owner: "s"}, driver.Account{BaseURL: "a", Name: "n"}, accountUnknown, nil},
		"nothing known of the link": {driver.Account{}, driver.Account{BaseURL: "a"}, accountDifferent, []string{"a"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, difference := compareAccounts(tc.made, tc.now)
			if got != tc.want || (difference != "") != (tc.want == accountDifferent) {
				t.Errorf("got %v, %q", got, difference)
			}
			for _, part := range tc.says {
				if !strings.Contains(difference, part) {
					t.Errorf("%q does not name %s", difference, part)
				}
			}
		})
	}
}

// A warning speaks of `destroy = false` in a `lifecycle` only where the engine may know it.
func TestUnlessForgotten(t *testing.T) {
	t.Parallel()
	for engine, want := range map[string]bool{"1.11.0": false, "1.11.6": false, "1.12.0-beta1": true, "1.12.0": true, "1.16.0-dev": true, "2.0.0": true, "": true, "next": true} {
		if got := (&ProviderData{EngineVersion: engine}).unlessForgotten() != ""; got != want {
			t.Errorf("%q: %t", engine, got)
		}
	}
}

// Only Terraform from 1.14 on has `terraform query`; an engine that does not tell its version may lack it.
func TestEngineIsAtLeast(t *testing.T) {
	t.Parallel()
	for engine, want := range map[string]bool{"1.14.0": true, "1.14.0-beta1": true, "1.16.4": true, "1.13.9": false, "1.12.6": false, "": false, "dev": false} {
		if got := (&ProviderData{EngineVersion: engine}).engineIsAtLeast("1.14", false); got != want {
			t.Errorf("%q: %t", engine, got)
		}
	}
}

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
