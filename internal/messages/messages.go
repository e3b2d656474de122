// Package messages is every error and warning that the provider can give, in one text that its test gathers from the source:
// see testdata/messages.txt, and edit messages where they are made.
package messages

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed testdata/messages.txt
var all string

// foreign are the summaries of what the framework and its validators say by themselves.
var foreign = []string{
	"Invalid Attribute Value", "Invalid Attribute Value Length", "Invalid Attribute Value Match",
	"Missing Configuration for Required Attribute", "Invalid Configuration for Read-Only Attribute",
}

// template is one message, as what it can look like.
type template struct {
	warning bool
	summary *regexp.Regexp
	detail  *regexp.Regexp
}

var templates = sync.OnceValue(func() []template {
	var out []template
	for _, m := range parse(all) {
		if m.kind == "error" || m.kind == "warning" {
			out = append(out, template{m.kind == "warning", pattern(m.summary), pattern(m.detail)})
		}
	}
	return out
})

// Known reports whether a diagnostic is one of the provider's messages, or of the framework's. An error may come as a warning:
// what goes wrong after a create must not taint the link.
func Known(warning bool, summary, detail string) bool {
	return slices.Contains(foreign, summary) || slices.ContainsFunc(templates(), func(t template) bool {
		return (warning || !t.warning) && t.summary.MatchString(summary) && t.detail.MatchString(detail)
	})
}

// entry is one message of the text.
type entry struct{ kind, summary, detail string }

// parse reads the text: a line "error in function", the summary in an indented line, the detail further in.
func parse(text string) []entry {
	var out []entry
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		indented, deep := strings.HasPrefix(line, "  "), strings.HasPrefix(line, "    ")
		switch {
		case strings.HasPrefix(line, "#"):
		case !indented && line != "":
			kind, _, _ := strings.Cut(line, " in ")
			out = append(out, entry{kind: kind})
		case len(out) == 0:
		case deep, line == "":
			out[len(out)-1].detail += strings.TrimPrefix(line, "    ") + "\n"
		default:
			out[len(out)-1].summary += strings.TrimSpace(line) + "\n"
		}
	}
	return out
}

var marks = regexp.MustCompile(`\\\{|\{[^{}]*\}|⟨|∣|⟩…?|\s+|[^\\{⟨∣⟩\s]+|\\`)

// pattern matches what a message of the text can look like. White space counts for nothing: an engine folds lines too.
func pattern(text string) *regexp.Regexp {
	var out strings.Builder
	out.WriteString(`^\s*`)
	for _, mark := range marks.FindAllString(text, -1) {
		switch {
		case mark == `\{`:
			out.WriteString(`\{`)
		case mark[0] == '{':
			out.WriteString(`[\s\S]*`)
		case mark == "⟨":
			out.WriteString(`(?:`)
		case mark == "∣":
			out.WriteString(`|`)
		case mark == "⟩":
			out.WriteString(`)`)
		case mark == "⟩…":
			out.WriteString(`)*`)
		case strings.TrimSpace(mark) == "":
			out.WriteString(`\s*`)
		default:
			out.WriteString(regexp.QuoteMeta(mark))
		}
	}
	out.WriteString(`\s*$`)
	return regexp.MustCompile(out.String())
}
