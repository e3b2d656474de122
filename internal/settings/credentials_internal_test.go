package settings

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

func TestExactlyOneCredentialIsWanted(t *testing.T) {
	t.Parallel()
	object := Object{Name: "acme", Settings: []Setting{
		{Name: "token", Env: "ACME_TOKEN"}, {Name: "id", Env: "ACME_ID"}, {Name: "secret", Env: "ACME_SECRET"}, {Name: "domain"},
	}}
	pair := Credential{
		Vendor: "Acme", Alone: "token", Together: []string{"id", "secret"},
		None: "There are none.", NoneSet: []string{"secret", "token"}, WhichToKeep: "Keep one.",
	}
	file := pair
	file.Together = []string{"secret"}
	three := pair
	three.Besides, three.Incomplete = []string{"domain"}, "All three are needed."
	half := func(at, why, ways string) string {
		return "acme." + at + " Incomplete provider configuration: " + why + " Set " + ways + " in the provider's `acme` object."
	}
	tests := map[string]struct {
		credential Credential
		set        string // settings
		want       []string
	}{
		"alone":                  {pair, "token", nil},
		"alone, with a besides":  {three, "token domain", nil},
		"pair":                   {pair, "id secret", nil},
		"three":                  {three, "id secret domain", nil},
		"neither":                {pair, "domain", []string{half("secret", "There are none.", "`secret` (or ACME_SECRET) or `token` (or ACME_TOKEN)")}},
		"no id":                  {pair, "secret", []string{half("id", "`secret` alone is not enough.", "`id` (or ACME_ID)")}},
		"no secret":              {pair, "id", []string{half("secret", "`id` alone is not enough.", "`secret` (or ACME_SECRET)")}},
		"only one of three":      {three, "secret", []string{half("domain", "All three are needed.", "`domain`"), half("id", "All three are needed.", "`id` (or ACME_ID)")}},
		"both ways":              {pair, "token id secret", []string{"acme.token Conflicting credentials for Acme: Both `token` and `id` or `secret` are set (possibly by ACME_TOKEN, ACME_ID or ACME_SECRET). Keep one."}},
		"both ways, one setting": {file, "token secret", []string{"acme.token Conflicting credentials for Acme: Both `token` and `secret` are set (possibly by ACME_TOKEN or ACME_SECRET). Keep one."}},
	}
	for name, test := range tests {
		v := Values{object: object, texts: map[string]string{}}
		for setting := range strings.FieldsSeq(test.set) {
			v.texts[setting] = "x"
		}
		var got []string
		for _, d := range v.OneCredential(test.credential) {
			at := ""
			if located, ok := d.(diag.DiagnosticWithPath); ok {
				at = located.Path().String()
			}
			got = append(got, at+" "+d.Summary()+": "+d.Detail())
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, test.want)
		}
	}
}
