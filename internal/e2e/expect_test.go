package e2e_test

import (
	"encoding/json"
	"maps"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// perVendor is one text for each vendor: an action, words of a warning, calls.
type perVendor = map[string]string

// forEach is a text for every vendor for which it is not "".
func forEach(text func(descriptor.Descriptor) string) perVendor {
	out := perVendor{}
	for _, d := range descriptor.All() {
		if t := text(d); t != "" {
			out[d.Name] = t
		}
	}
	return out
}

// all is the same text for every vendor.
func all(text string) perVendor {
	out := perVendor{}
	for _, d := range descriptor.All() {
		out[d.Name] = text
	}
	return out
}

// What follows from the row of the lifecycle table in which a link is.

// firstRow is the first row in a state; false where the vendor has none.
func firstRow(d descriptor.Descriptor, state lifecycle.State) (lifecycle.Row, bool) {
	for _, row := range d.Lifecycle.Rows {
		if row.State == state {
			return row, true
		}
	}
	return lifecycle.Row{}, false
}

// openRow is that of a new link, or of one that can be paid.
func openRow(d descriptor.Descriptor, payable bool) lifecycle.Row {
	status := d.Lifecycle.InitialStatus
	if payable && d.Activation != nil {
		status = d.Activation.Active
	}
	var out lifecycle.Row
	for _, row := range d.Lifecycle.Rows { // of several, the one with time left
		for _, s := range row.Statuses {
			if s == status && row.State == lifecycle.Open {
				out = row
			}
		}
	}
	return out
}

func paidRow(d descriptor.Descriptor) (lifecycle.Row, bool) { return firstRow(d, lifecycle.Paid) }

// endedRow is that of a link that was ended at its vendor: deleted, where that is how it ends.
func endedRow(d descriptor.Descriptor) (lifecycle.Row, bool) { return firstRow(d, lifecycle.Revoked) }

func goneRow(d descriptor.Descriptor) (lifecycle.Row, bool) {
	for _, row := range d.Lifecycle.Rows {
		if row.Gone() {
			return row, true
		}
	}
	return lifecycle.Row{}, false
}

// destroyed is how a destroy of a link in a row goes; stale: the state is from before.
func destroyed(d descriptor.Descriptor, row lifecycle.Row, stale bool) lifecycle.ExpectedDestroy {
	return row.DestroyOutcome(d.Lifecycle, d.Lifecycle.OnDestroy[0], !stale).Expected()
}

// revokes are the writes of a destroy: the vendor's call that ends a link, or "".
func revokes(d descriptor.Descriptor, want lifecycle.ExpectedDestroy) string {
	for _, call := range want.Calls {
		if call == "end" {
			return d.Operations.Revoke
		}
	}
	return ""
}

// applyWarning is what the apply of a destroy warns of; "" for nothing.
func applyWarning(want lifecycle.ExpectedDestroy) string {
	if want.ApplySeverity == lifecycle.Warning {
		return want.Text
	}
	return ""
}

// joinCalls are calls in their order, without those that are "".
func joinCalls(calls ...string) string {
	return strings.Join(strings.Fields(strings.Join(calls, " ")), " ")
}

// actions and warnings are those of the next plan, over links in rows.
func planned(row lifecycle.Row, d descriptor.Descriptor) (action, warning string) {
	switch row.PlanOutcome(d.Lifecycle.ReplaceWhen) {
	case lifecycle.PlanWarn:
		return "", "payment link is " + string(row.State)
	case lifecycle.PlanReplace:
		return "replace", "will be replaced"
	case lifecycle.PlanRecreate:
		return "create", "no longer exists"
	case lifecycle.PlanKeep:
		return "", "no longer exists"
	}
	return "", ""
}

// requireActions expects what a plan does; vendors that are left out have no change.
func (f *fixture) requireActions(report workspace.Report, want perVendor) {
	f.Helper()
	got := perVendor{}
	for at, action := range report.Actions {
		vendor, _, _ := strings.Cut(strings.TrimPrefix(at, "paymentlinks_"), "_link.")
		got[vendor] = action
	}
	if !maps.Equal(got, want) {
		f.Errorf("the plan does %v, want %v", got, want)
	}
}

// requireWarnings expects a warning for each of the vendors, which names the link by id and URL and has the words, and no
// other.
func (f *fixture) requireWarnings(report workspace.Report, of map[string]vendorapi.Link, want perVendor) {
	f.Helper()
	got := perVendor{}
	for _, warning := range report.Warnings() {
		vendor := ""
		for name, link := range of {
			if strings.Contains(warning.Detail, link.ID) && strings.Contains(warning.Detail, link.URL) {
				vendor = name
			}
		}
		words, expected := want[vendor]
		if !expected || !strings.Contains(warning.Summary+" "+warning.Detail, words) {
			f.Errorf("not expected, or it does not name its link: %s", warning)
			continue
		}
		got[vendor] = words
	}
	if !maps.Equal(got, want) {
		f.Errorf("warnings for %v, want %v:\n%s", got, want, report.Diagnostics)
	}
}

// requireSettled expects that a refresh and a plan find nothing to do and nothing to say.
func (f *fixture) requireSettled() {
	f.Helper()
	report := f.plan()
	f.requireActions(report, perVendor{})
	f.requireWarnings(report, nil, perVendor{})
}

// requireWrites expects the calls that changed something at a vendor, or should have, in their order; vendors that are left
// out got none.
func (f *fixture) requireWrites(want perVendor) {
	f.Helper()
	got := perVendor{}
	for _, r := range f.box.Requests() {
		d, _ := descriptor.ByName(r.Vendor)
		if r.Method != "GET" && r.Op != d.Operations.Token {
			got[r.Vendor] = joinCalls(got[r.Vendor], r.Op)
		}
	}
	if !maps.Equal(got, want) {
		f.Errorf("the vendors were asked to %v, want %v", got, want)
	}
}

// requirePayable expects how many links somebody could pay at each vendor.
func (f *fixture) requirePayable(want func(descriptor.Descriptor) int) {
	f.Helper()
	for _, d := range descriptor.All() {
		if got := f.of(d).PayableCount(); got != want(d) {
			f.Errorf("%d links can be paid at %s, want %d: %+v", got, d.Name, want(d), f.held(d))
		}
	}
}

// payableWhenNew is 1 where a new link of Config can be paid at once, and 0 where it has to be activated.
func payableWhenNew(d descriptor.Descriptor) int {
	if d.Activation != nil {
		return 0
	}
	return 1
}

// payableAfter is how many of one open link can be paid once it was destroyed.
func payableAfter(d descriptor.Descriptor, want lifecycle.ExpectedDestroy) int {
	if want.Ends {
		return 0
	}
	return 1
}

// requireManaged expects that the state holds these links and no others.
func (f *fixture) requireManaged(want map[string]vendorapi.Link) {
	f.Helper()
	resources, err := f.w.State(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	got, ids := perVendor{}, perVendor{}
	for _, each := range resources {
		var values struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(each.Values, &values); err != nil {
			f.Fatal(err)
		}
		got[strings.TrimSuffix(strings.TrimPrefix(each.Type, "paymentlinks_"), "_link")] = values.ID
	}
	for vendor, link := range want {
		ids[vendor] = link.ID
	}
	if len(resources) != len(want) || !maps.Equal(got, ids) {
		f.Errorf("the state holds %v, want %v", got, ids)
	}
}

// mentions tells whether one diagnostic has all the words.
func mentions(report workspace.Report, words ...string) bool {
	for _, each := range report.Diagnostics {
		found := 0
		for _, word := range words {
			if strings.Contains(each.String(), word) {
				found++
			}
		}
		if found == len(words) {
			return true
		}
	}
	return false
}

// requireText expects each part in what was printed.
func (f *fixture) requireText(printed string, parts ...string) {
	f.Helper()
	for _, part := range parts {
		if !strings.Contains(printed, part) {
			f.Errorf("%q is missing in:\n%s", part, printed)
		}
	}
}
