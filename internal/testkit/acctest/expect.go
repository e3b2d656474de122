package acctest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Quiet expects that a refresh says nothing, and that the plan is empty before and after it.
func (b *Bench) Quiet(state State, config Object) State {
	b.Helper()
	b.Still(state, config)
	state, diags := b.Refresh(state)
	if len(diags) > 0 {
		b.Fatalf("refresh: %s", diags)
	}
	b.Still(state, config)
	return state
}

// Still expects a plan that is empty, without a word, and one that Terraform's core accepts.
func (b *Bench) Still(state State, config Object) {
	b.Helper()
	if diags := b.Note(b.Server.Validate(b.vendor.Type(), config)); diags.HasError() {
		b.Fatalf("validate: %s", diags)
	}
	plan := b.Plan(state, config)
	if plan.Action != Nothing || len(plan.Diagnostics) > 0 {
		b.Fatalf("plan: %s because of %v, %s\n%s", plan.Action, plan.Because, plan.Diagnostics, differing(plain(state.Raw), plain(plan.planned)))
	}
	for _, path := range Leaves(config) {
		written, planned, held := At(config, path), plan.Planned(path), state.Get(path)
		if b.vendor.WriteOnly != "" && strings.HasPrefix(path, b.vendor.WriteOnly+".") {
			written = nil
			if planned != nil {
				b.Errorf("the plan holds %v for the write-only %s", planned, path)
			}
		}
		if written != nil && !Equal(written, planned) && (held == nil || !reflect.DeepEqual(planned, held)) {
			b.Errorf("Provider produced invalid plan: %s is %v, neither the configuration's %v nor the state's %v", path, planned, written, held)
		}
	}
}

// differing lists what a plan changes, for a failure's text.
func differing(before, after any) string {
	paths := slices.Concat(Leaves(before), Leaves(after))
	slices.Sort(paths)
	var out strings.Builder
	for _, path := range slices.Compact(paths) {
		if was, will := At(before, path), At(after, path); !reflect.DeepEqual(was, will) {
			fmt.Fprintf(&out, "%s: %v, planned %v\n", path, was, will)
		}
	}
	return out.String()
}

// Replaced expects a plan that replaces because of exactly these attributes, and that warns of the old link's id and URL
// with every one of the words.
func (b *Bench) Replaced(state State, config Object, because []string, words ...string) Plan {
	b.Helper()
	plan := b.Plan(state, config)
	slices.Sort(plan.Because)
	if plan.HasError() || plan.Action != Replace || !slices.Equal(plan.Because, because) {
		b.Errorf("plan: %s because of %q, want a replacement because of %q %s", plan.Action, plan.Because, because, plan.Errors())
	}
	b.Has(plan.Warnings(), append(words, state.Text("id"), state.Text("url"))...)
	return plan
}

// Says expects errors, all at the attribute ("" for none), whose text has every one of the words.
func (b *Bench) Says(diags Diagnostics, attribute string, words ...string) {
	b.Helper()
	if !diags.HasError() {
		b.Errorf("no error, only %q", diags)
	}
	for _, d := range diags.Errors() {
		if d.Attribute != attribute {
			b.Errorf("error at %q, want %q: %s", d.Attribute, attribute, d.Summary)
		}
	}
	b.Has(diags.Errors(), words...)
}

// Has expects every one of the words in the diagnostics' text.
func (b *Bench) Has(diags Diagnostics, words ...string) {
	b.Helper()
	for _, word := range words {
		if !strings.Contains(diags.String(), word) {
			b.Errorf("%q is missing in:\n%s", word, diags)
		}
	}
}

// Count is the number of the vendor's calls of one kind that the sandbox received.
func (b *Bench) Count(op string) int { return b.Sandbox.Count(b.vendor.Name, op) }

// Ops are the calls that the sandbox received, in order, each by its name ("" for an unknown route), without the uncounted.
func (b *Bench) Ops() []string {
	ops := []string{}
	for _, r := range b.Sandbox.Requests() {
		if r.Op == "" || r.Op != b.vendor.Uncounted {
			ops = append(ops, r.Op)
		}
	}
	return ops
}

// Asked expects that since the last time the sandbox received exactly these calls.
func (b *Bench) Asked(want ...string) {
	b.Helper()
	if got := b.Ops(); !slices.Equal(got, want) {
		b.Errorf("requests %q, want %q", got, want)
	}
	b.Forget()
}

// Forget starts the count of calls anew; the tokens seen so far stay secrets.
func (b *Bench) Forget() {
	b.plantTokens()
	b.Sandbox.ResetRequests()
}

// Payable expects so many links that can be paid at the vendor.
func (b *Bench) Payable(want int) {
	b.Helper()
	if got := b.Sandbox.Payable(); got != want {
		b.Errorf("%d payable links at the vendor, want %d", got, want)
	}
}
