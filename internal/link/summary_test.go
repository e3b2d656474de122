package link_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// Terraform folds warnings of one summary into one, so a warning that a URL dies or can still be paid names its link in the summary.
func TestSummaryNamesALinkThatDiesOrStaysPayable(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		changes []func(*memdriver.Options)
		config  Object
		warn    func(f *fixture, state protocoltest.State) protocoltest.Diagnostics
	}{
		"an open link is replaced": {changes: []func(*memdriver.Options){revocable}, warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			return f.Plan(resourceType, state, fullConfig(Object{"title": "New"})).Diagnostics
		}},
		"an abandoned link is replaced": {changes: []func(*memdriver.Options){revocable}, config: Object{"on_destroy": "abandon"}, warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			return f.Plan(resourceType, state, fullConfig(Object{"title": "New", "on_destroy": "abandon"})).Diagnostics
		}},
		"an ended link is replaced": {warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			return f.Plan(resourceType, inState(f.t, state, "revoked"), fullConfig()).Diagnostics
		}},
		"no call ends it": {warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			return f.Plan(resourceType, state, nil).Diagnostics
		}},
		"no call ended it": {warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			_, diags := f.Apply(f.Plan(resourceType, state, nil))
			return diags
		}},
		"abandoned": {changes: []func(*memdriver.Options){revocable}, config: Object{"on_destroy": "abandon"}, warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			_, diags := f.destroy(state)
			return diags
		}},
		"paid before its destroy": {changes: []func(*memdriver.Options){revocable}, warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			f.store.SetStatus("pl-1", "FINISHED")
			f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: &rest.Error{Status: 409}})
			_, diags := f.destroy(state)
			return diags
		}},
		"gone": {warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			f.store.Forget("pl-1")
			_, diags := f.Refresh(state)
			return diags
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, tc.changes...)
			diags := tc.warn(f, createOld(f, fullConfig(tc.config)))
			requireCounts(t, diags, 0, 1)
			if !strings.Contains(diags[0].Summary, "pl-1") {
				t.Errorf("the summary names no link: %s", diags)
			}
		})
	}
}
