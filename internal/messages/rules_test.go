package messages_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

var (
	// vague are words that say nothing, and Go's own.
	vague = regexp.MustCompile(`(?i)unexpected|\boccurred\b|something went wrong|\bnil\b|\bpanic|%!|\b(types|attr|tfsdk|basetypes|tftypes|money|rest|link|diag|context)\.[A-Z]\w*|\*\w+\.\w+|map\[|\[\](string|byte|any)`)
	// ours is how a bug of the provider is said, and nothing else.
	ours = "This is a bug of the provider: please report it to its developers."
	// advice is a sentence that asks for something, or a rule that a value has to follow.
	advice = regexp.MustCompile(`(?i)\b(set|write|use|check|add|leave|keep|correct|apply|plan|look|restore|report|give|try again|repeated|invoke|settle|wait|read it again|let|destroy|ask|take|round)\b|\bmust\b|\bneeds?\b`)
	vendor = regexp.MustCompile(`\{Vendor}|\{vendor}|Conomy|Gigs|Powens|Qonto`)
	// addressed: a link's id or URL, or the vendor's answer, whose first line has the call's path.
	addressed = regexp.MustCompile(`\{(import )?id}|\{url}|\{id, url`)
)

// exempt are messages, by a part of their summary or detail, that a rule does not fit, each with the reason.
type exempt map[string]string

func (e exempt) has(m message) bool {
	text := m.summary.String() + "\n" + m.detail.String()
	for part := range e {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

var (
	withoutAdvice = exempt{
		"Cannot use this address": "each of its reasons says what an address must be",
		"Nothing was created.":    "the vendor's answer stands above it and says what to mend; about credentials the provider adds it",
	}
	withoutVendor = exempt{
		"the provider's configuration":  "it is about the provider alone",
		"No vendor is configured":       "there is none",
		"Invalid filter":                "the engine shows the block, whose type names the vendor, and so for what follows",
		"Invalid combination":           "as above",
		"Value not known yet":           "as above",
		"Invalid duration":              "as above",
		"what the state remembers":      "as above",
		"Cannot remember":               "as above",
		"Cannot take over the vendor's": "as above",
	}
	withoutLink = exempt{
		"Cannot create":                "there is no link",
		"is not configured":            "no link is at hand, and so for what follows",
		"the provider's configuration": "as above",
		"No vendor is configured":      "as above",
		"Cannot list":                  "as above",
		"The list ":                    "as above",
		"lists no link with":           "as above",
		"Invalid ":                     "as above",
		"Missing ":                     "as above",
		"The list was not read":        "as above",
		"The provider has no call":     "no request is sent for any link",
		"what the state remembers":     "the id may be lost with the rest; the engine shows the address",
		"Cannot remember":              "the engine shows the address",
		"Cannot take over":             "the answer may hold no id; the engine shows the address",
	}
)

func sayWhatToDo(t *testing.T, messages []message) {
	used := map[string]bool{}
	unless := func(e exempt, m message) bool {
		text := m.summary.String() + "\n" + m.detail.String()
		for part := range e {
			if strings.Contains(text, part) {
				used[part] = true
			}
		}
		return !e.has(m)
	}
	for _, m := range messages {
		wrong := func(what string) {
			t.Errorf("%s: %s in %s: %s\n  %s\n    %s", m.file, m.kind, m.function, what, m.summary, m.detail)
		}
		for _, text := range append(ways(m.summary), ways(m.detail)...) {
			if vague.MatchString(text) {
				wrong("vague, or Go's own: " + vague.FindString(text))
			}
			if strings.Contains(strings.ToLower(text), "report") && !strings.Contains(text, ours) {
				wrong("a bug of the provider is said as: " + ours)
			}
		}
		switch m.kind {
		case isAnError, isAWarning:
			for _, summary := range ways(m.summary) {
				title(summary, wrong)
			}
			sentences(m, wrong)
			told := slices.IndexFunc(ways(m.detail), func(text string) bool { return !tells(text) }) < 0
			if m.kind == isAnError && !told && unless(withoutAdvice, m) {
				wrong("it does not say what to do next")
			}
			if strings.HasPrefix(m.file, "internal/link/") {
				both := m.summary.String() + " " + m.detail.String()
				if !vendor.MatchString(both) && unless(withoutVendor, m) {
					wrong("it does not name the vendor")
				}
				if !addressed.MatchString(both) && unless(withoutLink, m) {
					wrong("it does not say which link")
				}
			}
		case ofFunction, isReason, isRule, isProgress: // they end up inside a sentence, or in a line of their own
			for _, text := range ways(m.summary) {
				if strings.HasSuffix(text, ".") && m.function != "Error" {
					wrong("it ends in a full stop")
				}
			}
		case isNote, isPart:
			for _, text := range ways(m.summary) {
				if text = strings.TrimSpace(text); !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "}") {
					wrong("it does not end in a full stop")
				}
			}
		}
	}
	for _, e := range []exempt{withoutAdvice, withoutVendor, withoutLink} {
		for part := range e {
			if !used[part] {
				t.Errorf("no message needs the exemption %q any more", part)
			}
		}
	}
}

// title is a short line: what cannot be done, or what is so, without a full stop.
func title(text string, wrong func(string)) {
	if strings.HasSuffix(text, ".") {
		wrong("the summary ends in a full stop")
	}
	if len(strings.Fields(text)) < 2 {
		wrong("the summary is one word")
	}
	if utf8.RuneCountInString(text) > 100 {
		wrong("the summary is longer than a line")
	}
	if first, _ := utf8.DecodeRuneInString(text); !unicode.IsUpper(first) && first != '{' {
		wrong("the summary does not begin with a capital letter")
	}
}

// tells: it asks for something. A detail that is another message, or the vendor's whole answer, tells in its own words.
func tells(text string) bool {
	return advice.MatchString(text) || strings.Contains(text, "{its detail}") || strings.Contains(text, "of other messages}")
}

// sentences: every paragraph of ours ends as a sentence does; what is shown as it is (an import block, a list) need not.
func sentences(m message, wrong func(string)) {
	for _, text := range ways(m.detail) {
		text = strings.TrimSpace(text)
		switch {
		case text == "", strings.HasSuffix(text, "."), strings.HasSuffix(text, "}"), strings.HasSuffix(text, "?"):
		default:
			wrong("the detail does not end in a full stop: " + text[max(0, len(text)-40):])
			return
		}
	}
}
