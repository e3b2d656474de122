package provider_test

import (
	"encoding/json"
	"maps"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// byVendor is one text for each vendor: an action, words of a warning, calls.
type byVendor = map[string]string

// all is the same text for every vendor.
func all(text string) byVendor {
	out := byVendor{}
	for _, c := range vendorCases {
		out[c.vendor] = text
	}
	return out
}

// links are the vendors' newest links, by vendor.
func (r *rig) links() map[string]vendorapi.Link {
	r.t.Helper()
	out := map[string]vendorapi.Link{}
	for _, c := range vendorCases {
		out[c.vendor] = r.newest(c.vendor)
	}
	return out
}

// does expects what a plan does; vendors that are left out have no change.
func (r *rig) does(report workspace.Report, want byVendor) {
	r.t.Helper()
	got := byVendor{}
	for at, action := range report.Actions {
		vendor, _, _ := strings.Cut(strings.TrimPrefix(at, "paymentlinks_"), "_link.")
		got[vendor] = action
	}
	if !maps.Equal(got, want) {
		r.t.Errorf("the plan does %v, want %v", got, want)
	}
}

// warns expects a warning for each of the vendors, which names the link by id and URL and has the words, and no other.
func (r *rig) warns(report workspace.Report, of map[string]vendorapi.Link, want byVendor) {
	r.t.Helper()
	got := byVendor{}
	for _, warning := range report.Warnings() {
		vendor := ""
		for each, link := range of {
			if strings.Contains(warning.Detail, link.ID) && strings.Contains(warning.Detail, link.URL) {
				vendor = each
			}
		}
		words, expected := want[vendor]
		if !expected || !strings.Contains(warning.Summary+" "+warning.Detail, words) {
			r.t.Errorf("not expected, or it does not name its link: %s", warning)
			continue
		}
		got[vendor] = words
	}
	if !maps.Equal(got, want) {
		r.t.Errorf("warnings for %v, want %v:\n%s", got, want, report.Diagnostics)
	}
}

// settled expects that a refresh and a plan find nothing to do and nothing to say.
func (r *rig) settled() {
	r.t.Helper()
	report := r.plan()
	r.does(report, byVendor{})
	r.warns(report, nil, byVendor{})
}

// asked expects the calls that changed something at a vendor, or should have, in their order.
func (r *rig) asked(want byVendor) {
	r.t.Helper()
	for vendor, calls := range want {
		var ops []string
		for _, each := range r.Requests() {
			if each.Vendor == vendor && each.Method != "GET" && each.Op != "token" {
				ops = append(ops, each.Op)
			}
		}
		if got := strings.Join(ops, " "); got != calls {
			r.t.Errorf("%s was asked to %s, want %s", vendor, got, calls)
		}
	}
}

// payable expects how many links somebody could pay at each vendor.
func (r *rig) payable(want map[string]int) {
	r.t.Helper()
	for vendor, n := range want {
		got := 0
		for _, link := range r.held(vendor) {
			if link.Payable {
				got++
			}
		}
		if got != n {
			r.t.Errorf("%d links can be paid at %s, want %d: %+v", got, vendor, n, r.held(vendor))
		}
	}
}

// manages expects that the state holds these links and no other.
func (r *rig) manages(want map[string]vendorapi.Link) {
	r.t.Helper()
	resources, err := r.State(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	got, ids := byVendor{}, byVendor{}
	for _, each := range resources {
		var values struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(each.Values, &values); err != nil {
			r.t.Fatal(err)
		}
		got[strings.TrimSuffix(strings.TrimPrefix(each.Type, "paymentlinks_"), "_link")] = values.ID
	}
	for vendor, link := range want {
		ids[vendor] = link.ID
	}
	if len(resources) != len(want) || !maps.Equal(got, ids) {
		r.t.Errorf("the state holds %v, want %v", got, ids)
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
