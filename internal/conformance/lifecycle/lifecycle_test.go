package lifecycle_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
)

// TestTableHasEveryDocumentedStatus once, with each revocation and expiry where there is one, and so one that nobody
// documents, and a link that is gone.
func TestTableHasEveryDocumentedStatus(t *testing.T) {
	t.Parallel()
	for _, d := range descriptor.All() {
		seen := map[lifecycle.Situation]bool{}
		revocable := false
		expires := map[string]bool{}
		for _, row := range d.Lifecycle.Rows {
			for _, s := range row.Situations() {
				if seen[s] {
					t.Errorf("%s: %s is there twice", d.Name, s.Name())
				}
				seen[s] = true
				revocable = revocable || s.Revocation != ""
				expires[s.Status] = expires[s.Status] || s.Expiry != lifecycle.NoExpiry
			}
		}
		want := []lifecycle.Situation{{Gone: true}}
		for _, status := range append(slices.Clone(d.Statuses), lifecycle.Undocumented) {
			revocations, expiries := []lifecycle.Revocation{""}, []lifecycle.Expiry{lifecycle.NoExpiry}
			if revocable {
				revocations = []lifecycle.Revocation{lifecycle.NotRevoked, lifecycle.RevokedLater, lifecycle.RevokedBefore}
			}
			if expires[status] {
				expiries = []lifecycle.Expiry{lifecycle.ExpiresSoon, lifecycle.ExpiresLate}
			}
			for _, revocation := range revocations {
				for _, expiry := range expiries {
					want = append(want, lifecycle.Situation{Status: status, Revocation: revocation, Expiry: expiry})
				}
			}
		}
		for _, s := range want {
			if !seen[s] {
				t.Errorf("%s: %s is missing", d.Name, s.Name())
			}
		}
		if len(seen) != len(want) {
			t.Errorf("%s: %d situations, want %d", d.Name, len(seen), len(want))
		}
	}
}

// TestRowsAgreeWithPolicies: what a row says of a destroy is what follows under the default of `on_destroy`.
func TestRowsAgreeWithPolicies(t *testing.T) {
	t.Parallel()
	for _, v := range descriptor.Lifecycles() {
		if (v.Call == "") != (v.OnDestroy[0] != lifecycle.Revoke) || (v.Call == "") != (v.EndedVerb == "") {
			t.Errorf("%s ends links by %q, and on_destroy is %v", v.Name, v.Call, v.OnDestroy)
		}
		for _, row := range v.Rows {
			name := v.Name + " " + row.Situations()[0].Name()
			if got := row.DestroyOutcome(v, v.OnDestroy[0], true); got != row.Destroy {
				t.Errorf("%s: destroy %q, and by the policy %q", name, row.Destroy, got)
			}
			if got := row.DestroyOutcome(v, v.OnDestroy[0], false); got != row.DestroyStale {
				t.Errorf("%s: after an old refresh %q, and by the policy %q", name, row.DestroyStale, got)
			}
			replacement, destroy := row.ReplaceOutcome().Expected(), row.Destroy.Expected()
			if replacement.Creates != (destroy.ApplySeverity != lifecycle.Error) || replacement.Ends != destroy.Ends {
				t.Errorf("%s: destroyed %q, replaced %q", name, row.Destroy, row.ReplaceOutcome())
			}
		}
	}
}

// TestPageIsGenerated: the page that git has is the one that the table writes, and it has every row, in words of its vendor.
func TestPageIsGenerated(t *testing.T) {
	t.Parallel()
	page := lifecycle.Page(descriptor.Lifecycles())
	written, err := os.ReadFile("../../../templates/guides/what-happens-to-a-link.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(written) != page {
		t.Error(`templates/guides/what-happens-to-a-link.md is not what the table says: run "make generate"`)
	}
	if strings.Contains(page, "ENDED") || strings.Contains(page, "%!") || strings.Contains(page, "| |") {
		t.Error("something is not filled in")
	}
	_, tables, _ := strings.Cut(page, "## "+descriptor.InOrder()[0].Title)
	var rows int
	for line := range strings.Lines(tables) {
		if strings.HasPrefix(line, "| ") && !strings.Contains(line, "next plan") {
			rows++
			if n := strings.Count(line, " | "); n != 6 {
				t.Errorf("%d cells: %s", n+1, line)
			}
		}
	}
	var want int
	for _, v := range descriptor.Lifecycles() {
		want += len(v.Rows)
		for _, row := range v.Rows {
			for _, status := range row.Statuses {
				if status != lifecycle.Undocumented && v.StatusText[status] == "" && !strings.Contains(tables, "`"+status+"`") {
					t.Errorf("%s: %s is missing", v.Name, status)
				}
			}
		}
	}
	if rows != want {
		t.Errorf("%d rows, want %d", rows, want)
	}
}
