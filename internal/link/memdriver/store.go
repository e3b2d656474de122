package memdriver

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// The kinds of calls that a Store counts.
const (
	CallCreate   = "create"
	CallGet      = "get"
	CallList     = "list"
	CallRevoke   = "revoke"
	CallActivate = "activate"
)

// Link is a link as the vendor answers it. Nothing here follows how the provider stores it.
type Link struct {
	Project, ID, URL        string
	Title, Grade, ReturnURL string
	Lines                   []Line
	Methods                 []string
	Labels                  map[string]string
	Contact                 *Contact
	Pin                     string
	Limit                   int64 // 0 for none
	Express                 bool
	Total, Status           string
	Created                 time.Time

	minorUnits bool // amounts are counts of minor units
}

// Line is a line of a link. Value is decimal text, or a count of minor units.
type Line struct {
	Name, Value, Currency, Weight string
}

// Contact is a payer.
type Contact struct {
	Name, Email, City, Zip string
}

// Fault makes one call fail with Err: before it has any effect or, with After, after it (the answer is lost).
type Fault struct {
	Err   error
	After bool
}

// Behavior is how the vendor behaves. It is changed while no call is in flight.
type Behavior struct {
	CreationTimes     bool          // answers hold the creation time
	NoDate            bool          // no answer tells the vendor's time
	IdempotencyKeys   bool          // creates carry a key, and a second one under a key answers the first one's link
	ForgetKeys        bool          // the vendor does not keep that promise
	ShowHidden        bool          // answers hold sensitive attributes
	FillDefaults      bool          // answers hold defaults for arguments that were left out
	InvalidAnswers    bool          // answers do not fit the schema
	InvalidActivation bool          // the answer to an activation does not fit the schema
	IgnoreActivation  bool          // an activation is accepted and changes nothing
	Surcharge         int64         // added to every total
	UnseenReads       int           // how many of the next reads answer 404
	ReadsNothing      bool          // reads answer 404 although the list shows the link
	ListLag           time.Duration // the list leaves out links younger than that
	CreateTime        time.Duration // how long a create takes after it made the link
}

// Store holds the vendor's links, counts its calls, and fails when told to.
type Store struct {
	Behavior
	Unlisted     map[string]bool // ids that the list leaves out
	BeforeCreate func(context.Context)

	mu       sync.Mutex
	clock    clock.Clock
	links    []*Link
	number   int // of the latest link
	counts   map[string]int
	faults   map[string][]Fault // by kind, for the next calls
	always   map[string]error   // by kind, for every call
	keys     []string           // of all creates
	byKey    map[string]*Link
	deadline time.Time // of the latest write on a link
}

// NewStore returns an empty Store.
func NewStore(c clock.Clock) *Store {
	return &Store{
		clock: c, counts: map[string]int{}, faults: map[string][]Fault{}, always: map[string]error{}, Unlisted: map[string]bool{}, byKey: map[string]*Link{},
	}
}

// IsNew reports whether nothing has happened to the store since NewStore.
func (s *Store) IsNew() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Behavior == (Behavior{}) && len(s.Unlisted) == 0 && s.BeforeCreate == nil && s.number == 0 && len(s.counts) == 0 && len(s.faults) == 0 && len(s.always) == 0
}

// Links returns copies of the links.
func (s *Store) Links() []Link {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Link
	for _, l := range s.links {
		out = append(out, l.clone())
	}
	return out
}

// Restore fills a new store with links.
func (s *Store) Restore(links []Link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range links {
		link := l.clone()
		s.links = append(s.links, &link)
	}
	s.number = len(links)
}

func (l *Link) clone() Link {
	out := *l
	out.Lines, out.Methods, out.Labels = slices.Clone(l.Lines), slices.Clone(l.Methods), maps.Clone(l.Labels)
	if l.Contact != nil {
		contact := *l.Contact
		out.Contact = &contact
	}
	return out
}

// FailNext queues a fault for the next call of a kind.
func (s *Store) FailNext(kind string, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[kind] = append(s.faults[kind], f)
}

// FailAlways fails every call of a kind; nil ends that.
func (s *Store) FailAlways(kind string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.always[kind] = err
}

// TakeCalls returns the calls since it was called last, as "create=1 get=2".
func (s *Store) TakeCalls() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for kind, n := range s.counts {
		out = append(out, fmt.Sprintf("%s=%d", kind, n))
	}
	slices.Sort(out)
	s.counts = map[string]int{}
	return strings.Join(out, " ")
}

// Keys returns the idempotency keys of all creates.
func (s *Store) Keys() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.keys)
}

// LastDeadline returns the deadline of the latest revoke or activation.
func (s *Store) LastDeadline() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.deadline
}

// Change changes a link outside Terraform. It panics if there is no such link.
func (s *Store) Change(id string, change func(*Link)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.links {
		if l.ID == id {
			change(l)
			return
		}
	}
	panic("memdriver: no link " + id)
}

// SetStatus sets a link's status.
func (s *Store) SetStatus(id, status string) { s.Change(id, func(l *Link) { l.Status = status }) }

