package diff

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// MergeCreated merges the plan of a new link with the vendor's answer: what was planned stays as written (Terraform demands
// it), what was unknown is the answer's. echo records where the vendor wrote something else, so that a refresh does not
// take its spelling for a change.
func (s Schema) MergeCreated(plan, answer tftypes.Value) (tftypes.Value, map[string]string) {
	echo := map[string]string{}
	return s.merge(location{}, plan, answer, policy{keepPrior: func(p location, written, answer tftypes.Value) bool {
		if !s.providerOwned[p.schemaPath] && !s.vendorOwned[p.schemaPath] && !(s.hidden[p.schemaPath] && answer.IsNull()) {
			echo[p.valuePath] = s.formHash(p, WithoutUnknowns(written), answer)
		}
		return true
	}}), echo
}

// MergeRefreshed merges a link's state with a fresh answer: the answer wins, unless it hides the value, or repeats the
// spelling that it had at the create. What the configuration left out stays out, should the vendor fill it in later (a
// payer's details, say): a link cannot be changed, and a replacement because of that would be a surprise.
func (s Schema) MergeRefreshed(state, answer tftypes.Value, echo map[string]string) tftypes.Value {
	return s.merge(location{}, state, answer, policy{
		skip: func(p location, prior tftypes.Value) bool {
			return prior.IsNull() && s.optional[p.schemaPath] && !s.providerOwned[p.schemaPath]
		},
		keepPrior: func(p location, prior, answer tftypes.Value) bool {
			switch {
			case s.providerOwned[p.schemaPath]:
				return !prior.IsNull()
			case s.hidden[p.schemaPath] && answer.IsNull():
				return true
			}
			return echo[p.valuePath] == s.formHash(p, prior, answer)
		},
	})
}

// policy decides where two values differ.
type policy struct {
	keepPrior func(p location, prior, answer tftypes.Value) bool // at the deepest place that both have
	skip      func(p location, prior tftypes.Value) bool         // before looking deeper; nil for never
}

// merge walks both values together. Where they say the same, or nothing was known before, there is nothing to decide;
// elsewhere the rule does.
func (s Schema) merge(p location, prior, answer tftypes.Value, by policy) tftypes.Value {
	if !prior.IsKnown() {
		return answer
	}
	if prior.IsFullyKnown() && s.equal(p, prior, answer) || by.skip != nil && by.skip(p, prior) {
		return prior
	}
	if !answer.IsNull() && !s.providerOwned[p.schemaPath] {
		switch {
		case prior.Type().Is(tftypes.Object{}):
			return s.mergeObject(p, prior, answer, by)
		case prior.Type().Is(tftypes.List{}) && !prior.IsNull() && len(Elements(prior)) == len(Elements(answer)):
			return s.mergeList(p, prior, answer, by)
		}
	}
	if by.keepPrior(p, prior, answer) {
		return WithoutUnknowns(prior)
	}
	return answer
}

// mergeObject decides attribute by attribute. An object that is null is one of nulls here, as for everything in this
// package, and stays null when nothing is put into it.
func (s Schema) mergeObject(p location, prior, answer tftypes.Value, by policy) tftypes.Value {
	priors, answers := Attributes(prior), Attributes(answer)
	out := make(map[string]tftypes.Value, len(answers))
	filled := !prior.IsNull()
	for name, fresh := range answers {
		before, ok := priors[name]
		if !ok {
			before = tftypes.NewValue(fresh.Type(), nil)
		}
		out[name] = s.merge(p.attribute(name), before, fresh, by)
		filled = filled || !out[name].IsNull()
	}
	if !filled {
		return prior
	}
	return tftypes.NewValue(prior.Type(), out)
}

func (s Schema) mergeList(p location, prior, answer tftypes.Value, by policy) tftypes.Value {
	priors, answers := Elements(prior), Elements(answer)
	out := make([]tftypes.Value, len(priors))
	for i := range priors {
		out[i] = s.merge(p.element(i), priors[i], answers[i], by)
	}
	return tftypes.NewValue(prior.Type(), out)
}

// WithoutUnknowns replaces what is still unknown by null: state holds no unknowns.
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

// formHash stands for a value and the form in which the vendor answers it: short, and it does not say them again.
func (s Schema) formHash(p location, written, answer tftypes.Value) string {
	sum := sha256.Sum256([]byte(s.canonical(p, written) + "\n" + s.canonical(p, answer)))
	return hex.EncodeToString(sum[:8])
}

// HiddenNulls lists the hidden attributes that are null in v, or lie below something that is.
func (s Schema) HiddenNulls(v tftypes.Value) []string {
	var out []string
	for name := range s.hidden {
		if IsNullAt(v, name) {
			out = append(out, name)
		}
	}
	return out
}
