package lifecycle_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
)

// TestEveryDocumentedStatus is in the table once, with each date where there is one, and so is one that nobody documents.
func TestEveryDocumentedStatus(t *testing.T) {
	t.Parallel()
	for vendor, documented := range map[string][]string{
		"powens": {
			"null", "unavailable", "unavailable after a payment", "created", "validating", "pending", "done", "accepted", "rejected", "expired", "partial",
		},
		"conomy": {"ATTEMPT", "ACTIVE", "EXPIRED", "FINISHED", "PROCESSING_PAYMENT"},
		"gigs":   {"active", "canceled", "completed"},
		"qonto":  {"open", "processing", "paid", "expired", "canceled"},
	} {
		seen := map[lifecycle.Situation]bool{}
		for _, row := range lifecycle.Of(vendor).Rows {
			for _, s := range row.Situations() {
				if seen[s] {
					t.Errorf("%s: %s is there twice", vendor, s.Name())
				}
				seen[s] = true
			}
		}
		want := []lifecycle.Situation{{Gone: true}}
		for _, status := range append(documented, lifecycle.Undocumented) {
			switch {
			case vendor == "powens":
				for _, date := range []lifecycle.Date{lifecycle.Never, lifecycle.ToCome, lifecycle.Past} {
					want = append(want, lifecycle.Situation{Status: status, Date: date})
				}
			case status == "ACTIVE":
				want = append(want, lifecycle.Situation{Status: status, Left: lifecycle.Short}, lifecycle.Situation{Status: status, Left: lifecycle.Long})
			default:
				want = append(want, lifecycle.Situation{Status: status})
			}
		}
		for _, s := range want {
			if !seen[s] {
				t.Errorf("%s: %s is missing", vendor, s.Name())
			}
		}
		if len(seen) != len(want) {
			t.Errorf("%s: %d situations, want %d", vendor, len(seen), len(want))
		}
	}
}

// TestDefaults: what a row says of a destroy is what follows under the default of `on_destroy`.
func TestDefaults(t *testing.T) {
	t.Parallel()
	for _, v := range lifecycle.Vendors() {
		if (v.Call == "") != (v.OnDestroy[0] != lifecycle.Revoke) || (v.Call == "") != (v.Ended == "") {
			t.Errorf("%s ends links by %q, and on_destroy is %v", v.Name, v.Call, v.OnDestroy)
		}
		for _, row := range v.Rows {
			name := v.Name + " " + row.Situations()[0].Name()
			if got := row.End(v, v.OnDestroy[0], true); got != row.Destroy {
				t.Errorf("%s: destroy %q, and by the policy %q", name, row.Destroy, got)
			}
			if got := row.End(v, v.OnDestroy[0], false); got != row.Race {
				t.Errorf("%s: race %q, and by the policy %q", name, row.Race, got)
			}
			change, fact := row.Replace().Change(), row.Destroy.Fact()
			if change.Made != (fact.Said != lifecycle.Error) || change.Ends != fact.Ends {
				t.Errorf("%s: destroyed %q, replaced %q", name, row.Destroy, row.Replace())
			}
		}
	}
}

// TestPage: the page that git has is the one that the table writes, and it has every row, in words of its vendor.
func TestPage(t *testing.T) {
	t.Parallel()
	page := lifecycle.Page()
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
	_, tables, _ := strings.Cut(page, "## Powens")
	var rows int
	for line := range strings.Lines(tables) {
		if strings.HasPrefix(line, "| ") && !strings.Contains(line, "next plan") {
			rows++
			if n := strings.Count(line, " | "); n != 5 {
				t.Errorf("%d cells: %s", n+1, line)
			}
		}
	}
	var want int
	for _, v := range lifecycle.Vendors() {
		want += len(v.Rows)
		for _, row := range v.Rows {
			for _, status := range row.Statuses {
				plain := !slices.Contains([]string{lifecycle.Undocumented, lifecycle.NoAttempt, lifecycle.NotYetPaid, lifecycle.Outage}, status)
				if plain && !strings.Contains(tables, "`"+status+"`") {
					t.Errorf("%s: %s is missing", v.Name, status)
				}
			}
		}
	}
	if rows != want {
		t.Errorf("%d rows, want %d", rows, want)
	}
}