// Status returns a link's status.
func (s *Store) Status(id string) string {
	var out string
	s.Change(id, func(l *Link) { out = l.Status })
	return out
}

// Forget removes a link.
func (s *Store) Forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.links = slices.DeleteFunc(s.links, func(l *Link) bool { return l.ID == id })
}

// Payable counts the links that can be paid.
func (s *Store) Payable() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	var n int
	for _, l := range s.links {
		if l.Status == "ATTEMPT" || l.Status == "ACTIVE" {
			n++
		}
	}
	return n
}

// call counts a call and returns its fault. The caller holds no lock.
func (s *Store) call(kind string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[kind]++
	if err := s.always[kind]; err != nil {
		return Fault{Err: err}
	}
	if queued := s.faults[kind]; len(queued) > 0 {
		s.faults[kind] = queued[1:]
		return queued[0]
	}
	return Fault{}
}

func (s *Store) create(ctx context.Context, l Link, key string, digits int) (Link, error) {
	if s.BeforeCreate != nil {
		s.BeforeCreate(ctx)
	}
	f := s.call(CallCreate)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys = append(s.keys, key)
	if f.Err != nil && !f.After {
		return Link{}, f.Err
	}
	if earlier := s.byKey[key]; earlier != nil && s.IdempotencyKeys && !s.ForgetKeys {
		return s.answer(earlier), nil
	}
	s.number++
	l.ID = fmt.Sprintf("pl-%d", s.number)
	l.URL = "https://pay.example/" + l.ID
	l.Status = "ATTEMPT"
	l.Created = s.clock.Now()
	s.complete(&l, digits)
	s.links = append(s.links, &l)
	s.byKey[key] = &l
	if s.CreateTime > 0 {
		if err := s.clock.Sleep(ctx, s.CreateTime); err != nil {
			return Link{}, err
		}
	}
	if f.Err != nil {
		return Link{}, f.Err
	}
	return s.answer(&l), nil
}

// complete fills in what the vendor decides: a default grade and currency, a slash at the end of a URL, and the total.
func (s *Store) complete(l *Link, digits int) {
	if l.Grade == "" {
		l.Grade = "standard"
	}
	if l.ReturnURL != "" && !strings.HasSuffix(l.ReturnURL, "/") {
		l.ReturnURL += "/"
	}
	total := decimal.NewFromInt(s.Surcharge)
	for i := range l.Lines {
		if l.Lines[i].Currency == "" {
			l.Lines[i].Currency = "EUR"
		}
		if d, err := decimal.NewFromString(l.Lines[i].Value); err == nil {
			total = total.Add(d)
		}
	}
	l.Total, l.minorUnits = total.StringFixed(3), digits > 0
	if l.minorUnits {
		l.Total = total.StringFixed(0)
	}
}

func (s *Store) get(project, id string) (Link, error) {
	if f := s.call(CallGet); f.Err != nil {
		return Link{}, f.Err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.UnseenReads > 0 {
		s.UnseenReads--
		return Link{}, NotFound()
	}
	if s.ReadsNothing {
		return Link{}, NotFound()
	}
	l, err := s.find(project, id)
	if err != nil {
		return Link{}, err
	}
	return s.answer(l), nil
}

func (s *Store) list(project string) ([]Link, error) {
	if f := s.call(CallList); f.Err != nil {
		return nil, f.Err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Link
	for _, l := range s.links {
		if l.Project == project && !s.Unlisted[l.ID] && s.clock.Now().Sub(l.Created) >= s.ListLag {
			out = append(out, s.answer(l))
		}
	}
	return out, nil
}

func (s *Store) activate(ctx context.Context, project, id string) (Link, error) {
	var out Link
	err := s.write(ctx, CallActivate, project, id, func(l *Link) {
		if !s.IgnoreActivation {
			l.Status = "ACTIVE"
		}
		if out = s.answer(l); s.InvalidActivation {
			out.Grade = InvalidGrade
		}
	})
	if err != nil {
		return Link{}, err
	}
	return out, nil
}

func (s *Store) revoke(ctx context.Context, project, id string) error {
	return s.write(ctx, CallRevoke, project, id, func(l *Link) { l.Status = "CANCELED" })
}

func (s *Store) write(ctx context.Context, kind, project, id string, change func(*Link)) error {
	f := s.call(kind)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deadline, _ = ctx.Deadline()
	if f.Err != nil && !f.After {
		return f.Err
	}
	l, err := s.find(project, id)
	if err != nil {
		return err
	}
	change(l)
	return f.Err
}

func (s *Store) find(project, id string) (*Link, error) {
	for _, l := range s.links {
		if l.ID == id && l.Project == project {
			return l, nil
		}
	}
	return nil, NotFound()
}

// NotFound returns the vendor's 404.
func NotFound() *rest.Error {
	return &rest.Error{Method: "GET", Path: "/links", Status: 404, Code: "not_found", Message: "No such link", RequestID: "req-404"}
}
