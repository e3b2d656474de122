package conomy_test

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
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
		b.Fatalf("plan: %s because of %v, %s\nstate  %v\nplanned %v", plan.Action, plan.Because, plan.Diagnostics, plain(state.Get), plain(plan.Planned))
	}
	for _, path := range leaves("", config) {
		written, planned := at(config, path), plan.Planned(path)
		held := state.Get(path)
		if written != nil && !equal(written, planned) && (held == nil || !reflect.DeepEqual(planned, held)) {
			b.Errorf("Provider produced invalid plan: %s is %v, neither the configuration's %v nor the state's %v", path, planned, written, held)
		}
	}
}

// plain shows the attributes that matter in a failure.
func plain(get func(string) any) object {
	out := object{}
	for _, name := range []string{"checkout_token", "items", "payment_methods_allowed", "destinations", "owner", "duration", "activate", "state", "status"} {
		out[name] = get(name)
	}
	return out
}

// equal compares a configured value with one of a state, which holds numbers as text.
func equal(written, held any) bool {
	if n, ok := written.(int); ok {
		written = strconv.Itoa(n)
	}
	return reflect.DeepEqual(written, held)
}

// ops are the calls that the sandbox received, in order, each by its name ("" for an unknown route), but for those for a
// token.
func (b *bench) ops() []string {
	ops := []string{}
	for _, r := range b.env.Requests() {
		if r.Op != "token" {
			ops = append(ops, r.Op)
		}
	}
	return ops
}

// asked: since the last time, the sandbox received exactly these calls.
func (b *bench) asked(want ...string) {
	b.Helper()
	if got := b.ops(); !slices.Equal(got, want) {
		b.Errorf("requests %q, want %q", got, want)
	}
	b.env.ResetRequests()
}

// holds: the vendor has so many links.
func (b *bench) holds(want int) {
	b.Helper()
	if got := len(b.env.Conomy.Links()); got != want {
		b.Errorf("%d links at the vendor, want %d", got, want)
	}
}

// held is the vendor's own view of a link.
func (b *bench) held(state acctest.State) sandbox.ConomyLink {
	b.Helper()
	for _, l := range b.env.Conomy.Links() {
		if l.ID == state.Text("id") {
			return l
		}
	}
	b.Fatalf("the vendor has no link %s", state.Text("id"))
	return sandbox.ConomyLink{}
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
