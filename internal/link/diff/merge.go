package diff

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// MergeCreated merges the plan of a new link with the vendor's answer. A known planned value stays as it is, as Terraform
// demands; an unknown one becomes the answer's. vendorForms records, by value path, where the vendor answered another form
// than was planned, so that MergeRefreshed does not take that form for drift. What the answer leaves out has none.
func (s Schema) MergeCreated(plan, answer tftypes.Value) (merged tftypes.Value, vendorForms map[string]string) {
	vendorForms = map[string]string{}
	merged = s.merge(location{}, plan, answer, mergePolicy{keepPrior: func(at location, planned, answer tftypes.Value) bool {
		if !s.providerOwned[at.schemaPath] && !s.vendorOwned[at.schemaPath] && !isEmpty(answer) {
			vendorForms[at.valuePath] = s.formHash(at, WithoutUnknowns(planned), answer)
		}
		return true
	}})
	return merged, vendorForms
}

// MergeRefreshed merges a link's state with a later answer. Another value of the answer wins, unless it is the form that vendorForms
// recorded at the create. What the answer leaves out proves nothing, and stays as the state has it. An optional attribute that is
// null in state stays null even if the vendor fills it in later (a payer's details, say): a link cannot be changed, and nobody asked
// to replace it.
func (s Schema) MergeRefreshed(state, answer tftypes.Value, vendorForms map[string]string) tftypes.Value {
	return s.merge(location{}, state, answer, mergePolicy{
		keepNull: func(at location) bool { return s.optional[at.schemaPath] && !s.providerOwned[at.schemaPath] },
		keepPrior: func(at location, prior, answer tftypes.Value) bool {
			if s.providerOwned[at.schemaPath] {
				return !prior.IsNull()
			}
			return isEmpty(answer) || vendorForms[at.valuePath] == s.formHash(at, prior, answer)
		},
	})
}

// mergePolicy decides which of two different values a merge takes.
type mergePolicy struct {
	keepNull  func(at location) bool                              // a null prior value stays null; nil for never
	keepPrior func(at location, prior, answer tftypes.Value) bool // at the deepest location that both values have
}

// merge walks both values together. Equal values keep the prior form, and an unknown prior value takes the answer's; elsewhere
// the policy decides.
func (s Schema) merge(at location, prior, answer tftypes.Value, policy mergePolicy) tftypes.Value {
	if !prior.IsKnown() {
		return answer
	}
	if policy.keepNull != nil && prior.IsNull() && policy.keepNull(at) {
		return prior
	}
	if !answer.IsNull() && !s.providerOwned[at.schemaPath] { // what follows for the whole follows for each part
		switch {
		case prior.Type().Is(tftypes.Object{}):
			return s.mergeObject(at, prior, answer, policy)
		case prior.Type().Is(tftypes.List{}) && !prior.IsNull() && len(Elements(prior)) == len(Elements(answer)):
			return s.mergeList(at, prior, answer, policy)
		}
	}
	if prior.IsFullyKnown() && s.equal(at, prior, answer) {
		return prior
	}
	if policy.keepPrior(at, prior, answer) {
		return WithoutUnknowns(prior)
	}
	return answer
}

// mergeObject merges attribute by attribute. A null object counts as an object of nulls, and stays null when every merged
// attribute is null.
func (s Schema) mergeObject(at location, prior, answer tftypes.Value, policy mergePolicy) tftypes.Value {
	priors, answers := Attributes(prior), Attributes(answer)
	out := make(map[string]tftypes.Value, len(answers))
	filled := !prior.IsNull()
	for name, fresh := range answers {
		before := orNull(priors, name, fresh.Type())
		if tfvalue.Identical(before, fresh) { // as most are; without a path for each
			out[name] = before
			filled = filled || !before.IsNull()
			continue
		}
		out[name] = s.merge(at.attribute(name), before, fresh, policy)
		filled = filled || !out[name].IsNull()
	}
	if !filled {
		return prior
	}
	return tftypes.NewValue(prior.Type(), out)
}

func (s Schema) mergeList(at location, prior, answer tftypes.Value, policy mergePolicy) tftypes.Value {
	priors, answers := Elements(prior), Elements(answer)
	out := make([]tftypes.Value, len(priors))
	for i := range priors {
		out[i] = s.merge(at.element(i), priors[i], answers[i], policy)
	}
	return tftypes.NewValue(prior.Type(), out)
}

// WithoutUnknowns replaces unknown values by null: state holds no unknowns.
func WithoutUnknowns(v tftypes.Value) tftypes.Value {
	if v.IsFullyKnown() {
		return v
	}
	out, err := tftypes.Transform(v, func(_ *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if v.IsKnown() {
			return v, nil
		}
		return tftypes.NewValue(v.Type(), nil), nil
	})
	if err != nil { // the function above returns none
		return tftypes.NewValue(v.Type(), nil)
	}
	return out
}

// formHash identifies a value together with the form in which the vendor answers it. It is a hash, so that private state
// repeats no payer's data.
func (s Schema) formHash(at location, planned, answer tftypes.Value) string {
	sum := sha256.Sum256([]byte(s.canonical(at, planned) + "\n" + s.canonical(at, answer)))
	return hex.EncodeToString(sum[:8])
}

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
