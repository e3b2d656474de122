package link_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// The kinds of calls that a bank counts.
const (
	callCreate   = "create"
	callGet      = "get"
	callList     = "list"
	callRevoke   = "revoke"
	callActivate = "activate"
)

// wire is a link as the in-memory vendor answers it. Nothing here mirrors how the provider stores it.
type wire struct {
	Project, ID, URL        string
	Title, Grade, ReturnURL string
	Lines                   []wireLine
	Methods                 []string
	Contact                 *wireContact
	Pin                     string
	Limit                   int64 // 0: none
	Express                 bool
	Total, Status           string
	Created                 time.Time
}

type wireLine struct {
	Name, Value, Currency, Weight string
}

type wireContact struct {
	Name, Email, City, Zip string
}

// fault makes one call fail: before it has any effect, or after it (the answer is lost).
type fault struct {
	err   error
	after bool
}

// bank is the in-memory vendor's store: it remembers, counts calls by kind, and fails when told to. Unlike Qonto it
// has no revoke call of its own accord, hides what is sensitive, and lists without creation times.
type bank struct {
	mu     sync.Mutex
	clock  clock.Clock
	links  []*wire
	counts map[string]int
	faults map[string][]fault // by kind, each used once
	always map[string]error   // by kind, for every call
	number int

	dated      bool            // answers carry the creation time
	odd        bool            // answers do not fit the schema
	shows      bool            // answers carry what is sensitive
	fills      bool            // answers show defaults for what was left out
	oddActive  bool            // the answer to an activation does not fit the schema
	idle       bool            // an activation is accepted, and changes nothing
	deadline   time.Time       // of the last write on a link
	surcharge  int64           // added to every total
	unseen     int             // how many reads of a new link still answer 404
	unlisted   map[string]bool // ids that the list leaves out
	lag        time.Duration   // the list leaves out links younger than that
	slow       time.Duration   // how long a create takes after it was carried out
	keyed      bool            // creates carry a key that the vendor promises to remember
	keys       []string        // of all creates
	untold     bool            // no answer tells the vendor's time
	gate       *gate           // where creates meet; nil: they do not
	listGhosts bool            // the list still shows links that reads do not find
}

func newBank(c clock.Clock) *bank {
	return &bank{clock: c, counts: map[string]int{}, faults: map[string][]fault{}, always: map[string]error{}, unlisted: map[string]bool{}}
}

// failNext queues a failure for the next call of the kind.
func (b *bank) failNext(kind string, f fault) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults[kind] = append(b.faults[kind], f)
}

// failAlways fails every call of the kind; nil ends that.
func (b *bank) failAlways(kind string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.always[kind] = err
}

// taken returns the calls since it was last asked, as "create=1 get=2", and starts again.
func (b *bank) taken() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []string
	for kind, n := range b.counts {
		out = append(out, fmt.Sprintf("%s=%d", kind, n))
	}
	slices.Sort(out)
	b.counts = map[string]int{}
	return strings.Join(out, " ")
}

// put changes a link behind the provider's back.
func (b *bank) put(id string, change func(*wire)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.links {
		if l.ID == id {
			change(l)
			return
		}
	}
	panic("no link " + id)
}

// become sets a link's status.
func (b *bank) become(id, status string) { b.put(id, func(l *wire) { l.Status = status }) }

// vanish forgets a link.
func (b *bank) vanish(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.links = slices.DeleteFunc(b.links, func(l *wire) bool { return l.ID == id })
}

// live counts the links that somebody may pay.
func (b *bank) live() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	var n int
	for _, l := range b.links {
		if l.Status == "ATTEMPT" || l.Status == "ACTIVE" {
			n++
		}
	}
	return n
}

func (b *bank) status(id string) string {
	var out string
	b.put(id, func(l *wire) { out = l.Status })
	return out
}

// call counts one call and takes the fault that waits for it. The caller holds no lock.
func (b *bank) call(kind string) fault {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.counts[kind]++
	if err := b.always[kind]; err != nil {
		return fault{err: err}
	}
	if waiting := b.faults[kind]; len(waiting) > 0 {
		b.faults[kind] = waiting[1:]
		return waiting[0]
	}
	return fault{}
}

func (b *bank) find(project, id string) (*wire, error) {
	for _, l := range b.links {
		if l.ID == id && l.Project == project {
			return l, nil
		}
	}
	return nil, missing()
}

// answer is a copy of a link as the vendor tells it: numbers with many decimals, its own spelling of addresses, nothing
// that is sensitive.
func (b *bank) answer(l *wire) wire {
	out := *l
	out.Lines = nil
	for _, line := range l.Lines {
		line.Value, line.Weight = long(line.Value), long(line.Weight)
		out.Lines = append(out.Lines, line)
	}
	out.Methods = slices.Clone(l.Methods)
	slices.Reverse(out.Methods)
	if l.Contact != nil {
		contact := *l.Contact
		out.Contact = &contact
		if !b.shows {
			out.Contact.Email = ""
		}
	}
	if !b.shows {
		out.Pin = ""
	}
	if !b.dated {
		out.Created = time.Time{}
	}
	if b.fills {
		out.fill()
	}
	if b.odd {
		out.Grade = oddGrade
	}
	return out
}

// fill shows the vendor's defaults.
func (l *wire) fill() {
	if l.ReturnURL == "" {
		l.ReturnURL = "https://pay.example/thanks"
	}
	if l.Contact == nil {
		l.Contact = &wireContact{}
	}
	if *l.Contact == (wireContact{}) {
		l.Contact.Name, l.Contact.City = "Customer", "Nowhere"
	}
	if len(l.Methods) == 0 {
		l.Methods = []string{"transfer", "card"}
	}
	if l.Limit == 0 {
		l.Limit = 5
	}
}

// long is the vendor's spelling of an amount: "10" is "10.0000000000".
func long(text string) string {
	d, err := decimal.NewFromString(text)
	if err != nil {
		return text
	}
	return d.StringFixed(10)
}

func missing() *rest.Error {
	return &rest.Error{Method: "GET", Path: "/links", Status: 404, Code: "not_found", Message: "No such link", RequestID: "req-404"}
}
