package release

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/go-version"
)

// Entry is what CHANGELOG.md says of one version: a heading, "## 0.2.0 (Unreleased)" or "## 0.1.0 (November 21, 2026)", and below it
// sections such as "BREAKING CHANGES:". The newest comes first.
type Entry struct {
	Version *version.Version
	// Date is zero for a version that is not released yet.
	Date time.Time
	// Notes is the text below the heading.
	Notes string
}

// Released tells whether the heading has a date.
func (e Entry) Released() bool { return !e.Date.IsZero() }

// breaking is the section that announces what users must change.
const breaking = "BREAKING CHANGES:"

// Breaking tells whether the entry announces a change that breaks something: the section is there, and says something.
func (e Entry) Breaking() bool {
	_, section, found := strings.Cut(e.Notes, breaking+"\n")
	return found && strings.HasPrefix(strings.TrimSpace(section), "*")
}

var heading = regexp.MustCompile(`^## (\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?) \((Unreleased|[A-Z][a-z]+ \d{1,2}, \d{4})\)$`)

// sections are what an entry may consist of, in the words that other providers' users know.
var sections = []string{breaking, "NOTES:", "FEATURES:", "ENHANCEMENTS:", "BUG FIXES:", "SECURITY:"}

// ParseChangelog reads the text of CHANGELOG.md. Versions must fall from entry to entry, and only the newest may be unreleased.
func ParseChangelog(text string) ([]Entry, error) {
	var entries []Entry
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " \r")
		switch {
		case strings.HasPrefix(line, "## "):
			entry, err := parseHeading(line)
			if err != nil {
				return nil, fmt.Errorf("CHANGELOG.md, line %d: %w", i+1, err)
			}
			if len(entries) > 0 {
				if !entry.Version.LessThan(entries[len(entries)-1].Version) {
					return nil, fmt.Errorf("CHANGELOG.md, line %d: %s stands below %s", i+1, entry.Version, entries[len(entries)-1].Version)
				}
				if !entry.Released() {
					return nil, fmt.Errorf("CHANGELOG.md, line %d: only the newest version may be unreleased", i+1)
				}
			}
			entries = append(entries, entry)
		case len(entries) == 0:
			if line != "" {
				return nil, fmt.Errorf("CHANGELOG.md, line %d: stands above the first version", i+1)
			}
		default:
			if err := checkSection(line); err != nil {
				return nil, fmt.Errorf("CHANGELOG.md, line %d: %w", i+1, err)
			}
			entries[len(entries)-1].Notes += line + "\n"
		}
	}
	if len(entries) == 0 {
		return nil, errors.New("CHANGELOG.md names no version")
	}
	return entries, nil
}

func parseHeading(line string) (Entry, error) {
	parts := heading.FindStringSubmatch(line)
	if parts == nil {
		return Entry{}, fmt.Errorf(`%q is not "## 1.2.3 (Unreleased)" or "## 1.2.3 (January 2, 2006)"`, line)
	}
	number, err := version.NewSemver(parts[1])
	if err != nil {
		return Entry{}, err
	}
	entry := Entry{Version: number}
	if parts[2] != "Unreleased" {
		if entry.Date, err = time.Parse("January 2, 2006", parts[2]); err != nil {
			return Entry{}, err
		}
	}
	return entry, nil
}

// checkSection refuses a section's heading that nobody would look for. A line of a list begins with an asterisk or is indented.
func checkSection(line string) error {
	if line == "" || strings.HasPrefix(line, "* ") || strings.HasPrefix(line, " ") {
		return nil
	}
	for _, known := range sections {
		if line == known {
			return nil
		}
	}
	return fmt.Errorf("%q is neither a point (\"* ...\") nor one of %s", line, strings.Join(sections, " "))
}
