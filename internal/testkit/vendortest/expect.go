package vendortest

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// RequireNoDrift expects that a refresh says nothing, and that the plan is empty before and after it. Where the refresh changes
// nothing, the two plans are one.
func (f *Fixture) RequireNoDrift(state protocoltest.State, config tfconfig.Object) protocoltest.State {
	f.Helper()
	refreshed, diags := f.Refresh(state)
	if len(diags) > 0 {
		f.Fatalf("refresh: %s", diags)
	}
	if !refreshed.Raw.Equal(state.Raw) || !bytes.Equal(refreshed.Private, state.Private) {
		f.RequireEmptyPlan(state, config)
	}
	f.RequireEmptyPlan(refreshed, config)
	return refreshed
}

// RequireEmptyPlan expects a plan that is empty, without a word, and one that Terraform's core accepts.
func (f *Fixture) RequireEmptyPlan(state protocoltest.State, config tfconfig.Object) {
	f.Helper()
	if diags := f.Validate(config); diags.HasError() {
		f.Fatalf("validate: %s", diags)
	}
	plan := f.Plan(state, config)
	before, after := state.Attributes(), plan.PlannedAttributes()
	if plan.Action != protocoltest.Nothing || len(plan.Diagnostics) > 0 {
		f.Fatalf("plan: %s because of %v, %s\n%s", plan.Action, plan.Because, plan.Diagnostics, differences(before, after))
	}
	for _, path := range tfconfig.LeafPaths(config) {
		written, planned, held := tfconfig.Lookup(config, path), tfconfig.Lookup(after, path), tfconfig.Lookup(before, path)
		if f.Server.IsWriteOnly(f.vendor.Type(), path) {
			written = nil
			if planned != nil {
				f.Errorf("the plan holds %v for the write-only %s", planned, path)
			}
		}
		if written != nil && !tfconfig.Equal(written, planned) && (held == nil || !reflect.DeepEqual(planned, held)) {
			f.Errorf("Provider produced invalid plan: %s is %v, neither the configuration's %v nor the state's %v", path, planned, written, held)
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
func (f *Fixture) RequireReplacement(state protocoltest.State, config tfconfig.Object, because []string, words ...string) protocoltest.Plan {
	f.Helper()
	plan := f.Plan(state, config)
	slices.Sort(plan.Because)
	if plan.HasError() || plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, because) {
		f.Errorf("plan: %s because of %q, want a replacement because of %q %s", plan.Action, plan.Because, because, plan.Errors())
	}
	f.RequireText(plan.Warnings(), append(words, state.Text("id"), state.Text("url"))...)
	return plan
}

// RequireErrors expects errors, all at the attribute ("" for none), whose text has every one of the words.
func (f *Fixture) RequireErrors(diags protocoltest.Diagnostics, attribute string, words ...string) {
	f.Helper()
	if !diags.HasError() {
		f.Errorf("no error, only %q", diags)
	}
	for _, d := range diags.Errors() {
		if d.Attribute != attribute {
			f.Errorf("error at %q, want %q: %s", d.Attribute, attribute, d.Summary)
		}
	}
	f.RequireText(diags.Errors(), words...)
}

// RequireText expects every one of the words in the diagnostics' text.
func (f *Fixture) RequireText(diags protocoltest.Diagnostics, words ...string) {
	f.Helper()
	for _, word := range words {
		if !strings.Contains(diags.String(), word) {
			f.Errorf("%q is missing in:\n%s", word, diags)
		}
	}
}

// CallCount is the number of the vendor's calls of one kind that the sandbox received.
func (f *Fixture) CallCount(op string) int { return f.Sandbox.CallCount(f.vendor.Name, op) }

// Calls are the calls that the sandbox received, in order, each by its name ("" for an unknown route), without the uncounted.
func (f *Fixture) Calls() []string {
	ops := []string{}
	for _, r := range f.Sandbox.Requests() {
		if r.Op == "" || r.Op != f.vendor.IgnoredOperation {
			ops = append(ops, r.Op)
		}
	}
	return ops
}

// RequireCalls expects that since the last time the sandbox received exactly these calls.
func (f *Fixture) RequireCalls(want ...string) {
	f.Helper()
	if got := f.Calls(); !slices.Equal(got, want) {
		f.Errorf("requests %q, want %q", got, want)
	}
	f.ResetCalls()
}

// ResetCalls starts the count of calls again; the tokens seen so far stay secrets.
func (f *Fixture) ResetCalls() {
	f.addTokens()
	f.Sandbox.ResetRequests()
}

// RequirePayable expects so many links that can be paid at the vendor.
func (f *Fixture) RequirePayable(want int) {
	f.Helper()
	if got := f.Sandbox.PayableCount(); got != want {
		f.Errorf("%d payable links at the vendor, want %d", got, want)
	}
}
