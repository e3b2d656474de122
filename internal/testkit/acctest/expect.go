package acctest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// RequireNoDrift expects that a refresh says nothing, and that the plan is empty before and after it.
func (h *Harness) RequireNoDrift(state protocoltest.State, config tfconfig.Object) protocoltest.State {
	h.Helper()
	h.RequireEmptyPlan(state, config)
	state, diags := h.Refresh(state)
	if len(diags) > 0 {
		h.Fatalf("refresh: %s", diags)
	}
	h.RequireEmptyPlan(state, config)
	return state
}

// RequireEmptyPlan expects a plan that is empty, without a word, and one that Terraform's core accepts.
func (h *Harness) RequireEmptyPlan(state protocoltest.State, config tfconfig.Object) {
	h.Helper()
	if diags := h.Record(h.Server.Validate(h.vendor.Type(), config)); diags.HasError() {
		h.Fatalf("validate: %s", diags)
	}
	plan := h.Plan(state, config)
	if plan.Action != protocoltest.Nothing || len(plan.Diagnostics) > 0 {
		h.Fatalf("plan: %s because of %v, %s\n%s", plan.Action, plan.Because, plan.Diagnostics, differences(state.Attributes(), plan.PlannedAttributes()))
	}
	before, after := state.Attributes(), plan.PlannedAttributes()
	for _, path := range tfconfig.LeafPaths(config) {
		written, planned, held := tfconfig.Lookup(config, path), tfconfig.Lookup(after, path), tfconfig.Lookup(before, path)
		if h.vendor.WriteOnlyAttribute != "" && strings.HasPrefix(path, h.vendor.WriteOnlyAttribute+".") {
			written = nil
			if planned != nil {
				h.Errorf("the plan holds %v for the write-only %s", planned, path)
			}
		}
		if written != nil && !tfconfig.Equal(written, planned) && (held == nil || !reflect.DeepEqual(planned, held)) {
			h.Errorf("Provider produced invalid plan: %s is %v, neither the configuration's %v nor the state's %v", path, planned, written, held)
		}
	}
}

// differences lists what a plan changes, for a failure's text.
func differences(before, after any) string {
	paths := slices.Concat(tfconfig.LeafPaths(before), tfconfig.LeafPaths(after))
	slices.Sort(paths)
	var out strings.Builder
	for _, path := range slices.Compact(paths) {
		if was, will := tfconfig.Lookup(before, path), tfconfig.Lookup(after, path); !reflect.DeepEqual(was, will) {
			fmt.Fprintf(&out, "%s: %v, planned %v\n", path, was, will)
		}
	}
	return out.String()
}

// RequireReplacement expects a plan that replaces because of exactly these attributes, and that warns of the old link's id and URL
// with every one of the words.
func (h *Harness) RequireReplacement(state protocoltest.State, config tfconfig.Object, because []string, words ...string) protocoltest.Plan {
	h.Helper()
	plan := h.Plan(state, config)
	slices.Sort(plan.Because)
	if plan.HasError() || plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, because) {
		h.Errorf("plan: %s because of %q, want a replacement because of %q %s", plan.Action, plan.Because, because, plan.Errors())
	}
	h.RequireText(plan.Warnings(), append(words, state.Text("id"), state.Text("url"))...)
	return plan
}

// RequireErrors expects errors, all at the attribute ("" for none), whose text has every one of the words.
func (h *Harness) RequireErrors(diags protocoltest.Diagnostics, attribute string, words ...string) {
	h.Helper()
	if !diags.HasError() {
		h.Errorf("no error, only %q", diags)
	}
	for _, d := range diags.Errors() {
		if d.Attribute != attribute {
			h.Errorf("error at %q, want %q: %s", d.Attribute, attribute, d.Summary)
		}
	}
	h.RequireText(diags.Errors(), words...)
}

// RequireText expects every one of the words in the diagnostics' text.
func (h *Harness) RequireText(diags protocoltest.Diagnostics, words ...string) {
	h.Helper()
	for _, word := range words {
		if !strings.Contains(diags.String(), word) {
			h.Errorf("%q is missing in:\n%s", word, diags)
		}
	}
}

// CallCount is the number of the vendor's calls of one kind that the sandbox received.
func (h *Harness) CallCount(op string) int { return h.Sandbox.CallCount(h.vendor.Name, op) }

// Calls are the calls that the sandbox received, in order, each by its name ("" for an unknown route), without the uncounted.
func (h *Harness) Calls() []string {
	ops := []string{}
	for _, r := range h.Sandbox.Requests() {
		if r.Op == "" || r.Op != h.vendor.IgnoredOperation {
			ops = append(ops, r.Op)
		}
	}
	return ops
}

// RequireCalls expects that since the last time the sandbox received exactly these calls.
func (h *Harness) RequireCalls(want ...string) {
	h.Helper()
	if got := h.Calls(); !slices.Equal(got, want) {
		h.Errorf("requests %q, want %q", got, want)
	}
	h.ResetCalls()
}

// ResetCalls starts the count of calls anew; the tokens seen so far stay secrets.
func (h *Harness) ResetCalls() {
	h.addTokens()
	h.Sandbox.ResetRequests()
}

// RequirePayable expects so many links that can be paid at the vendor.
func (h *Harness) RequirePayable(want int) {
	h.Helper()
	if got := h.Sandbox.PayableCount(); got != want {
		h.Errorf("%d payable links at the vendor, want %d", got, want)
	}
}
