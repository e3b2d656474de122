package main

import (
	"html"
	"html/template"
	"regexp"
	"strings"
)

// ansiSequence is one ANSI sequence that sets colours or weight.
var ansiSequence = regexp.MustCompile(`\x1b\[([0-9;]*)m`)

// ansiClasses are what the engines use of ANSI.
var ansiClasses = map[string]string{"1": "bold", "4": "under", "31": "red", "32": "green", "33": "yellow", "36": "cyan", "90": "grey"}

// renderTerminal is printed text as HTML, with its colours.
func renderTerminal(text string) template.HTML {
	var out strings.Builder
	open := 0
	last := 0
	for _, at := range ansiSequence.FindAllStringSubmatchIndex(text, -1) {
		out.WriteString(html.EscapeString(text[last:at[0]]))
		last = at[1]
		for code := range strings.SplitSeq(text[at[2]:at[3]], ";") {
			if class, ok := ansiClasses[code]; ok {
				out.WriteString(`<span class="` + class + `">`)
				open++
			} else {
				out.WriteString(strings.Repeat("</span>", open)) // a reset, or what is not shown
				open = 0
			}
		}
	}
	out.WriteString(html.EscapeString(text[last:]) + strings.Repeat("</span>", open))
	return template.HTML(out.String()) //nolint:gosec // escaped above
}

// stripANSI is printed text without colours.
func stripANSI(text string) string { return ansiSequence.ReplaceAllString(text, "") }
