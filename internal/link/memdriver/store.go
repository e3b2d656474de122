package memdriver

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// Fault makes one call fail with Err: before it has any effect or, with After, after it (the answer is lost).
type Fault struct {
	Err   error
	After bool
}

// Store holds the vendor's links, counts its calls, and fails when told to.
type Store struct {
	Behavior
	Unlisted     map[string]bool   // ids that the list leaves out
	Instead      map[string]string // by kind of call: the id of the link with which it is answered
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
		clock: c, counts: map[string]int{}, faults: map[string][]Fault{}, always: map[string]error{}, Unlisted: map[string]bool{}, Instead: map[string]string{}, byKey: map[string]*Link{},
	}
}

// IsNew reports whether nothing has happened to the store since NewStore.
func (s *Store) IsNew() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Behavior == (Behavior{}) && len(s.Unlisted)+len(s.Instead) == 0 && s.BeforeCreate == nil && s.number == 0 && len(s.counts) == 0 && len(s.faults) == 0 && len(s.always) == 0
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
