package link

import (
	"strings"
	"testing"
)

func TestAccountCompare(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		made, now Account
		want      accountMatch
		says      []string
	}{
		"same scope":                {Account{BaseURL: "a", Scope: "s"}, Account{BaseURL: "a", Scope: "s"}, accountSame, nil},
		"same name":                 {Account{BaseURL: "a", Name: "n"}, Account{BaseURL: "a", Name: "n"}, accountSame, nil},
		"same scope, name new":      {Account{BaseURL: "a", Scope: "s"}, Account{BaseURL: "a", Scope: "s", Name: "n"}, accountSame, nil},
		"same name, scope new":      {Account{BaseURL: "a", Name: "n"}, Account{BaseURL: "a", Scope: "s", Name: "n"}, accountSame, nil},
		"other address":             {Account{BaseURL: "a", Scope: "s", Name: "n"}, Account{BaseURL: "b", Scope: "s", Name: "n"}, accountDifferent, []string{"a", "b"}},
		"other scope":               {Account{BaseURL: "a", Scope: "s"}, Account{BaseURL: "a", Scope: "z"}, accountDifferent, []string{`"s"`, `"z"`}},
		"other scope, same name":    {Account{BaseURL: "a", Scope: "s", Name: "n"}, Account{BaseURL: "a", Scope: "z", Name: "n"}, accountDifferent, []string{`"s"`, `"z"`}},
		"other name, same scope":    {Account{BaseURL: "a", Scope: "s", Name: "n"}, Account{BaseURL: "a", Scope: "s", Name: "m"}, accountDifferent, []string{`"n"`, `"m"`}},
		"bare token":                {Account{BaseURL: "a"}, Account{BaseURL: "a"}, accountUnknown, nil},
		"bare token, named now":     {Account{BaseURL: "a"}, Account{BaseURL: "a", Name: "n"}, accountUnknown, nil},
		"bare token, named then":    {Account{BaseURL: "a", Name: "n"}, Account{BaseURL: "a"}, accountUnknown, nil},
		"scope not known any more":  {Account{BaseURL: "a", Scope: "s"}, Account{BaseURL: "a"}, accountUnknown, nil},
		"scope then, name now":      {Account{BaseURL: "a", Scope: "s"}, Account{BaseURL: "a", Name: "n"}, accountUnknown, nil},
		"nothing known of the link": {Account{}, Account{BaseURL: "a"}, accountDifferent, []string{"a"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, difference := tc.made.compare(tc.now)
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

func TestSnake(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "title": "title", "taxNumber": "tax_number", "tax_number": "tax_number", "Title": "title", "aBC": "a_b_c"} {
		if got := toSnakeCase(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestUnder(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		paths []string
		want  bool
	}{
		"itself": {[]string{"payer.label"}, true}, "its parent": {[]string{"payer"}, true}, "its child": {[]string{"payer.label.text"}, false},
		"a sibling": {[]string{"payer.name"}, false}, "a longer name": {[]string{"payer.lab"}, false}, "one of several": {[]string{"x", "payer"}, true}, "none": {nil, false},
	} {
		if got := isWithin(tc.paths, "payer.label"); got != tc.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
