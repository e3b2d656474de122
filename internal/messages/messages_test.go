package messages

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func message(kind protocoltest.Kind, summary, detail string) Message {
	return Message{Kind: kind, Summary: summary, Detail: detail}
}

// What the format writes, it reads.
func TestFormat(t *testing.T) {
	t.Parallel()
	want := []Message{message(protocoltest.Error, "Cannot", "One.\n\n  indented\n\nTwo."), message(protocoltest.Error, "Cannot", "Three."), message(protocoltest.Warning, "A: b", "C."), message(protocoltest.FunctionError, "d", ""), message(Answer, "Cause: x", "")}
	got := Parse(Format(slices.Concat(want[2:], want, want[:1])))
	slices.SortStableFunc(got[:2], func(a, _ Message) int { return map[bool]int{true: -1, false: 1}[a == want[0]] })
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestNormalize(t *testing.T) {
	t.Parallel()
	d := descriptor.All()[0]
	got, answers := normalize(message(protocoltest.Error, "Cannot create "+d.Title+" payment link",
		"HTTP 403 Forbidden (POST /v2/payment_links)\nMessage: not from here\nGave up after 3 attempts.\n\nThese credentials lack permission at "+d.Title+".\n\nNothing was created."))
	if want := (message(protocoltest.Error, "Cannot create {Vendor} payment link", "{answer}\n\nNothing was created.")); got != want {
		t.Errorf("%q", got)
	}
	if want := []Message{message(Answer, "Gave up after {n} attempts.", ""), message(Answer, "These credentials lack permission at {Vendor}.", "")}; !slices.Equal(answers, want) {
		t.Errorf("%q", answers)
	}
	for text, want := range map[string]string{
		`The link 3c90c3cc-0d44-4b50-8888-8dd25736052a (https://pay.example/l/1) is "open".`:                    `The link {id} ({url}) is "{text}".`,
		"Set " + d.EnvPrefix() + "TOKEN in `" + d.Name + "`, or import " + d.ResourceType() + ".it within 5m0s": "Set {VENDOR}_TOKEN in `{vendor}`, or import paymentlinks_{vendor}_link.it within {duration}",
		"Changing amount, items requires it, 1.50 EUR at 2026-03-01T12:00:00Z; `ACTIVE`":                        "Changing {attributes} requires it, {n} EUR at {time}; `{state}`",
		"created 1 December 2026, read 29 November 2026":                                                        "created {time}, read {time}",
		"some:\n  - pl-1  http://a.example/1\n  - pl-2  http://a.example/2\nend":                                "some:\n  - {id}  {url}\nend",
	} {
		if got := withPlaceholders(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// A diagnostic that no test has received before is not known.
func TestKnown(t *testing.T) {
	t.Setenv(protocoltest.RecordVariable, "")
	cannot, gone := "Cannot read "+descriptor.All()[0].Title+" payment link", "HTTP 500 Internal Server Error (GET /v2/payment_links/1)\n\n"
	for name, test := range map[string]struct {
		message Message
		want    bool
	}{
		"another summary": {message(protocoltest.Error, "Cannot fathom payment links", "Bad luck."), false},
		"another detail":  {message(protocoltest.Error, cannot, gone+"Tough."), false},
		"the framework's": {message(protocoltest.Error, "Invalid Attribute Value Match", "Attribute x value must be one of: [a b], got: c"), true},
		"one of ours":     {message(protocoltest.Error, cannot, gone+"The link 3c90c3cc-0d44-4b50-8888-8dd25736052a stays in state unchanged. Fix the cause and run the command again."), true},
	} {
		if got := Known(test.message); got != test.want {
			t.Errorf("%s: %t, want %t", name, got, test.want)
		}
	}
}

// The guide on failed creates tells messages by their summaries.
func TestGuideNamesMessages(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../templates/guides/when-a-create-fails.md")
	if err != nil {
		t.Fatal(err)
	}
	throughEngines := []string{"Plugin did not respond", "Failed to load plugin schemas", "A run was killed: apply the whole configuration first"}
	rows := regexp.MustCompile(`(?m)^\| (?:Error|Warning)[^*]*\*\*(.+?)\*\*`).FindAllStringSubmatch(string(guide), -1)
	if len(rows) < 8 {
		t.Fatalf("%d messages: is this the table?", len(rows))
	}
	for _, row := range rows {
		summary := strings.ReplaceAll(row[1], "…", "{Vendor}")
		if !slices.ContainsFunc(Parse(golden), func(m Message) bool { return strings.HasPrefix(m.Summary, summary) }) && !slices.Contains(throughEngines, summary) {
			t.Errorf("no message has the summary %q", summary)
		}
	}
}
