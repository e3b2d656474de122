package diff

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// KeepEqual returns the plan with the state's form of each value that is equal and that both have, so that another way to write it
// shows no difference. Terraform takes a planned value only if it is the configuration's or the state's: what is null on one side stays.
func (s Schema) KeepEqual(state, plan tftypes.Value) tftypes.Value {
	return s.keepEqual(location{}, state, plan)
}

func (s Schema) keepEqual(at location, state, plan tftypes.Value) tftypes.Value {
	switch {
	case state.Type() == nil || state.IsNull() || !state.IsKnown() || plan.IsNull() || !plan.IsKnown():
		return plan
	case plan.Type().Is(tftypes.Object{}):
		states, out := Attributes(state), maps.Clone(Attributes(plan))
		for name, nested := range out {
			out[name] = s.keepEqual(at.attribute(name), states[name], nested)
		}
		return tftypes.NewValue(plan.Type(), out)
	case plan.Type().Is(tftypes.List{}):
		states, out := Elements(state), slices.Clone(Elements(plan))
		for i := range out[:min(len(states), len(out))] {
			out[i] = s.keepEqual(at.element(i), states[i], out[i])
		}
		return tftypes.NewValue(plan.Type(), out)
	case plan.IsFullyKnown() && s.equal(at, state, plan):
		return state
	}
	return plan
}
