package release

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	t.Parallel()
	entries, err := ParseChangelog(`## 1.0.0 (Unreleased)

BREAKING CHANGES:

* provider: one
  and its second line

## 0.2.0 (March 4, 2027)

ENHANCEMENTS:

* two

## 0.1.0 (November 21, 2026)
`)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 3 {
		t.Fatalf("%d entries, want 3", len(entries))
	}
	next, last := entries[0], entries[1]
	if next.Version.String() != "1.0.0" || next.Released() || !next.Breaking() {
		t.Errorf("%+v", next)
	}
	if last.Version.String() != "0.2.0" || !last.Date.Equal(time.Date(2027, 3, 4, 0, 0, 0, 0, time.UTC)) || last.Breaking() ||
		strings.TrimSpace(last.Notes) != "ENHANCEMENTS:\n\n* two" {
		t.Errorf("%+v", last)
	}
}

func TestBreakingNeedsWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"## 2.0.0 (Unreleased)\n\nBREAKING CHANGES:\n\n* gone\n":                     true,
		"## 2.0.0 (Unreleased)\n\nBREAKING CHANGES:\n\nFEATURES:\n\n* new\n":         false,
		"## 2.0.0 (Unreleased)\n\nFEATURES:\n\n* says BREAKING CHANGES: in a line\n": false,
		"## 2.0.0 (Unreleased)\n": false,
	} {
		entries, err := ParseChangelog(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := entries[0].Breaking(); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                              "names no version",
		"# Changes\n":                   "line 1: stands above",
		"## v1.0.0 (Unreleased)\n":      "is not",
		"## 1.0 (Unreleased)\n":         "is not",
		"## 1.0.0\n":                    "is not",
		"## 1.0.0 (Nevember 1, 2026)\n": "cannot parse",
		"## 1.0.0 (Unreleased)\n## 1.1.0 (May 1, 2026)\n":  "1.1.0 stands below 1.0.0",
		"## 1.0.0 (Unreleased)\n## 1.0.0 (May 1, 2026)\n":  "1.0.0 stands below 1.0.0",
		"## 1.0.0 (May 1, 2026)\n## 0.9.0 (Unreleased)\n":  "only the newest",
		"## 1.0.0 (Unreleased)\n\nBREAKING CHANGE:\n* x\n": "is neither",
	} {
		if _, err := ParseChangelog(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", text, err, want)
		}
	}
}

// The project's own file is in the form that the release procedure reads.
func TestOurs(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParseChangelog(string(text)); err != nil {
		t.Error(err)
	}
}
