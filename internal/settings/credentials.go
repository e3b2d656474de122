package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Credential describes the two ways in which a vendor is authenticated, of which one is to be set: by a setting that is enough
// alone, or by several together.
type Credential struct {
	Vendor   string   // as messages name it
	Alone    string   // the setting that is enough
	Together []string // the settings of the other way
	Besides  []string // what the other way needs besides

	None        string   // the sentence for neither
	NoneSet     []string // what to set then, the first where the error stands
	Incomplete  string   // the sentence for the other way without one of these; empty: `x` is half of a pair
	WhichToKeep string   // the sentence for both
}

// OneCredential returns the errors for both ways, neither, and the other way in part.
func (v Values) OneCredential(c Credential) (diags diag.Diagnostics) {
	isSet := func(name string) bool { return v.Text(name) != "" }
	first := slices.IndexFunc(c.Together, isSet)
	switch {
	case isSet(c.Alone) && first >= 0:
		var variables []string
		for _, name := range append([]string{c.Alone}, c.Together...) {
			variables = append(variables, v.env(name))
		}
		diags.AddAttributeError(v.Path(c.Alone), "Conflicting credentials for "+c.Vendor,
			fmt.Sprintf("Both `%s` and `%s` are set (possibly by %s). %s", c.Alone, strings.Join(c.Together, "` or `"), orList(variables), c.WhichToKeep))
	case isSet(c.Alone):
	case first < 0:
		diags.Append(v.MissingError(c.None, c.NoneSet...))
	default:
		why := cmp.Or(c.Incomplete, fmt.Sprintf("`%s` alone is not enough.", c.Together[first]))
		for _, name := range slices.Concat(c.Besides, c.Together) {
			if !isSet(name) {
				diags.Append(v.MissingError(why, name))
			}
		}
	}
	return diags
}

// orList is "a", "a or b", "a, b or c".
func orList(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
