package link

import (
	"strings"
	"testing"
)

func TestAccountCompare(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		made, now Account
		want      verdict
		says      []string
	}{
		"same scope":                {Account{Base: "a", Scope: "s"}, Account{Base: "a", Scope: "s"}, sameAccount, nil},
		"same name":                 {Account{Base: "a", Name: "n"}, Account{Base: "a", Name: "n"}, sameAccount, nil},
		"same scope, name new":      {Account{Base: "a", Scope: "s"}, Account{Base: "a", Scope: "s", Name: "n"}, sameAccount, nil},
		"same name, scope new":      {Account{Base: "a", Name: "n"}, Account{Base: "a", Scope: "s", Name: "n"}, sameAccount, nil},
		"other address":             {Account{Base: "a", Scope: "s", Name: "n"}, Account{Base: "b", Scope: "s", Name: "n"}, otherAccount, []string{"a", "b"}},
		"other scope":               {Account{Base: "a", Scope: "s"}, Account{Base: "a", Scope: "z"}, otherAccount, []string{`"s"`, `"z"`}},
		"other scope, same name":    {Account{Base: "a", Scope: "s", Name: "n"}, Account{Base: "a", Scope: "z", Name: "n"}, otherAccount, []string{`"s"`, `"z"`}},
		"other name, same scope":    {Account{Base: "a", Scope: "s", Name: "n"}, Account{Base: "a", Scope: "s", Name: "m"}, otherAccount, []string{`"n"`, `"m"`}},
		"bare token":                {Account{Base: "a"}, Account{Base: "a"}, openAccount, nil},
		"bare token, named now":     {Account{Base: "a"}, Account{Base: "a", Name: "n"}, openAccount, nil},
		"bare token, named then":    {Account{Base: "a", Name: "n"}, Account{Base: "a"}, openAccount, nil},
		"scope not known any more":  {Account{Base: "a", Scope: "s"}, Account{Base: "a"}, openAccount, nil},
		"scope then, name now":      {Account{Base: "a", Scope: "s"}, Account{Base: "a", Name: "n"}, openAccount, nil},
		"nothing known of the link": {Account{}, Account{Base: "a"}, otherAccount, []string{"a"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, difference := tc.made.compare(tc.now)
			if got != tc.want || (difference != "") != (tc.want == otherAccount) {
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
		if got := snake(in); got != want {
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
		if got := under(tc.paths, "payer.label"); got != tc.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
