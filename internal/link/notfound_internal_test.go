package link

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

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
