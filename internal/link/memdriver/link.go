package memdriver

import (
	"maps"
	"slices"
	"time"
)

// InvalidGrade is a grade of an answer that cannot be mapped to the schema.
const InvalidGrade = "odd"

// Link is a link as the vendor answers it. Nothing here follows how the provider stores it.
type Link struct {
	Project, ID, URL        string
	Title, Grade, ReturnURL string
	Lines                   []Line
	Methods                 []string
	Labels                  map[string]string
	Contact                 *Contact
	Pin                     string
	Limit                   int64 // 0 for none
	Express                 bool
	Total, Status           string
	Created                 time.Time
	Life                    time.Duration // 0 for a link that does not say when it expires
	Expires                 time.Time

	minorUnits bool // amounts are counts of minor units
}

// Line is a line of a link. Value is decimal text, or a count of minor units.
type Line struct {
	Name, Value, Currency, Weight string
}

// Contact is a payer.
type Contact struct {
	Name, Email, City, Zip string
}

func (l *Link) clone() Link {
	out := *l
	out.Lines, out.Methods, out.Labels = slices.Clone(l.Lines), slices.Clone(l.Methods), maps.Clone(l.Labels)
	if l.Contact != nil {
		contact := *l.Contact
		out.Contact = &contact
	}
	return out
}
