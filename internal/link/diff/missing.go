package diff

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// MissingArguments lists, sorted, the vendor's arguments (dotted paths) that an answer leaves out, in one element of a list at
// least. What lies below one of them is missing with it.
func (s Schema) MissingArguments(answer tftypes.Value) []string {
	missing := map[string]bool{}
	walk(location{}, answer, answer, func(at location, v, _ tftypes.Value) (deeper bool) {
		switch {
		case s.providerOwned[at.schemaPath] || s.vendorOwned[at.schemaPath]:
			return false
		case isEmpty(v) && at.schemaPath != "":
			missing[at.schemaPath] = true
			return false
		}
		return true
	})
	return slices.Sorted(maps.Keys(missing))
}

// TakenOnTrust lists, sorted, the arguments (dotted paths) that a plan fills in although no answer has shown them: they were missing
// at the import, and the vendor is not known to hide them.
func (s Schema) TakenOnTrust(state, plan tftypes.Value, missing []string) []string {
	if len(missing) == 0 {
		return nil
	}
	trusted := map[string]bool{}
	walk(location{}, plan, state, func(at location, plan, state tftypes.Value) (deeper bool) {
		switch {
		case s.providerOwned[at.schemaPath] || s.vendorOwned[at.schemaPath] || s.hidden[at.schemaPath] || isEmpty(plan) || !plan.IsKnown():
			return false
		case plan.Type().Is(tftypes.Object{}), plan.Type().Is(tftypes.List{}) && !isMissing(state):
			return true
		case isMissing(state) && IsWithin(missing, at.schemaPath):
			trusted[at.schemaPath] = true
		}
		return false
	})
	return slices.Sorted(maps.Keys(trusted))
}

// isMissing reports whether there is nothing at a place, or above it.
func isMissing(v tftypes.Value) bool { return v.Type() == nil || isEmpty(v) }

// LeavesOutStatus reports whether an answer leaves out something of the vendor's own that the state has, so that the link's state,
// which follows from it, may be less than the vendor knows.
func (s Schema) LeavesOutStatus(state, answer tftypes.Value) bool {
	states, answers := Attributes(state), Attributes(answer)
	for name := range s.vendorOwned {
		if !isEmpty(states[name]) && isEmpty(answers[name]) {
			return true
		}
	}
	return false
}
