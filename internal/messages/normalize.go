package messages

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

// placeholder stands for what differs from case to case.
type placeholder struct {
	pattern *regexp.Regexp
	text    string
}

const uuid = `[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`

// placeholders are put in one after the other.
var placeholders = sync.OnceValue(func() []placeholder {
	titles, names, ids := []string{"Memory"}, []string{"memory"}, []string{uuid, `(pl|req)-\d+\b`} // the vendor of link's own tests
	for _, d := range descriptor.All() {
		titles, names = append(titles, d.Title), append(names, d.Name)
		if d.IDs != "" {
			ids = append(ids, d.IDs)
		}
	}
	vendor, name := strings.Join(titles, "|"), strings.Join(names, "|")
	return []placeholder{
		{regexp.MustCompile(`(GET|POST|PUT|PATCH|DELETE) /\S+: .*?(\. If|$)`), "{call and answer}$2"},
		{regexp.MustCompile(`(payment links with the same )\w+: .*`), "${1}{argument}: {text}"},
		{regexp.MustCompile("( created in this run has the same )`[^`]+`"), "$1`{argument}`"},
		{regexp.MustCompile("(The provider cannot read)( its)? `[^`]+`(, `[^`]+`)*( in|\\.)"), "$1$2 {fields}$4"},
		{regexp.MustCompile(`for the payment (method )?\S+\. The value`), "for the payment ${1}{name}. The value"},
		{regexp.MustCompile(`'s payment (method )?\S+ cannot be read`), "'s payment ${1}{name} cannot be read"},
		{regexp.MustCompile(`https?://[^\s"` + "`" + `,)]*[^\s"` + "`" + `,).:]`), "{url}"},
		{regexp.MustCompile(`"(?:[^"\\\n]|\\.)*"`), `"{text}"`},
		{regexp.MustCompile(`\b(knows no link) \S+( under)`), "$1 {id}$2"},
		{regexp.MustCompile(`\b(` + strings.Join(ids, "|") + `)`), "{id}"},
		{regexp.MustCompile(`\b\d{4}-\d\d-\d\d([T ][\d:.]+(Z|[+-][\d:]+| UTC)?)?`), "{time}"},
		{regexp.MustCompile(`\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b`), "{time}"},
		{regexp.MustCompile(`\b(\d+(\.\d+)?(h|m|s|ms))+\b`), "{duration}"},
		{regexp.MustCompile(`\b(` + vendor + `)\b`), "{Vendor}"},
		{regexp.MustCompile(`\b(paymentlinks_)?(` + name + `)(\b|_)`), "$1{vendor}$3"},
		{regexp.MustCompile(`\b(` + strings.ToUpper(name) + `)_`), "{VENDOR}_"},
		{regexp.MustCompile(`\b(Changing|because of) [a-z_, ]+?( requires|, and\b)`), "$1 {attributes}$2"},
		{regexp.MustCompile("`(open|processing|paid|expired|revoked|unknown|canceled|active|completed|[A-Z_]+)`"), "`{state}`"},
		{regexp.MustCompile(`\b(is) [A-Z_]{4,}\b`), "$1 {state}"},
		{regexp.MustCompile(`\b(lacks) [a-z_]+\b`), "$1 {attribute}"},
		{regexp.MustCompile(`^Cause: (EOF|unexpected EOF|connection reset by peer|dial tcp .*)$`), "Cause: {network error}"},
		{regexp.MustCompile(`(^|\s)/[\w./-]*[\w/-]`), "$1{path}"},
		{regexp.MustCompile(`-?\b\d+([.,]\d+)*(e[+-]?\d+)?\b`), "{n}"},
	}
})

var (
	// answer is what a failed call says: a line with the call, further lines, and a paragraph about the credentials.
	answer = regexp.MustCompile(`(HTTP \d+[^\n(]*|no response|the request was not sent|not sent) \([^\n)]*\)(\n[^\n]+)*` +
		`(\n\n[^\n]*(credentials lack permission|rejected the credentials)[^\n]*)?`)
	// vendors are the lines of an answer that hold the vendor's own words.
	vendors = regexp.MustCompile(`^(Code|Type|Message|Request ID|Answer): |^- |\*\*\*`)
)

// normalize puts placeholders into a message. The lines of an answer in its detail come apart.
func normalize(m Message) (message Message, answers []Message) {
	m.Detail = answer.ReplaceAllStringFunc(m.Detail, func(text string) string {
		for i, line := range strings.Split(text, "\n") {
			if i > 0 && line != "" && !vendors.MatchString(line) {
				answers = append(answers, Message{Kind: Answer, Summary: withPlaceholders(answer.ReplaceAllString(line, "{answer}"))})
			}
		}
		return "{answer}"
	})
	return Message{Kind: m.Kind, Summary: withPlaceholders(m.Summary), Detail: withPlaceholders(m.Detail)}, answers
}

// withPlaceholders leaves lines out that are the same as the one before.
func withPlaceholders(text string) string {
	for _, p := range placeholders() {
		text = p.pattern.ReplaceAllString(text, p.text)
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(slices.CompactFunc(lines, func(a, b string) bool { return a == b && a != "" }), "\n")
}
