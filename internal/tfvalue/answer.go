package tfvalue

import (
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// StringOrNull returns the text of an answer: "" is null, as an absent one is.
func StringOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// ObjectOrNull returns the object of an answer. One whose attributes are all null is null, as an absent one is.
func ObjectOrNull(attributeTypes map[string]attr.Type, attributes map[string]attr.Value) types.Object {
	for _, value := range attributes {
		if !value.IsNull() {
			return types.ObjectValueMust(attributeTypes, attributes)
		}
	}
	return types.ObjectNull(attributeTypes)
}

// ObjectList returns the list of an answer, whose elements newObject maps. An empty list is null.
func ObjectList[T any](attributeTypes map[string]attr.Type, elements []T, newObject func(T) types.Object) types.List {
	if len(elements) == 0 {
		return types.ListNull(types.ObjectType{AttrTypes: attributeTypes})
	}
	objects := make([]attr.Value, 0, len(elements))
	for _, element := range elements {
		objects = append(objects, newObject(element))
	}
	return types.ListValueMust(types.ObjectType{AttrTypes: attributeTypes}, objects)
}

// StringSet returns the set of an answer, which may name a text twice. An empty set is null.
func StringSet(texts []string) types.Set {
	seen := map[string]bool{}
	var elements []attr.Value
	for _, text := range texts {
		if !seen[text] {
			seen[text] = true
			elements = append(elements, types.StringValue(text))
		}
	}
	if len(elements) == 0 {
		return types.SetNull(types.StringType)
	}
	return types.SetValueMust(types.StringType, elements)
}

// Time returns the time of an answer. Text whose time nobody can tell is the zero time.
func Time(text string) time.Time {
	t, _ := ParseTime(text)
	return t
}

// CreationTime returns the time of an answer that must tell what came before it and what after: the zero time for text that leaves out its
// zone or its seconds, and may be hours off.
func CreationTime(text string) time.Time {
	if t, ok := parseTime(text, []string{dateAndTime}, timeZones[:len(timeZones)-1]); ok {
		return t
	}
	return time.Time{}
}

// aheadOfUTC is the zone that is furthest ahead: by its clocks a text without a zone is earliest.
const aheadOfUTC = 14 * time.Hour

// EarliestTime returns the earliest moment that the time of an answer can mean: one without a zone may be of any.
func EarliestTime(text string) (time.Time, bool) {
	if t, ok := parseTime(text, timeForms, timeZones[:len(timeZones)-1]); ok {
		return t, true
	}
	t, ok := ParseTime(text)
	return t.Add(-aheadOfUTC), ok
}

// timeZones are the ways to write a zone behind a date and time; without one it is UTC.
var timeZones = []string{"Z07:00", "Z0700", "Z07", " Z07:00", " Z0700", " UTC", ""}

// ParseTime reads the time of an answer in each form whose meaning is plain: RFC 3339 with or without fractions of a second, with a
// blank for the T, with another way to write the zone or none, without seconds, and a date alone; all of it in either case.
func ParseTime(text string) (time.Time, bool) {
	return parseTime(text, timeForms, timeZones)
}

const dateAndTime = "2006-01-02T15:04:05"

var timeForms = []string{dateAndTime, "2006-01-02T15:04", time.DateOnly}

func parseTime(text string, forms, zones []string) (time.Time, bool) {
	text = strings.ToUpper(strings.TrimSpace(text))
	if len(text) > len(time.DateOnly) && text[len(time.DateOnly)] == ' ' {
		text = text[:len(time.DateOnly)] + "T" + text[len(time.DateOnly)+1:]
	}
	for _, form := range forms {
		for _, zone := range zones {
			if t, err := time.Parse(form+zone, text); err == nil {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

// IsUUID reports whether a text is a UUID of any version, in either case.
func IsUUID(text string) bool { return len(text) == 36 && uuidPattern().MatchString(text) }

var uuidPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
})

// PlainText returns a text without what makes no difference: a CRLF is an LF, white space at the end is none, and a UUID is the same one
// in either case.
func PlainText(text string) string {
	text = strings.TrimRightFunc(strings.ReplaceAll(text, "\r\n", "\n"), unicode.IsSpace)
	if IsUUID(text) {
		return strings.ToLower(text)
	}
	return text
}
