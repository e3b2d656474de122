package messages

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

var (
	// vague are words that say nothing, and Go's own.
	vague = regexp.MustCompile(`(?i)unexpected|\boccurred\b|something went wrong|\bnil\b|\bpanic|%!|\b(types|attr|tfsdk|basetypes|tftypes|money|rest|link|diag|context)\.[A-Z]\w*|\*\w+\.\w+|map\[|\[\](string|byte|any)`)
	// ours is how a bug of the provider is said, and nothing else.
	ours = "This is a bug in the provider: please report it to the provider developers."
	// addressed names a link: by its id, its URL, or the call that was made for it.
	addressed = regexp.MustCompile(`\{id}|\{url}|\{answer}|\b(id|ID) "\{text}"`)
	// advice is a sentence that asks for something, or a rule that a value has to follow.
	advice = regexp.MustCompile(`(?i)\b(set|write|use|check|add|leave|keep|correct|apply|plan|look|refresh|restore|report|remove|fix|run|store|choose|undo|authorise|contact|import|replace|narrow|give|try again|repeated|invoke|settle|wait|read it again|let|destroy|ask|take|round)\b|\bmust\b|\bneeds?\b|\brequires?\b`)
)

// exempt are messages, by a part of their summary or detail, that a rule does not fit, each with the reason.
type exempt map[string]string

func (e exempt) has(m Message, used map[string]bool) bool {
	text, found := m.Summary+"\n"+m.Detail, false
	for part := range e {
		if strings.Contains(text, part) {
			used[part], found = true, true
		}
	}
	return found
}

var (
	goWords       = exempt{"unexpected EOF": "the cause, in Go's words, stands beside ours"}
	fragments     = exempt{"or: terraform import": "a command to be copied"}
	withoutAdvice = exempt{
		"Nothing was created.": "the vendor's answer stands above it and says what to mend; about credentials the provider adds it",
		"Forbidden title":      "of the tests' own vendor",
	}
	withoutVendor = exempt{"the payment link's private state": "the engine shows the address, whose type names the vendor"}
	withoutLink   = exempt{
		"the payment link's private state": "the id may be lost with the rest; the engine shows the address",
		"Cannot list":                      "there is none",
		"Two new ":                         "neither is there yet; the engine shows the address",
		"The list ":                        "as above",
		"The provider has no call":         "no request is sent for any link",
		"missing from the list":            "it has no ID that can be read",
		"is not payable yet":               "it does not exist while it is planned; the engine shows the address",
	}
)

// Each message says in whole sentences what is so and what to do, of which vendor and which link, and in no words of Go's.
func TestWording(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, m := range Parse(golden) {
		wrong := func(what string) { t.Errorf("%s\n%s: %s\n%s", what, m.Kind, m.Summary, m.Detail) }
		both := m.Summary + "\n" + m.Detail
		if found := vague.FindString(both); found != "" && !goWords.has(m, used) {
			wrong("vague, or Go's own: " + found)
		}
		if strings.Contains(strings.ToLower(both), "report") && !strings.Contains(both, ours) {
			wrong("a bug of the provider is said as: " + ours)
		}
		switch m.Kind {
		case protocoltest.Error, protocoltest.Warning:
			title(m.Summary, wrong)
			if text := m.Detail; !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") && !strings.HasSuffix(text, "}") && !fragments.has(m, used) {
				wrong("the detail does not end in a full stop")
			}
			if m.Kind == protocoltest.Error && !advice.MatchString(m.Detail) && !withoutAdvice.has(m, used) {
				wrong("it does not say what to do next")
			}
			if strings.Contains(m.Summary, "payment link") {
				if !strings.Contains(both, "{Vendor}") && !withoutVendor.has(m, used) {
					wrong("it does not name the vendor")
				}
				if !addressed.MatchString(both) && !withoutLink.has(m, used) {
					wrong("it does not say which link")
				}
			}
		case protocoltest.FunctionError, protocoltest.Progress: // they end up inside a sentence, or in a line of their own
			if strings.HasSuffix(m.Summary, ".") {
				wrong("it ends in a full stop")
			}
		}
	}
	for _, e := range []exempt{goWords, fragments, withoutAdvice, withoutVendor, withoutLink} {
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
