package powens_test

import (
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
)

// quiet: a refresh says nothing, and the plan is empty.
func (b *bench) quiet(state acctest.State, config object) acctest.State {
	b.Helper()
	b.still(state, config)
	state, diags := b.refresh(state)
	if len(diags) > 0 {
		b.Fatalf("refresh: %s", diags)
	}
	b.still(state, config)
	return state
}

// still: the plan is empty, without a word, and one that Terraform's core accepts.
func (b *bench) still(state acctest.State, config object) {
	b.Helper()
	if diags := b.note(b.server.Validate(typeName, config)); diags.HasError() {
		b.Fatalf("validate: %s", diags)
	}
	plan := b.plan(state, config)
	if plan.Action != acctest.Nothing || len(plan.Diagnostics) > 0 {
		b.Fatalf("plan: %s because of %v, %s\ndiffers: %q", plan.Action, plan.Because, plan.Diagnostics, differing(state, plan))
	}
	for _, path := range leaves("", config) {
		if written, planned, held := at(config, path), plan.Planned(path), state.Get(path); written != nil && top(path) != "timeouts" && top(path) != "replace_when" &&
			!equal(written, planned) && (held == nil || planned != held) {
			b.Errorf("Provider produced invalid plan: %s is %v, neither the configuration's %v nor the state's %v", path, planned, written, held)
		}
	}
}

// differing lists the attributes that a plan changes.
func differing(state acctest.State, plan acctest.Plan) []string {
	var out []string
	for _, path := range leaves("", full()) {
		if before, after := state.Get(path), plan.Planned(path); before != after {
			out = append(out, path)
		}
	}
	return out
}

// asked: since the last time, the sandbox received exactly these calls. Tokens are left out: tokens_test.go counts them.
func (b *bench) asked(want ...string) {
	b.Helper()
	got := []string{}
	for _, r := range b.env.Requests() {
		if r.Op != "token" {
			got = append(got, r.Op)
		}
	}
	if !slices.Equal(got, want) {
		b.Errorf("requests %q, want %q", got, want)
	}
	b.forget()
}

// forget starts counting anew; the tokens seen so far stay secrets.
func (b *bench) forget() {
	for _, r := range b.env.Requests() {
		if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			b.plant(token)
		}
	}
	b.env.ResetRequests()
}

// payable: so many links can be paid at the vendor.
func (b *bench) payable(want int) {
	b.Helper()
	if got := b.env.Powens.Payable(); got != want {
		b.Errorf("%d payable links at the vendor, want %d", got, want)
	}
}

// says: there are errors, all at the attribute ("" for none), and their text has every one of the words.
func (b *bench) says(diags acctest.Diagnostics, attribute string, words ...string) {
	b.Helper()
	if !diags.HasError() {
		b.Errorf("no error, only %q", diags)
	}
	for _, d := range diags.Errors() {
		if d.Attribute != attribute {
			b.Errorf("error at %q, want %q: %s", d.Attribute, attribute, d.Summary)
		}
	}
	b.has(diags.Errors(), words...)
}

func (b *bench) has(diags acctest.Diagnostics, words ...string) {
	b.Helper()
	for _, word := range words {
		if !strings.Contains(diags.String(), word) {
			b.Errorf("%q is missing in:\n%s", word, diags)
		}
	}
}
