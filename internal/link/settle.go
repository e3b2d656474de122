package link

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// created merges the plan of a new link with the vendor's answer: what was planned stays as written (Terraform demands
// it), what was unknown is the answer's. echo records where the vendor wrote something else, so that a refresh does not
// take its spelling for a change.
func (s shape) created(plan, answer tftypes.Value) (tftypes.Value, map[string]string) {
	echo := map[string]string{}
	return s.settle(spot{}, plan, answer, rule{keep: func(p spot, written, answer tftypes.Value) bool {
		if !s.held[p.name] && !s.answered[p.name] && !(s.hidden[p.name] && answer.IsNull()) {
			echo[p.exact] = s.spelling(p, known(written), answer)
		}
		return true
	}}), echo
}

// refreshed merges a link's state with a fresh answer: the answer wins, unless it hides the value, or repeats the
// spelling that it had at the create. What the configuration left out stays out, should the vendor fill it in later (a
// payer's details, say): a link cannot be changed, and a replacement because of that would be a surprise.
func (s shape) refreshed(state, answer tftypes.Value, echo map[string]string) tftypes.Value {
	return s.settle(spot{}, state, answer, rule{
		leave: func(p spot, prior tftypes.Value) bool { return prior.IsNull() && s.optional[p.name] && !s.held[p.name] },
		keep: func(p spot, prior, answer tftypes.Value) bool {
			switch {
			case s.held[p.name]:
				return !prior.IsNull()
			case s.hidden[p.name] && answer.IsNull():
				return true
			}
			return echo[p.exact] == s.spelling(p, prior, answer)
		},
	})
}

// rule decides where two values differ.
type rule struct {
	keep  func(p spot, prior, answer tftypes.Value) bool // at the deepest place that both have
	leave func(p spot, prior tftypes.Value) bool         // before looking deeper; nil for never
}

// settle walks both values together. Where they say the same, or nothing was known before, there is nothing to decide;
// elsewhere the rule does.
func (s shape) settle(p spot, prior, answer tftypes.Value, by rule) tftypes.Value {
	if !prior.IsKnown() {
		return answer
	}
	if prior.IsFullyKnown() && s.same(p, prior, answer) || by.leave != nil && by.leave(p, prior) {
		return prior
	}
	if !answer.IsNull() && !s.held[p.name] {
		switch {
		case prior.Type().Is(tftypes.Object{}):
			return s.settleObject(p, prior, answer, by)
		case prior.Type().Is(tftypes.List{}) && !prior.IsNull() && len(elementsOf(prior)) == len(elementsOf(answer)):
			return s.settleList(p, prior, answer, by)
		}
	}
	if by.keep(p, prior, answer) {
		return known(prior)
	}
	return answer
}

// settleObject decides attribute by attribute. An object that is null is one of nulls here, as for everything in this
// package, and stays null when nothing is put into it.
func (s shape) settleObject(p spot, prior, answer tftypes.Value, by rule) tftypes.Value {
	priors, answers := attributesOf(prior), attributesOf(answer)
	out := make(map[string]tftypes.Value, len(answers))
	filled := !prior.IsNull()
	for name, fresh := range answers {
		before, ok := priors[name]
		if !ok {
			before = tftypes.NewValue(fresh.Type(), nil)
		}
		out[name] = s.settle(p.attribute(name), before, fresh, by)
		filled = filled || !out[name].IsNull()
	}
	if !filled {
		return prior
	}
	return tftypes.NewValue(prior.Type(), out)
}

func (s shape) settleList(p spot, prior, answer tftypes.Value, by rule) tftypes.Value {
	priors, answers := elementsOf(prior), elementsOf(answer)
	out := make([]tftypes.Value, len(priors))
	for i := range priors {
		out[i] = s.settle(p.element(i), priors[i], answers[i], by)
	}
	return tftypes.NewValue(prior.Type(), out)
}

// known replaces what is still unknown by null: state holds no unknowns.
func known(v tftypes.Value) tftypes.Value {
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

// spelling stands for a value and the form in which the vendor answers it: short, and it does not say them again.
func (s shape) spelling(p spot, written, answer tftypes.Value) string {
	sum := sha256.Sum256([]byte(s.canonical(p, written) + "\n" + s.canonical(p, answer)))
	return hex.EncodeToString(sum[:8])
}

// hiddenIn lists the hidden attributes that are null in v, or lie below something that is.
func (s shape) hiddenIn(v tftypes.Value) []string {
	var out []string
	for name := range s.hidden {
		if nullAt(v, name) {
			out = append(out, name)
		}
	}
	return out
}
