// Package messages keeps the messages that the provider gives under test, in one text to be read as users read them:
// testdata/messages.txt. A message is edited where it is made; "make messages" writes the text again from what the tests receive.
package messages

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// Answer is the kind of the lines of what a failed call says, which stands as {answer} in other messages.
const Answer protocoltest.Kind = "line of an answer"

// Message is one message, with placeholders for what differs from case to case.
type Message = protocoltest.Message

//go:embed testdata/messages.txt
var golden string

var known = sync.OnceValue(func() map[Message]bool {
	out := map[Message]bool{}
	for _, m := range Parse(golden) {
		out[m] = true
	}
	return out
})

// frameworks are the summaries of what the framework and its validators say by themselves.
var frameworks = []string{
	"Invalid Attribute Value", "Invalid Attribute Value Length", "Invalid Attribute Value Match",
	"Missing Configuration for Required Attribute", "Invalid Configuration for Read-Only Attribute",
}

// Known reports whether a diagnostic is in the text, or the framework's own. While messages are recorded all are.
func Known(diagnostic Message) bool {
	message, _ := normalize(diagnostic)
	return os.Getenv(protocoltest.RecordVariable) != "" || slices.Contains(frameworks, diagnostic.Summary) || known()[message]
}

// Recorded reads what tests have recorded in a folder, without the framework's own messages.
func Recorded(dir string) ([]Message, error) {
	all, err := protocoltest.Recorded(dir)
	var out []Message
	for _, m := range all {
		if !slices.Contains(frameworks, m.Summary) {
			message, answers := normalize(m)
			out = append(append(out, message), answers...)
		}
	}
	if err == nil && len(out) == 0 {
		err = errors.New("no test has recorded a message in " + dir)
	}
	return out, err
}

// Parse reads the text: of each message a line "error: Summary", and its detail below, indented.
func Parse(text string) []Message {
	var out []Message
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch detail, indented := strings.CutPrefix(line, "    "); {
		case strings.HasPrefix(line, "#"):
		case indented || line == "" && len(out) > 0:
			out[len(out)-1].Detail += detail + "\n"
		case line != "":
			kind, summary, _ := strings.Cut(line, ": ")
			out = append(out, Message{Kind: protocoltest.Kind(kind), Summary: summary})
		}
	}
	for i := range out {
		out[i].Detail = strings.TrimSpace(out[i].Detail)
	}
	return out
}

// Format writes the text, in order and each message once.
func Format(messages []Message) string {
	var out strings.Builder
	out.WriteString(`# Every message that the provider's tests receive. "make messages" writes this file, and its diff is what users will read.
# {name} is what differs from case to case; what a failed call says is {answer}, and its lines stand at the end.
`)
	order := []protocoltest.Kind{protocoltest.Error, protocoltest.Warning, protocoltest.FunctionError, protocoltest.Progress, Answer}
	messages = slices.SortedFunc(slices.Values(messages), func(a, b Message) int {
		return cmp.Or(slices.Index(order, a.Kind)-slices.Index(order, b.Kind), cmp.Compare(a.Summary, b.Summary), cmp.Compare(a.Detail, b.Detail))
	})
	for _, m := range slices.Compact(messages) {
		if m.Kind != Answer {
			out.WriteByte('\n')
		}
		fmt.Fprintf(&out, "%s: %s\n", m.Kind, m.Summary)
		for line := range strings.Lines(m.Detail) {
			if line = strings.TrimRight(line, " \n"); line != "" {
				line = "    " + line
			}
			out.WriteString(line + "\n")
		}
	}
	return out.String()
}
