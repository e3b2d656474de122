package main

import (
	"html"
	"html/template"
	"regexp"
	"strings"
)

// colour is one ANSI sequence that sets colours or weight.
var colour = regexp.MustCompile(`\x1b\[([0-9;]*)m`)

// classes are what the engines use of ANSI.
var classes = map[string]string{"1": "bold", "4": "under", "31": "red", "32": "green", "33": "yellow", "36": "cyan", "90": "grey"}

// terminal is printed text as HTML, with its colours.
func terminal(text string) template.HTML {
	var out strings.Builder
	open := 0
	last := 0
	for _, at := range colour.FindAllStringSubmatchIndex(text, -1) {
		out.WriteString(html.EscapeString(text[last:at[0]]))
		last = at[1]
		for code := range strings.SplitSeq(text[at[2]:at[3]], ";") {
			if class, ok := classes[code]; ok {
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

// plain is printed text without colours.
func plain(text string) string { return colour.ReplaceAllString(text, "") }
